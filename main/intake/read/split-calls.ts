import type { Plan } from "../mapping/plan.ts";
import { type Batch, END_MASK, KIND_SHIFT, STRUCTURE } from "./batch.ts";
import { keysOf } from "./field-slots.ts";
import { JsonScanner } from "./json.ts";

const LIST = 91;
const OBJECT = 123;
const COMMA = 44;

const NO_CALL = "a call of the record is JSON, but not an object";

/**
 * Makes a row of each call of a record that holds several in a list, or in lists within lists. What a call does not say is
 * taken from the object around it, the innermost first. A record without calls is one itself.
 */
export class CallSplitter {
  readonly #scanner: JsonScanner;
  /** The input of each list, from the outside in. */
  readonly #lists: readonly number[];
  /** The spans around the calls of each list. */
  readonly #around: readonly Int32Array[];
  #first = 0;
  #count = 0;

  constructor(plan: Plan) {
    this.#lists = plan.calls ?? [];
    const inputs = plan.inputs.length;
    this.#scanner = new JsonScanner(keysOf(plan), inputs, plan.reader === "jsonl");
    this.#around = this.#lists.map(() => new Int32Array(inputs * 2));
  }

  /** The record is the row added last; its spans are written. */
  split(batch: Batch): void {
    this.#first = batch.rows - 1;
    this.#count = 0;
    const list = this.#listAt(batch, 0, this.#first);
    if (list < 0) return;
    this.#keep(batch, 0, this.#first);
    if (!this.#walk(batch, 0, list)) batch.giveUpCalls(this.#first);
  }

  /** Where the row's list begins, -1 where it has none or an empty one. */
  #listAt(batch: Batch, level: number, row: number): number {
    const at = (row * batch.inputs + (this.#lists[level] as number)) * 2;
    const start = batch.spans[at] as number;
    if (start < 0 || (batch.spans[at + 1] as number) >>> KIND_SHIFT !== STRUCTURE) return -1;
    const end = (batch.spans[at + 1] as number) & END_MASK;
    if (batch.bytes[start] === OBJECT) return start;
    return this.#scannerOf(batch).skipSpace(start + 1) < end - 1 ? start : -1;
  }

  #scannerOf(batch: Batch): JsonScanner {
    this.#scanner.setBytes(batch.bytes, batch.spans);
    return this.#scanner;
  }

  #keep(batch: Batch, level: number, row: number): void {
    const stride = batch.inputs * 2;
    (this.#around[level] as Int32Array).set(batch.spans.subarray(row * stride, (row + 1) * stride));
  }

  /** The calls in the list that begins at `start`; an object in its place is its only one. False where there are too many. */
  #walk(batch: Batch, level: number, start: number): boolean {
    const { bytes } = batch;
    if (bytes[start] !== LIST) return this.#element(batch, level, start) >= 0;
    let at = this.#scannerOf(batch).skipSpace(start + 1);
    for (;;) {
      const end = this.#element(batch, level, at);
      if (end < 0) return false;
      at = this.#scanner.skipSpace(end);
      if (bytes[at] !== COMMA) return true;
      at = this.#scanner.skipSpace(at + 1);
    }
  }

  /** Returns where it ends. */
  #element(batch: Batch, level: number, at: number): number {
    if (this.#count > 0 && !batch.growRows(this.#first)) return -1;
    const row = this.#count === 0 ? this.#first : batch.rows;
    const stride = batch.inputs * 2;
    const base = row * stride;
    batch.spans.fill(-1, base, base + stride);
    const scanner = this.#scannerOf(batch);
    if (batch.bytes[at] !== OBJECT) {
      this.#add(batch, NO_CALL);
      return scanner.value(at);
    }
    const end = scanner.object(at, base);
    const inner = level + 1 < this.#lists.length ? this.#listAt(batch, level + 1, row) : -1;
    const around = this.#around[level] as Int32Array;
    for (let slot = 0; slot < stride; slot += 2) {
      if ((batch.spans[base + slot] as number) >= 0) continue;
      batch.spans[base + slot] = around[slot] as number;
      batch.spans[base + slot + 1] = around[slot + 1] as number;
    }
    if (inner < 0) this.#add(batch, undefined);
    else {
      this.#keep(batch, level + 1, row);
      if (!this.#walk(batch, level + 1, inner)) return -1;
    }
    return end;
  }

  #add(batch: Batch, bad: string | undefined): void {
    if (this.#count === 0) batch.setBad(this.#first, bad);
    else batch.addCall(this.#first, bad);
    this.#count++;
  }
}
