import { type Batch, ESCAPED, KIND_SHIFT, PLAIN } from "./batch.ts";
import type { KeyTable } from "./field-slots.ts";
import { JsonScanner } from "./json.ts";
import { LineReader } from "./lines.ts";

const SPACE = 32;
const QUOTE = 34;
const EQUALS = 61;
const BACKSLASH = 92;
const BRACE = 123;

/**
 * `key=value key="a value" flag`: logfmt. Words without `=` are ignored. A line without any pair is no record. Programs
 * that change their log's format leave JSON lines between: an object a line, with the same names.
 */
export class KeyValueReader extends LineReader {
  readonly #keys: KeyTable;
  readonly #json: JsonScanner;

  constructor(keys: KeyTable, inputs: number) {
    super();
    this.#keys = keys;
    this.#json = new JsonScanner(keys, inputs, true);
  }

  override begin(batch: Batch): void {
    batch.bytes[batch.to] = 0;
    this.#json.setBytes(batch.bytes, batch.spans);
  }

  protected line(batch: Batch, start: number, end: number): string | undefined {
    const { bytes, spans } = batch;
    batch.clearRow();
    const base = batch.rows * batch.inputs * 2;
    if (bytes[start] === BRACE) {
      const closed = this.#json.object(start, base);
      if (closed >= 0 && this.#json.skipSpace(closed) === end) return undefined;
      batch.clearRow();
    }
    const ranks = new Map<number, number>();
    let pairs = 0;
    let i = start;
    while (i < end) {
      while (i < end && (bytes[i] as number) <= SPACE) i++;
      const key = i;
      while (i < end && bytes[i] !== EQUALS && (bytes[i] as number) > SPACE) i++;
      if (i >= end || bytes[i] !== EQUALS || i === key) {
        if (i === key) i++;
        continue;
      }
      const keyEnd = i++;
      let from = i;
      let to: number;
      let kind = PLAIN;
      if (bytes[i] === QUOTE && i < end) {
        from = ++i;
        while (i < end && bytes[i] !== QUOTE) {
          if (bytes[i] === BACKSLASH) {
            kind = ESCAPED;
            i++;
          }
          i++;
        }
        if (i >= end) return `the quote that opens at byte ${from - start} is never closed`;
        to = i++;
      } else {
        while (i < end && (bytes[i] as number) > SPACE) i++;
        to = i;
      }
      pairs++;
      const raw = Buffer.from(bytes.buffer, bytes.byteOffset + key, keyEnd - key);
      const target = this.#keys.learn(raw, () => raw.toString("utf8")).target;
      if (!target || to === from) continue;
      if (target.input >= 0) put(spans, base, target.input, from, to, kind);
      if (target.synonym >= 0 && target.rank <= (ranks.get(target.synonym) ?? 255)) {
        ranks.set(target.synonym, target.rank);
        put(spans, base, target.synonym, from, to, kind);
      }
    }
    if (pairs > 0) return undefined;
    return bytes[start] === 35 ? "" : "the line has no key=value pair";
  }
}

function put(spans: Int32Array, base: number, input: number, from: number, to: number, kind: number): void {
  spans[base + input * 2] = from;
  spans[base + input * 2 + 1] = to | (kind << KIND_SHIFT);
}
