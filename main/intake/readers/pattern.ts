import { MatcherInput, RE2JS } from "re2js";
import { type Batch, ESCAPED, KIND_SHIFT, PLAIN } from "../batch.ts";
import { groupNames } from "../patterns.ts";
import { LineReader } from "./lines.ts";

const HASH = 35;
const DASH = 45;
const BACKSLASH = 92;
/** Beyond this a line goes to the engine whose memory does not grow with it. */
const LONGEST_NATIVE = 1 << 16;

/**
 * Lines that a regular expression takes apart into named groups. A user's pattern runs on RE2 alone; patterns of our
 * own formats run on the built-in engine, and a test holds the two against each other.
 */
export class PatternReader extends LineReader {
  readonly #native: RegExp | undefined;
  readonly #safe: RE2JS;
  /** Group number → input. */
  readonly #groups: readonly (readonly [number, number])[];
  #buffer: Buffer = Buffer.alloc(0);

  /** `inputs`: input by group name. */
  constructor(pattern: { source: string; trusted: boolean }, inputs: ReadonlyMap<string, number>) {
    super();
    this.#safe = RE2JS.compile(pattern.source);
    // Latin-1 text: one character a byte, so that indices are offsets.
    this.#native = pattern.trusted ? new RegExp(pattern.source.replaceAll("(?P<", "(?<"), "d") : undefined;
    this.#groups = groupNames(pattern.source).flatMap((name, index) => {
      const input = inputs.get(name);
      return input === undefined ? [] : [[index + 1, input] as const];
    });
  }

  override scan(batch: Batch, last: boolean): void {
    const { bytes } = batch;
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    super.scan(batch, last);
  }

  protected line(batch: Batch, start: number, end: number): string | undefined {
    batch.clearRow();
    const base = batch.rows * batch.inputs * 2;
    const found =
      this.#native && end - start <= LONGEST_NATIVE
        ? this.#byNative(batch, base, start, end)
        : this.#bySafe(batch, base, start, end);
    if (found) return undefined;
    return batch.bytes[start] === HASH ? "" : "the line does not match the format's pattern";
  }

  #byNative(batch: Batch, base: number, start: number, end: number): boolean {
    const match = (this.#native as RegExp).exec(this.#buffer.toString("latin1", start, end));
    if (!match) return false;
    const indices = match.indices as RegExpIndicesArray;
    for (const [group, input] of this.#groups) {
      const range = indices[group] as [number, number] | undefined;
      if (range) this.#put(batch, base, input, start + range[0], start + range[1]);
    }
    return true;
  }

  #bySafe(batch: Batch, base: number, start: number, end: number): boolean {
    const matcher = this.#safe.matcher(MatcherInput.utf8(Uint8Array.from(batch.bytes.subarray(start, end))));
    if (!matcher.find()) return false;
    for (const [group, input] of this.#groups) {
      const from = matcher.start(group);
      if (from >= 0) this.#put(batch, base, input, start + from, start + matcher.end(group));
    }
    return true;
  }

  /** Of a name used twice (in alternatives) the one that took part counts. `-` is how access logs write nothing. */
  #put(batch: Batch, base: number, input: number, from: number, to: number): void {
    const { bytes, spans } = batch;
    if (to <= from || (to === from + 1 && bytes[from] === DASH)) return;
    let kind = PLAIN;
    for (let i = from; i < to; i++) if (bytes[i] === BACKSLASH) kind = ESCAPED;
    spans[base + input * 2] = from;
    spans[base + input * 2 + 1] = to | (kind << KIND_SHIFT);
  }
}
