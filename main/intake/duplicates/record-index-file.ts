import fs from "node:fs";
import path from "node:path";
import { readInto, writeAll } from "../../platform/files.ts";
import { HEX_REQUEST, type RequestIds, TEXT_REQUEST } from "../encode/encoded-batch.ts";

/**
 * Where a source's records lie and the keys of their request ids, as the import made them:
 * `cache/segments/<source>/<column>.bin`, little-endian, one value a row in the order of event ids, no header. `request`
 * is the 64 bits of a request id, hashed where it is text, 0 where there is none. The file's length is its proof: another
 * number of rows than `source.events` means stale. All of it can be made again from `event_row`.
 */
const WIDTH_BYTES = { offset: 8, length: 4, request: 8 } as const;
type SegmentColumn = keyof typeof WIDTH_BYTES;
const COLUMNS = Object.keys(WIDTH_BYTES) as SegmentColumn[];

/** Rows read at once. */
const BLOCK_ROWS = 1 << 16;

const folderOf = (cache: string, source: number) => path.join(cache, "segments", String(source));
const fileOf = (cache: string, source: number, column: SegmentColumn) =>
  path.join(folderOf(cache, source), `${column}.bin`);

/** What a segment holds of some rows; `request` has two halves a row, the low one first. */
export interface RecordIndexRows {
  readonly offset: Float64Array;
  readonly length: Int32Array;
  readonly request: Uint32Array;
}

/** The 64 bits that a request id in another form than 16 hex digits is compared by, as two halves. */
export function textKey(bytes: Uint8Array, from: number, to: number): readonly [low: number, high: number] {
  let a = 0x811c9dc5;
  let b = to - from;
  for (let i = from; i < to; i++) {
    a = Math.imul(a ^ (bytes[i] as number), 0x01000193);
    b = Math.imul(b + (bytes[i] as number), 0x9e3779b1) ^ (b >>> 13);
  }
  return [a, b];
}

/** The 64 bits each request id is compared by. */
export function requestKeys({ form, high, low, lengths, bytes }: RequestIds, rows: number): Uint32Array {
  const keys = new Uint32Array(rows * 2);
  let at = 0;
  for (let k = 0; k < rows; k++) {
    const length = lengths[k] as number;
    if (form[k] === HEX_REQUEST) {
      keys[k * 2] = low[k] as number;
      keys[k * 2 + 1] = high[k] as number;
    } else if (form[k] === TEXT_REQUEST) {
      const [low, high] = textKey(bytes, at, at + length);
      keys[k * 2] = low;
      keys[k * 2 + 1] = high;
    }
    at += length;
  }
  return keys;
}

/** Appends rows to the columns' files while a source is read. */
export class RecordIndexWriter {
  readonly #files = new Map<SegmentColumn, number>();
  readonly #folder: string;
  #rows: number;

  /** Opens after the first `rows` rows, which an earlier import committed. Where some of them are missing, nothing is written. */
  constructor(cache: string, source: number, rows: number) {
    this.#folder = folderOf(cache, source);
    this.#rows = rows;
    if (rows === 0) fs.rmSync(this.#folder, { recursive: true, force: true });
    fs.mkdirSync(this.#folder, { recursive: true });
    for (const column of COLUMNS) {
      const file = fileOf(cache, source, column);
      const bytes = rows * WIDTH_BYTES[column];
      if (rows > 0 && !(fs.existsSync(file) && fs.statSync(file).size >= bytes)) {
        this.drop();
        return;
      }
      const fd = fs.openSync(file, rows === 0 ? "w" : "r+");
      fs.ftruncateSync(fd, bytes);
      this.#files.set(column, fd);
    }
  }

  append(some: RecordIndexRows): void {
    for (const [column, fd] of this.#files) {
      const array = some[column];
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      writeAll(fd, bytes, this.#rows * WIDTH_BYTES[column]);
    }
    this.#rows += some.length.length;
  }

  close(): void {
    for (const fd of this.#files.values()) fs.closeSync(fd);
    this.#files.clear();
  }

  /** Columns that are not whole are worse than none. */
  drop(): void {
    this.close();
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}

export const dropSegment = (cache: string, source: number): void =>
  fs.rmSync(folderOf(cache, source), { recursive: true, force: true });

/** A source that was read again replaces another. */
export function moveSegment(cache: string, from: number, to: number): void {
  dropSegment(cache, to);
  if (fs.existsSync(folderOf(cache, from))) fs.renameSync(folderOf(cache, from), folderOf(cache, to));
}

/** A source's segment, read a block at a time: its memory does not grow with the source. */
export class RecordIndex {
  readonly rows: number;
  readonly #files = new Map<SegmentColumn, number>();

  /** Undefined where a column is missing or does not have exactly `rows` values. Close it after use. */
  static open(cache: string, source: number, rows: number): RecordIndex | undefined {
    const segment = new RecordIndex(rows);
    for (const column of COLUMNS) {
      const file = fileOf(cache, source, column);
      if (fs.statSync(file, { throwIfNoEntry: false })?.size !== rows * WIDTH_BYTES[column]) {
        segment.close();
        return undefined;
      }
      segment.#files.set(column, fs.openSync(file, "r"));
    }
    return segment;
  }

  private constructor(rows: number) {
    this.rows = rows;
  }

  /**
   * What must be equal for two records to be: the key of the request id with the record's length, two halves a row, 0 where
   * there is no id. From row 0 on. The array is used again.
   */
  *requests(): Generator<{ from: number; keys: Uint32Array }> {
    const keys = new Uint32Array(BLOCK_ROWS * 2);
    const length = new Int32Array(BLOCK_ROWS);
    for (let from = 0; from < this.rows; from += BLOCK_ROWS) {
      const count = this.#read("request", from, keys);
      this.#read("length", from, length);
      for (let row = 0, at = 0; row < count; row++, at += 2) {
        const low = keys[at] as number;
        const high = keys[at + 1] as number;
        if (low === 0 && high === 0) continue;
        const mixed = low ^ Math.imul(length[row] as number, 0x9e3779b1);
        keys[at] = mixed === 0 && high === 0 ? 1 : mixed;
      }
      yield { from, keys: keys.subarray(0, count * 2) };
    }
  }

  /** Where records lie, from row 0 on. The arrays are used again. */
  *ranges(): Generator<{ from: number; offset: Float64Array; length: Int32Array }> {
    const offset = new Float64Array(BLOCK_ROWS);
    const length = new Int32Array(BLOCK_ROWS);
    for (let from = 0; from < this.rows; from += BLOCK_ROWS) {
      const count = this.#read("offset", from, offset);
      this.#read("length", from, length);
      yield { from, offset, length: length.subarray(0, count) };
    }
  }

  /** Fills a block. Returns its rows. */
  #read(column: SegmentColumn, from: number, into: NodeJS.TypedArray): number {
    const count = Math.min(BLOCK_ROWS, this.rows - from);
    const width = WIDTH_BYTES[column];
    const bytes = new Uint8Array(into.buffer, 0, count * width);
    if (readInto(this.#files.get(column) as number, bytes, from * width) < bytes.length)
      throw new Error(`the cache's ${column} of a source became shorter while it was read`);
    return count;
  }

  close(): void {
    for (const fd of this.#files.values()) fs.closeSync(fd);
  }
}
