import { type EncodedRows, HEX_REQUEST, type RequestIds, TEXT_REQUEST } from "../encode/encoded-batch.ts";
import type { KernelLeaves } from "./kernel-leaves.ts";
import { type Pages, putVarint, type TableWriter, varintLength } from "./sqlite-pages.ts";

/** A record longer than this might need an overflow page. Such a part is inserted value by value. */
export const MAX_ROW_BYTES = 60_000;

/** Serial types of the record format. */
const NULL = 0;
const INT64 = 6;
const DOUBLE = 7;
/** Bytes of a value by its serial type, for the types below 12. */
const WIDTH_BYTES = Uint8Array.of(0, 1, 2, 3, 4, 6, 8, 8, 0, 0);
/** By the number of leading zero bits of a 32-bit number: its type. Negative ones are absent. */
const TYPE_BY_ZEROS = Uint8Array.from({ length: 33 }, (_, zeros) => {
  if (zeros === 0) return NULL;
  if (zeros >= 31) return zeros === 32 ? 8 : 9;
  return zeros > 24 ? 1 : zeros > 16 ? 2 : zeros > 8 ? 3 : 4;
});

/** Columns of `event_row`: 25, so that the record's header is one byte for itself and one for each but a long text. */
const COLUMN_COUNT = 25;
/** Of the columns packed here: the id (the row's own number) and the source stand before them. */
const FIRST_PACKED_COLUMN = 2;
const REQUEST_ID_COLUMN = 21;
const HEADER_BYTES = COLUMN_COUNT + 1;
/** Bytes of a record without the text of its request id, at most; two bytes more may stand in the header for its length. */
const MAX_FIXED_BYTES = HEADER_BYTES + 2 + COLUMN_COUNT * 8;

/** In the matrix, for what is no number from 0 to 2³¹: absent, or to be read from its column. */
const ABSENT = -1;
const NOT_IN_MATRIX = -2;

/** Rows turned from columns into rows at once: few enough to stay in the L1 cache. */
const BLOCK_ROWS = 128;

/**
 * Packs rows into records of the file format (https://www.sqlite.org/fileformat2.html#record_format). Each record is
 * written from its last value to its first: so its length need not be known before, and four bytes can be written for
 * every number: those too many are of what comes next.
 */
export class RowPacker {
  /** A block's numbers, row by row. */
  readonly #matrix = new Int32Array(BLOCK_ROWS * COLUMN_COUNT);
  /** Of one record, by column. */
  readonly #types = new Uint8Array(COLUMN_COUNT);
  readonly #leaves: KernelLeaves | undefined;

  /** `leaves`: does the rows of a batch whose request ids are no text. */
  constructor(leaves?: KernelLeaves) {
    this.#leaves = leaves;
  }

  /** Adds the rows to the table. False where one is too long for a page. */
  pack(pages: Pages, table: TableWriter, source: number, firstId: number, encoded: EncodedRows): boolean {
    if (this.#leaves?.pack(table, source, firstId, encoded, columnsOf(encoded))) return true;
    const { rows, request } = encoded;
    const columns = columnsOf(encoded);
    let text = 0;
    for (let from = 0; from < rows; from += BLOCK_ROWS) {
      const to = Math.min(from + BLOCK_ROWS, rows);
      this.#transpose(columns, from, to);
      for (let k = from; k < to; k++) {
        const length = request.lengths[k] as number;
        if (MAX_FIXED_BYTES + length > MAX_ROW_BYTES) return false;
        const end = table.room(MAX_FIXED_BYTES + length);
        const row = { k, at: (k - from) * COLUMN_COUNT, text };
        const start = this.#record(pages, end, row, source, columns, request);
        table.put(firstId + k, start, end);
        text += length;
      }
    }
    return true;
  }

  /** Columns to rows. */
  #transpose(columns: Columns, from: number, to: number): void {
    const matrix = this.#matrix;
    columns.forEach((column, index) => {
      if (column instanceof Int32Array) transposeInts(column, matrix, index, from, to);
      else if (column instanceof Float64Array) transposeNumbers(column, matrix, index, from, to);
      else if (column) transposeBytes(column, matrix, index, from, to);
      else for (let at = index; at < (to - from) * COLUMN_COUNT; at += COLUMN_COUNT) matrix[at] = NOT_IN_MATRIX;
    });
  }

