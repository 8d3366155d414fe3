import { randomFillSync } from "node:crypto";
import fs from "node:fs";

/** Compiled from `kernels/intake.ts` by `npm run kernels`. */
const MODULE = new URL("../../../../resources/kernels/intake.wasm", import.meta.url);

/** What `direct` does with plain values: nothing, or what makes a path, an address or a list of them. */
export type How = 0 | 1 | 2 | 3;
export const AS_IS = 0;
export const PATH = 1;
export const ADDRESS = 2;
export const LIST = 3;

/** Random numbers that decide where values lie in tables, one of sixteen bytes for each: log text must not choose its own collisions. */
const KEY_BYTES = (5 + 16) * 8;
/** Multiplied by, so odd. */
const ODD_KEYS = [2, 3, 4];

/** Batches with more bytes hold one record of great length: memory of WebAssembly is not given back. */
const MAX_BATCH_BYTES = 8 << 20;
/** Bytes before and behind a batch that vectors may read. */
const MARGIN_BYTES = 64;
/** A value that does not lie in a batch has memory of its own while it is looked up where it is longer than this. */
const MAX_SCRATCH_BYTES = 1 << 16;
/** Fewer bytes are copied one by one: a view on them would cost more. */
const MIN_SET_BYTES = 64;
/** Bytes a row of results, at most: a double and a row's number. */
const RESULT_BYTES = 16;

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  keys(): number;
  allocate(bytes: number): number;
  release(at: number, bytes: number): void;
  dictionary(): number;
  add(dictionary: number, at: number, packed: number): number;
  clear(dictionary: number): void;
  forget(dictionary: number): void;
  begin(
    bytes: number,
    spans: number,
    stride: number,
    keep: number,
    rows: number,
    results: number,
    quote: number,
    isBroken: number,
  ): void;
  takeNoValues(): number;
  direct(dictionary: number, input: number, how: How, from: number): number;
  whole(dictionary: number, input: number, dropQuery: number): void;
  numbers(input: number, rest: number): number;
  hexIds(input: number): number;
  leaf(columns: number, from: number, rows: number, firstId: number, page: number): number;
  routes(
    operations: number,
    paths: number,
    codes: number,
    rows: number,
    verbs: number,
    withMethod: number,
    from: number,
  ): number;
}

/** What the kernel takes of a batch (`Rows`). */
interface BatchRows {
  readonly u8: Uint8Array;
  readonly spans: Int32Array;
  readonly stride: number;
  readonly keep: Int32Array;
  readonly count: number;
  readonly words: number;
  readonly broken: boolean;
}

/** Memory that grows, and is used again for each batch. */
export class Region {
  at = 0;
  #bytes = 0;

