import fs from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { checkedDocument, withChecksum } from "../../platform/block-checksums.ts";
import { isSystemError, readInto, writeAll, writeDurably } from "../../platform/files.ts";
import { mixLengths, type RecordIndexRows, type RecordKeys } from "./record-keys.ts";

/**
 * Where a source's records lie and the keys of their request ids, as the import made them:
 * `cache/segments/<source>/<column>.bin`, little-endian, one value a row in the order of event ids, no header. `request`
 * is the 64 bits of a request id, hashed where it is text, 0 where there is none. `index.json` is written last: what the
 * columns belong to, and a CRC-32 of each BLOCK_ROWS rows. All of it can be made again from `event_row`.
 */
const WIDTH_BYTES = { offset: 8, length: 4, request: 8 } as const;
type SegmentColumn = keyof typeof WIDTH_BYTES;
const COLUMNS = Object.keys(WIDTH_BYTES) as SegmentColumn[];

/** Rows read at once, which have a checksum of their own. */
const BLOCK_ROWS = 1 << 16;

const INDEX_NAME = "index.json";

interface Index {
  /** The source and how it was read; another stamp means stale. */
  readonly stamp: string;
  readonly rows: number;
  readonly checksums: Readonly<Record<SegmentColumn, readonly number[]>>;
}

const folderOf = (cache: string, source: number) => path.join(cache, "segments", String(source));
const fileOf = (cache: string, source: number, column: SegmentColumn) =>
  path.join(folderOf(cache, source), `${column}.bin`);

/** The index of what lies there; undefined where there is none, `damaged` where it is not what was written. */
function readIndex(cache: string, source: number): Index | "damaged" | undefined {
  let text: string;
  try {
    text = fs.readFileSync(path.join(folderOf(cache, source), INDEX_NAME), "utf8");
  } catch {
    return undefined;
  }
  return (checkedDocument(text) as Index | undefined) ?? "damaged";
}

/** A column's file while rows are appended: CRC-32 of each whole block, and of what there is of the last. */
class ColumnWriter {
  readonly #fd: number;
  readonly #blockBytes: number;
  readonly #checksums: number[];
  #bytes: number;

