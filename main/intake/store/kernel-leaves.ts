import { type Kernel, Region } from "../encode/dictionary/kernel.ts";
import { type EncodedRows, TEXT_REQUEST } from "../encode/encoded-batch.ts";
import { PAGE_BYTES, type TableWriter } from "./sqlite-pages.ts";

/** Kinds of columns (kernels/rows.ts). */
const NOTHING = 0;
const INTS = 1;
const NUMBERS = 2;
const BYTES = 3;
const CONSTANT = 4;
const IDS = 5;

/** Of the columns of `event_row`: the id is the row's own number, and these two are no columns of a batch. */
const SOURCE_COLUMN = 1;
const REQUEST_ID_COLUMN = 21;
/** At which any column may begin. */
const ALIGNMENT = 8;

/** Writes the leaves of `event_row` for a batch, one call of the kernel each. */
export class KernelLeaves {
  readonly #kernel: Kernel;
  readonly #columns = new Region();
  readonly #page = new Region();
  #at = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Adds the rows to the table. False, and nothing is done, where one has a request id that is text. */
  pack(
    table: TableWriter,
    source: number,
    firstId: number,
    encoded: EncodedRows,
    columns: readonly (Int32Array | Float64Array | Uint8Array | undefined)[],
  ): boolean {
    const { rows, request } = encoded;
    if (request.form.includes(TEXT_REQUEST)) return false;
    const kernel = this.#kernel;
    const { exports } = kernel;
    const descriptors = this.#columns.fit(exports, columns.length * (8 + rows * 9 + ALIGNMENT) + ALIGNMENT);
    const page = this.#page.fit(exports, PAGE_BYTES);
    kernel.refresh();
    this.#at = descriptors + columns.length * 8;
    columns.forEach((column, index) => {
      const [kind, at] = this.#take(column, index, source, request);
      kernel.ints[(descriptors >>> 2) + index * 2] = kind;
      kernel.ints[(descriptors >>> 2) + index * 2 + 1] = at;
    });
    for (let from = 0; from < rows; ) {
      const count = exports.leaf(descriptors, from, rows, firstId + from, page);
      from += count;
      table.addLeaf(kernel.u8.subarray(page, page + PAGE_BYTES), firstId + from - 1);
    }
    return true;
  }

  /** Copies a column's values into the kernel's memory. Gives its kind, and where they lie. */
  #take(
    column: Int32Array | Float64Array | Uint8Array | undefined,
    index: number,
    source: number,
    { high, low, form }: EncodedRows["request"],
  ): readonly [kind: number, at: number] {
    if (column instanceof Int32Array) return [INTS, this.#copy(column)];
    if (column instanceof Float64Array) return [NUMBERS, this.#copy(column)];
    if (column) return [BYTES, this.#copy(column)];
    if (index === SOURCE_COLUMN) return [CONSTANT, this.#copy(Float64Array.of(source))];
    if (index !== REQUEST_ID_COLUMN) return [NOTHING, 0];
    const { u8 } = this.#kernel;
    const at = this.#copy(high);
    for (const [values, behind] of [
      [low, high.length * 4],
      [form, high.length * 8],
    ] as const)
      u8.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at + behind);
    this.#at += form.length * 5 + ALIGNMENT;
    return [IDS, at];
  }

  #copy(values: Int32Array | Float64Array | Uint8Array): number {
    const at = Math.ceil(this.#at / ALIGNMENT) * ALIGNMENT;
    this.#kernel.u8.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    this.#at = at + values.byteLength;
    return at;
  }
}