  /** Writes a row's record so that it ends at `end`. Returns where it begins. */
  #record(pages: Pages, end: number, row: Row, source: number, columns: Columns, request: RequestIds): number {
    const { bytes, view } = pages;
    const matrix = this.#matrix;
    const types = this.#types;
    const first = row.at;
    let at = end;
    for (let column = COLUMN_COUNT - 1; column >= FIRST_PACKED_COLUMN; column--) {
      const value = matrix[first + column] as number;
      if (value !== NOT_IN_MATRIX) {
        const type = TYPE_BY_ZEROS[Math.clz32(value)] as number;
        types[column] = type;
        view.setInt32(at - 4, value);
        at -= WIDTH_BYTES[type] as number;
      } else if (column === REQUEST_ID_COLUMN) at = this.#request(pages, at, row, request);
      else at = this.#number(pages, at, column, (columns[column] as Float64Array)[row.k] as number);
    }
    types[0] = NULL;
    at = this.#number(pages, at, 1, source);
    if (request.form[row.k] !== TEXT_REQUEST) {
      at -= HEADER_BYTES;
      bytes[at] = HEADER_BYTES;
      for (let column = 0; column < COLUMN_COUNT; column++) bytes[at + 1 + column] = types[column] as number;
      return at;
    }
    const type = textType(request.lengths[row.k] as number);
    const header = COLUMN_COUNT + varintLength(type);
    at -= header;
    bytes[at] = header;
    for (let column = 0; column < REQUEST_ID_COLUMN; column++) bytes[at + 1 + column] = types[column] as number;
    const behind = putVarint(bytes, at + 1 + REQUEST_ID_COLUMN, type);
    for (let column = REQUEST_ID_COLUMN + 1; column < COLUMN_COUNT; column++)
      bytes[behind + column - REQUEST_ID_COLUMN - 1] = types[column] as number;
    return at;
  }

  #request({ bytes, view }: Pages, end: number, { k, text }: Row, request: RequestIds): number {
    const form = request.form[k] as number;
    if (form === HEX_REQUEST) {
      const high = request.high[k] as number;
      const low = request.low[k] as number;
      // As SQLite would store it: a number this small in fewer bytes.
      const type = int64Type(high, low);
      this.#types[REQUEST_ID_COLUMN] = type;
      if (type !== INT64) return putInt(bytes, end, high * 0x100000000 + (low >>> 0), type);
      view.setInt32(end - 8, high);
      view.setInt32(end - 4, low);
      return end - 8;
    }
    this.#types[REQUEST_ID_COLUMN] = NULL;
    if (form !== TEXT_REQUEST) return end;
    const length = request.lengths[k] as number;
    bytes.set(request.bytes.subarray(text, text + length), end - length);
    return end - length;
  }

  #number({ bytes, view }: Pages, end: number, column: number, value: number): number {
    const type = Number.isInteger(value) ? intType(value) : DOUBLE;
    this.#types[column] = type;
    if (type === DOUBLE) view.setFloat64(end - 8, value);
    else if (type === INT64) {
      view.setInt32(end - 8, Math.floor(value / 0x100000000));
      view.setInt32(end - 4, value | 0);
    } else return putInt(bytes, end, value, type);
    return end - 8;
  }
}

/** A row by its number in the batch, its index in the matrix, and where the text of its request id begins. */
interface Row {
  readonly k: number;
  readonly at: number;
  readonly text: number;
}

export type Columns = readonly (Int32Array | Float64Array | Uint8Array | undefined)[];

/** In the order of the table. The request id has its own code. Id and source are no columns of the batch. */
function columnsOf(encoded: EncodedRows): Columns {
  const { ids, numbers } = encoded;
  return [
    undefined,
    undefined,
    encoded.line,
    encoded.offset,
    encoded.length,
    encoded.time,
    ids.app,
    ids.developer,
    ids.api,
    ids.operation,
    ids.method,
    ids.path,
    numbers.status,
    encoded.outcome,
    ids.actor,
    ids.resource,
    ids.fields,
    ids.subjects,
    numbers.subject_count,
    ids.ip,
    ids.user_agent,
    undefined,
    numbers.bytes,
    numbers.duration_ms,
    encoded.flags,
  ];
}

function transposeInts(values: Int32Array, matrix: Int32Array, column: number, from: number, to: number): void {
  for (let k = from, at = column; k < to; k++, at += COLUMN_COUNT) matrix[at] = values[k] as number;
}

function transposeBytes(values: Uint8Array, matrix: Int32Array, column: number, from: number, to: number): void {
  for (let k = from, at = column; k < to; k++, at += COLUMN_COUNT) matrix[at] = values[k] as number;
}

/** Most numbers are whole, not negative and small. */
function transposeNumbers(values: Float64Array, matrix: Int32Array, column: number, from: number, to: number): void {
  for (let k = from, at = column; k < to; k++, at += COLUMN_COUNT) {
    const value = values[k] as number;
    const int = value | 0;
    matrix[at] = int === value && int >= 0 ? int : Number.isNaN(value) ? ABSENT : NOT_IN_MATRIX;
  }
}

const textType = (length: number): number => length * 2 + 13;

function intType(value: number): number {
  if (value === 0) return 8;
  if (value === 1) return 9;
  const positive = value < 0 ? -value - 1 : value;
  if (positive < 0x80) return 1;
  if (positive < 0x8000) return 2;
  if (positive < 0x800000) return 3;
  if (positive < 0x80000000) return 4;
  return positive < 0x800000000000 ? 5 : INT64;
}

/** Of a 64-bit number in two halves. */
function int64Type(high: number, low: number): number {
  // Beyond 48 bits the sum of the halves may have lost its last ones, but not its size.
  return high > 0xffff || high < -0x10000 ? INT64 : intType(high * 0x100000000 + (low >>> 0));
}

/** A whole number, big-endian, in as many bytes as its type has, so that it ends at `end`. Returns where it begins. */
function putInt(bytes: Uint8Array, end: number, value: number, type: number): number {
  const width = WIDTH_BYTES[type] as number;
  const low = value | 0;
  const high = width > 4 ? Math.floor(value / 0x100000000) : 0;
  for (let i = 1, shift = 0; i <= width; i++, shift += 8)
    bytes[end - i] = shift < 32 ? low >>> shift : high >>> (shift - 32);
  return end - width;
}