  constructor(file: string, column: SegmentColumn, rows: number, checksums: readonly number[]) {
    this.#fd = fs.openSync(file, rows === 0 ? "w" : "r+");
    this.#blockBytes = BLOCK_ROWS * WIDTH_BYTES[column];
    this.#bytes = rows * WIDTH_BYTES[column];
    this.#checksums = [...checksums];
    fs.ftruncateSync(this.#fd, this.#bytes);
  }

  append(bytes: Uint8Array): void {
    writeAll(this.#fd, bytes, this.#bytes);
    for (let at = 0; at < bytes.length; ) {
      const block = Math.floor(this.#bytes / this.#blockBytes);
      const piece = bytes.subarray(at, at + (block + 1) * this.#blockBytes - this.#bytes);
      this.#checksums[block] = crc32(piece, this.#checksums[block] ?? 0);
      this.#bytes += piece.length;
      at += piece.length;
    }
  }

  /** On the disk when this returns. */
  end(): readonly number[] {
    fs.fsyncSync(this.#fd);
    return this.#checksums;
  }

  close(): void {
    fs.closeSync(this.#fd);
  }
}

/** Appends rows to the columns' files while a source is read. */
export class RecordIndexWriter {
  readonly #files = new Map<SegmentColumn, ColumnWriter>();
  readonly #folder: string;
  #rows: number;

  /**
   * Opens after the first `rows` rows, which an earlier import committed. Where they are not there as they were written,
   * nothing is written.
   */
  constructor(cache: string, source: number, rows: number, stamp: string) {
    this.#folder = folderOf(cache, source);
    this.#rows = rows;
    const index = rows > 0 ? readIndex(cache, source) : undefined;
    if (rows === 0) fs.rmSync(this.#folder, { recursive: true, force: true });
    else if (!RecordIndex.isWhole(cache, source, rows, stamp)) {
      this.drop();
      return;
    }
    fs.mkdirSync(this.#folder, { recursive: true });
    // Until the index is written again, nobody reads what lies here.
    fs.rmSync(path.join(this.#folder, INDEX_NAME), { force: true });
    for (const column of COLUMNS) {
      const checksums = typeof index === "object" ? index.checksums[column] : [];
      this.#files.set(column, new ColumnWriter(fileOf(cache, source, column), column, rows, checksums));
    }
  }

  append(some: RecordIndexRows): void {
    for (const [column, file] of this.#files) {
      const array = some[column];
      file.append(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    }
    this.#rows += some.length.length;
  }

  /** With a stamp the rows so far are a whole index from now on. */
  close(stamp?: string): void {
    if (stamp !== undefined && this.#files.size > 0) {
      try {
        const checksums = Object.fromEntries([...this.#files].map(([column, file]) => [column, file.end()]));
        const index = { stamp, rows: this.#rows, checksums };
        writeDurably(path.join(this.#folder, INDEX_NAME), withChecksum(index));
      } catch (error) {
        // Without an index the columns are made anew when they are needed.
        if (!isSystemError(error)) throw error;
      }
    }
    for (const file of this.#files.values()) file.close();
    this.#files.clear();
  }

  /** Columns that are not whole are worse than none. */
  drop(): void {
    this.close();
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Whether something lies there, whole or not. */
export const isKept = (cache: string, source: number): boolean => fs.existsSync(folderOf(cache, source));

export const dropSegment = (cache: string, source: number): void =>
  fs.rmSync(folderOf(cache, source), { recursive: true, force: true });

/** A source that was read again replaces another, whose stamp is this one from now on. */
export function moveSegment(cache: string, from: number, to: number, stamp: string): void {
  dropSegment(cache, to);
  const index = readIndex(cache, from);
  try {
    if (typeof index !== "object") dropSegment(cache, from);
    else {
      writeDurably(path.join(folderOf(cache, from), INDEX_NAME), withChecksum({ ...index, stamp }));
      fs.renameSync(folderOf(cache, from), folderOf(cache, to));
    }
  } catch (error) {
    // The reading stands already. What is not there is made anew when it is needed.
    if (!isSystemError(error)) throw error;
  }
}

/** A block of a record index that is not what was written. */
export class DamagedIndex extends Error {
  readonly source: number;
  /** As it lies in the cache. */
  readonly file: string;

  constructor(source: number, name: string) {
    super(`segments/${source}/${name} is damaged`);
    this.source = source;
    this.file = `segments/${source}/${name}`;
  }
}

/** A source's segment, read a block at a time: its memory does not grow with the source. Every block is checked first. */
export class RecordIndex implements RecordKeys {
  readonly rows: number;
  readonly #source: number;
  readonly #checksums: Index["checksums"];
  readonly #files = new Map<SegmentColumn, number>();

  /** Undefined where it is missing or was made of something else. Close it after use. @throws DamagedIndex */
  static open(cache: string, source: number, rows: number, stamp: string): RecordIndex | undefined {
    const index = readIndex(cache, source);
    if (index === "damaged") throw new DamagedIndex(source, INDEX_NAME);
    if (index === undefined || index.stamp !== stamp || index.rows !== rows) return undefined;
    const segment = new RecordIndex(source, index);
    for (const column of COLUMNS) {
      const file = fileOf(cache, source, column);
      const size = fs.statSync(file, { throwIfNoEntry: false })?.size;
      if (size !== rows * WIDTH_BYTES[column]) {
        segment.close();
        if (size === undefined) return undefined;
        throw new DamagedIndex(source, `${column}.bin`);
      }
      segment.#files.set(column, fs.openSync(file, "r"));
    }
    return segment;
  }

  /** Whether all of it is there as it was written. */
  static isWhole(cache: string, source: number, rows: number, stamp: string): boolean {
    try {
      const segment = RecordIndex.open(cache, source, rows, stamp);
      if (!segment) return false;
      try {
        for (const _ of segment.requests());
        for (const _ of segment.ranges());
      } finally {
        segment.close();
      }
      return true;
    } catch (error) {
      if (error instanceof DamagedIndex) return false;
      throw error;
    }
  }

  private constructor(source: number, { rows, checksums }: Index) {
    this.rows = rows;
    this.#source = source;
    this.#checksums = checksums;
  }

  *requests(): Generator<{ from: number; keys: Uint32Array }> {
    const room = Math.min(BLOCK_ROWS, this.rows);
    const keys = new Uint32Array(room * 2);
    const length = new Int32Array(room);
    for (let from = 0; from < this.rows; from += BLOCK_ROWS) {
      const count = this.#read("request", from, keys);
      this.#read("length", from, length);
      mixLengths(keys, length, count);
      yield { from, keys: keys.subarray(0, count * 2) };
    }
  }

  *ranges(): Generator<{ from: number; offset: Float64Array; length: Int32Array }> {
    const room = Math.min(BLOCK_ROWS, this.rows);
    const offset = new Float64Array(room);
    const length = new Int32Array(room);
    for (let from = 0; from < this.rows; from += BLOCK_ROWS) {
      const count = this.#read("offset", from, offset);
      this.#read("length", from, length);
      yield { from, offset, length: length.subarray(0, count) };
    }
  }

  /** Fills a block. Returns its rows. @throws DamagedIndex */
  #read(column: SegmentColumn, from: number, into: NodeJS.TypedArray): number {
    const count = Math.min(BLOCK_ROWS, this.rows - from);
    const width = WIDTH_BYTES[column];
    const bytes = new Uint8Array(into.buffer, 0, count * width);
    const got = readInto(this.#files.get(column) as number, bytes, from * width);
    if (got < bytes.length || crc32(bytes) !== this.#checksums[column][from / BLOCK_ROWS])
      throw new DamagedIndex(this.#source, `${column}.bin`);
    return count;
  }

  close(): void {
    for (const fd of this.#files.values()) fs.closeSync(fd);
  }
}