  release(exports: Exports): void {
    if (this.#bytes > 0) exports.release(this.at, this.#bytes);
    this.#bytes = 0;
  }

  fit(exports: Exports, bytes: number): number {
    if (bytes <= this.#bytes) return this.at;
    this.release(exports);
    this.at = exports.allocate(bytes) >>> 0;
    this.#bytes = bytes;
    return this.at;
  }
}

let compiled: WebAssembly.Module | undefined;

/**
 * The WebAssembly that does a batch's columns one call each, with dictionaries in its memory (`KernelDictionary`). What it
 * cannot do, it names, and the code beside each call does it: that code is whole, and is all there is where the kernel is missing.
 * Of one thread; dictionaries must be closed, or their memory stays.
 */
export class Kernel {
  readonly exports: Exports;
  /** All of its memory. New arrays after each call that may have taken more (`refresh`). */
  u8: Uint8Array;
  ints: Int32Array;
  #count = 0;
  readonly #bytes = new Region();
  readonly #spans = new Region();
  readonly #keep = new Region();
  readonly #results = new Region();
  readonly #scratch = new Region();

  private constructor(exports: Exports) {
    this.exports = exports;
    const { buffer } = exports.memory;
    this.u8 = new Uint8Array(buffer);
    this.ints = new Int32Array(buffer);
    const keys = exports.keys();
    randomFillSync(this.u8, keys, KEY_BYTES);
    for (const key of ODD_KEYS) this.u8[keys + key * 8] = (this.u8[keys + key * 8] as number) | 1;
  }

  /** Undefined on a machine whose WebAssembly lacks what the module uses. */
  static start(): Kernel | undefined {
    try {
      compiled ??= new WebAssembly.Module(fs.readFileSync(MODULE));
      return new Kernel(new WebAssembly.Instance(compiled).exports as unknown as Exports);
    } catch {
      return undefined;
    }
  }

  /** Arrays over memory that has grown: the old ones are empty. */
  refresh(): void {
    if (this.u8.length > 0) return;
    const { buffer } = this.exports.memory;
    this.u8 = new Uint8Array(buffer);
    this.ints = new Int32Array(buffer);
  }

  /** Takes a batch in, whose kept rows are known. False where it is too large. */
  begin({ u8, spans, stride, keep, count, words, broken }: BatchRows, used: number, rows: number): boolean {
    if (used > MAX_BATCH_BYTES) return false;
    const { exports } = this;
    const bytes = this.#bytes.fit(exports, used + MARGIN_BYTES * 2) + MARGIN_BYTES;
    const spansAt = this.#spans.fit(exports, rows * stride * 4);
    const keepAt = this.#keep.fit(exports, count * 4);
    const results = this.#results.fit(exports, count * RESULT_BYTES);
    this.refresh();
    this.u8.set(u8.subarray(0, used), bytes);
    this.ints.set(spans.subarray(0, rows * stride), spansAt >>> 2);
    this.ints.set(keep.subarray(0, count), keepAt >>> 2);
    exports.begin(bytes, spansAt, stride, keepAt, count, results, words, broken ? 1 : 0);
    this.#count = count;
    return true;
  }

  /** The number of a value that need not lie in the batch. `tag`: above its length. */
  add(dictionary: number, u8: Uint8Array, start: number, end: number, tag: number): number {
    const { exports } = this;
    const length = end - start;
    const isLong = length > MAX_SCRATCH_BYTES;
    const at = isLong
      ? exports.allocate(length + MARGIN_BYTES) >>> 0
      : this.#scratch.fit(exports, MAX_SCRATCH_BYTES + MARGIN_BYTES);
    this.refresh();
    const own = this.u8;
    if (length < MIN_SET_BYTES) for (let i = 0; i < length; i++) own[at + i] = u8[start + i] as number;
    else own.set(u8.subarray(start, end), at);
    const number = exports.add(dictionary, at, length | tag);
    if (isLong) exports.release(at, length + MARGIN_BYTES);
    this.refresh();
    return number;
  }

  takeNoValues(): number {
    return this.exports.takeNoValues();
  }

  /**
   * Numbers of an input's plain values into `out`, from row `from` on. Gives the row at which it stopped, whose value is not
   * plain, or the number of rows.
   */
  direct(dictionary: number, input: number, how: How, from: number, out: Int32Array): number {
    const to = this.exports.direct(dictionary, input, how, from);
    this.refresh();
    const results = this.#results.at >>> 2;
    out.set(this.ints.subarray(results + from, results + to), from);
    return to;
  }

  /** Numbers of an input's raw values into `out`. */
  whole(dictionary: number, input: number, dropQuery: boolean, out: Int32Array): void {
    this.exports.whole(dictionary, input, dropQuery ? 1 : 0);
    this.refresh();
    const results = this.#results.at >>> 2;
    out.set(this.ints.subarray(results, results + this.#count));
  }

  /** An input's whole numbers into `out`, NaN where there is none. Gives the rows that hold something else. */
  numbers(input: number, out: Float64Array): Int32Array {
    const results = this.#results.at;
    const rest = results + this.#count * 8;
    const left = this.exports.numbers(input, rest);
    out.set(new Float64Array(this.u8.buffer, results, this.#count));
    return this.ints.subarray(rest >>> 2, (rest >>> 2) + left);
  }

  /** Request ids of sixteen hex digits. False where an input holds another. */
  hexIds(input: number, form: Uint8Array, high: Int32Array, low: Int32Array): boolean {
    if (this.exports.hexIds(input) === 0) return false;
    const count = this.#count;
    const results = this.#results.at;
    high.set(this.ints.subarray(results >>> 2, (results >>> 2) + count));
    low.set(this.ints.subarray((results >>> 2) + count, (results >>> 2) + count * 2));
    form.set(this.u8.subarray(results + count * 8, results + count * 9));
    return true;
  }
}
