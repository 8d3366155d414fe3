import { MatcherInput, RE2JS } from "re2js";
import { groupNames } from "../mapping/patterns.ts";
import { type Batch, ESCAPED, KIND_SHIFT, PLAIN } from "./batch.ts";
import { LineReader } from "./lines.ts";

const HASH = 35;
const DASH = 45;
const BACKSLASH = 92;
/** Beyond this a line goes to the engine whose memory does not grow with it. */
const MAX_NATIVE_LINE_BYTES = 1 << 13;

/** Where the wanted groups of a match lie: input, from, to; three numbers each. */
type Match = number[];

/**
 * Lines that a regular expression splits into named groups. A user's pattern runs on RE2 alone; patterns of our
 * own formats run on the built-in engine, and a test holds the two against each other.
 */
export class PatternReader extends LineReader {
  readonly #native: RegExp | undefined;
  readonly #source: string;
  /** Compiled when it is first needed. */
  #safe: RE2JS | undefined;
  /** Group number → input. */
  readonly #groups: readonly (readonly [number, number])[];
  #buffer: Buffer = Buffer.alloc(0);

  /** `inputs`: input by group name. */
  constructor(pattern: { source: string; trusted: boolean }, inputs: ReadonlyMap<string, number>) {
    super();
    this.#source = pattern.source;
    // Latin-1 text: one character a byte, so that indices are offsets.
    this.#native = pattern.trusted ? new RegExp(pattern.source.replaceAll("(?P<", "(?<"), "d") : undefined;
    this.#groups = groupNames(pattern.source).flatMap((name, index) => {
      const input = inputs.get(name);
      return input === undefined ? [] : [[index + 1, input] as const];
    });
  }

  override begin({ bytes }: Batch): void {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  protected line(batch: Batch, start: number, end: number): string | undefined {
    batch.clearRow();
    const found = this.find(batch, start, end);
    if (found) this.put(batch, found);
    else return batch.bytes[start] === HASH ? "" : "the line does not match the format's pattern";
    return undefined;
  }

  /** Undefined where the line is not of the pattern. */
  protected find(batch: Batch, start: number, end: number): Match | undefined {
    return this.#native && end - start <= MAX_NATIVE_LINE_BYTES
      ? this.#withRegExp(this.#native, start, end)
      : this.#withRe2(batch, start, end);
  }

  #withRegExp(native: RegExp, start: number, end: number): Match | undefined {
    const match = native.exec(this.#buffer.toString("latin1", start, end));
    if (!match) return undefined;
    const indices = match.indices as RegExpIndicesArray;
    const found: Match = [];
    for (const [group, input] of this.#groups) {
      const range = indices[group] as [number, number] | undefined;
      if (range) found.push(input, start + range[0], start + range[1]);
    }
    return found;
  }

  #withRe2(batch: Batch, start: number, end: number): Match | undefined {
    this.#safe ??= RE2JS.compile(this.#source);
    const matcher = this.#safe.matcher(MatcherInput.utf8(Uint8Array.from(batch.bytes.subarray(start, end))));
    if (!matcher.find()) return undefined;
    const found: Match = [];
    for (const [group, input] of this.#groups) {
      const from = matcher.start(group);
      if (from >= 0) found.push(input, start + from, start + matcher.end(group));
    }
    return found;
  }

  /** Into the row about to be added. `-` is how access logs write nothing. */
  protected put(batch: Batch, found: Match): void {
    const { bytes, spans } = batch;
    const base = batch.rows * batch.inputs * 2;
    for (let at = 0; at < found.length; at += 3) {
      const input = found[at] as number;
      const from = found[at + 1] as number;
      const to = found[at + 2] as number;
      if (to <= from || (to === from + 1 && bytes[from] === DASH)) continue;
      let kind = PLAIN;
      for (let i = from; i < to; i++) if (bytes[i] === BACKSLASH) kind = ESCAPED;
      spans[base + input * 2] = from;
      spans[base + input * 2 + 1] = to | (kind << KIND_SHIFT);
    }
  }
}
