import { type ArrayBlock, filledFrom } from "../../platform/array-block.ts";
import type { Pattern } from "../mapping/patterns.ts";
import type { FieldPlan, Plan } from "../mapping/plan.ts";
import { END_MASK, KIND_SHIFT, PLAIN } from "../read/batch.ts";
import { HEX_REQUEST, NO_REQUEST, type RequestIds, TEXT_REQUEST } from "./encoded-batch.ts";
import { isWord, type Rows, spanText } from "./raw-column.ts";

/** By byte: the value of a lower-case hex digit, 255 for any other byte. */
const HEX_VALUE = new Uint8Array(256).fill(255);
for (let i = 0; i < 16; i++) HEX_VALUE[i.toString(16).charCodeAt(0)] = i;

/** Request ids are all different, so they have no dictionary: 16 lower-case hex digits are a number, others their own text. */
export class RequestColumn {
  #form = new Uint8Array(0);
  #high = new Int32Array(0);
  #low = new Int32Array(0);
  #lengths = new Int32Array(0);
  #bytes = new Uint8Array(0);
  #used = 0;

  read(field: FieldPlan, match: Pattern | undefined, rows: Rows, plan: Plan): void {
    const { count, keep, spans, stride, u8 } = rows;
    this.#used = 0;
    if (this.#form.length < count) {
      this.#form = new Uint8Array(count);
      this.#high = new Int32Array(count);
      this.#low = new Int32Array(count);
      this.#lengths = new Int32Array(count);
    }
    const [origin] = field.origins;
    const isPlain = !match && !rows.broken && field.origins.length === 1 && field.value === undefined;
    this.#lengths.fill(0, 0, count);
    if (
      isPlain &&
      origin?.kind === "input" &&
      origin.rest.length === 0 &&
      rows.kernel?.hexIds(origin.input, this.#form, this.#high, this.#low)
    )
      return;
    this.#form.fill(NO_REQUEST, 0, count);
    for (let k = 0; k < count; k++) {
      const row = keep[k] as number;
      for (const origin of field.origins) {
        if (origin.kind === "field" || origin.kind === "joined") continue;
        const at = row * stride + origin.input * 2;
        const start = spans[at] as number;
        if (start < 0) continue;
        const packed = spans[at + 1] as number;
        if (isWord(rows, start, packed & END_MASK)) continue;
        if (
          packed >>> KIND_SHIFT === PLAIN &&
          !match &&
          origin.kind === "input" &&
          origin.rest.length === 0 &&
          !rows.broken
        ) {
          this.#put(k, u8, start, packed & END_MASK);
          break;
        }
        const found = spanText(rows, row, origin, plan);
        if (!found || (found.json && !match)) continue;
        const text = match ? match.first(found.text) : found.text;
        if (text) {
          const bytes = Buffer.from(text);
          this.#put(k, bytes, 0, bytes.length);
        }
        break;
      }
      if (this.#form[k] === NO_REQUEST && field.value) {
        const bytes = Buffer.from(field.value);
        this.#put(k, bytes, 0, bytes.length);
      }
    }
  }

  #put(k: number, u8: Uint8Array, start: number, end: number): void {
    if (end - start === 16) {
      let high = 0;
      let low = 0;
      let wrong = 0;
      for (let i = 0; i < 8; i++) {
        const h = HEX_VALUE[u8[start + i] as number] as number;
        const l = HEX_VALUE[u8[start + 8 + i] as number] as number;
        wrong |= (h | l) & 0xf0;
        high = (high << 4) | h;
        low = (low << 4) | l;
      }
      if (wrong === 0) {
        this.#form[k] = HEX_REQUEST;
        this.#high[k] = high;
        this.#low[k] = low;
        return;
      }
    }
    const length = end - start;
    if (this.#used + length > this.#bytes.length) {
      const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + length, 1 << 12));
      bytes.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = bytes;
    }
    for (let i = 0; i < length; i++) this.#bytes[this.#used + i] = u8[start + i] as number;
    this.#used += length;
    this.#form[k] = TEXT_REQUEST;
    this.#lengths[k] = length;
  }

  finish(count: number, memory: ArrayBlock): RequestIds {
    return {
      form: filledFrom(memory.bytes(count), this.#form),
      high: filledFrom(memory.ints(count), this.#high),
      low: filledFrom(memory.ints(count), this.#low),
      lengths: filledFrom(memory.ints(count), this.#lengths),
      bytes: filledFrom(memory.bytes(this.#used), this.#bytes),
    };
  }
}
