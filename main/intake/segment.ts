import fs from "node:fs";
import path from "node:path";
import { CODED_COLUMNS, type CodedColumn, NUMBER_COLUMNS, type NumberColumn } from "../../shared/model/event.ts";
import { type CodedBatch, HEX_REQUEST, TEXT_REQUEST } from "./coded.ts";

/**
 * A source's columns as the import made them: `cache/segments/<source>/<column>.bin`, little-endian, one value a row in
 * the order of event ids, no header. Codes are dictionary ids (-1 absent), numbers NaN where absent; `request` is the 64
 * bits of a request id, hashed where it is text, 0 where there is none. The file's length is its proof: another number of
 * rows than `source.events` means stale. All of it can be made again from `event_row`.
 */
const WIDTHS = {
  f64: Float64Array,
  i32: Int32Array,
  u8: Uint8Array,
  u64: BigUint64Array,
} as const;

type SegmentColumn =
  | CodedColumn
  | NumberColumn
  | "time"
  | "line"
  | "offset"
  | "length"
  | "outcome"
  | "flags"
  | "request";

const TYPES = {
  time: "f64",
  line: "f64",
  offset: "f64",
  length: "i32",
  outcome: "u8",
  flags: "u8",
  request: "u64",
  ...(Object.fromEntries(CODED_COLUMNS.map((column) => [column, "i32"])) as Record<CodedColumn, "i32">),
  ...(Object.fromEntries(NUMBER_COLUMNS.map((column) => [column, "f64"])) as Record<NumberColumn, "f64">),
} as const satisfies Record<SegmentColumn, keyof typeof WIDTHS>;

const COLUMNS = Object.keys(TYPES) as SegmentColumn[];

const folderOf = (cache: string, source: number) => path.join(cache, "segments", String(source));

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

/** The 64 bits a request id is compared by, as two halves. */
function requestKeys(coded: CodedBatch): Uint32Array {
  const { form, high, low, lengths, bytes } = coded.request;
  const keys = new Uint32Array(coded.rows * 2);
  let at = 0;
  for (let k = 0; k < coded.rows; k++) {
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

/** Appends batches to the columns' files while a source is read. */
export class SegmentWriter {
  readonly #files = new Map<SegmentColumn, number>();
  readonly #folder: string;
  #rows: number;

  /** Opens behind the first `rows` rows, which an earlier import committed; where they are not all there, begins nothing. */
  constructor(cache: string, source: number, rows: number) {
    this.#folder = folderOf(cache, source);
    this.#rows = rows;
    if (rows === 0) fs.rmSync(this.#folder, { recursive: true, force: true });
    fs.mkdirSync(this.#folder, { recursive: true });
    for (const column of COLUMNS) {
      const file = path.join(this.#folder, `${column}.bin`);
      const bytes = rows * WIDTHS[TYPES[column]].BYTES_PER_ELEMENT;
      if (rows > 0 && !(fs.existsSync(file) && fs.statSync(file).size >= bytes)) {
        this.drop();
        return;
      }
      const fd = fs.openSync(file, rows === 0 ? "w" : "r+");
      fs.ftruncateSync(fd, bytes);
      this.#files.set(column, fd);
    }
  }

  append(coded: CodedBatch): void {
    if (this.#files.size === 0 || coded.rows === 0) return;
    const arrays: Record<string, NodeJS.TypedArray> = {
      time: coded.time,
      line: coded.line,
      offset: coded.offset,
      length: coded.length,
      outcome: coded.outcome,
      flags: coded.flags,
      request: requestKeys(coded),
      ...coded.codes,
      ...coded.numbers,
    };
    for (const [column, fd] of this.#files) {
      const array = arrays[column] as NodeJS.TypedArray;
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      const position = this.#rows * WIDTHS[TYPES[column]].BYTES_PER_ELEMENT;
      for (let at = 0; at < bytes.length; ) at += fs.writeSync(fd, bytes, at, bytes.length - at, position + at);
    }
    this.#rows += coded.rows;
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

/** A source read anew has taken the place of another. */
export function moveSegment(cache: string, from: number, to: number): void {
  dropSegment(cache, to);
  if (fs.existsSync(folderOf(cache, from))) fs.renameSync(folderOf(cache, from), folderOf(cache, to));
}

/** A column of a source, undefined where it is missing or does not have exactly `rows` values. */
export function readSegment(cache: string, source: number, rows: number, column: "offset"): Float64Array | undefined;
export function readSegment(cache: string, source: number, rows: number, column: "length"): Int32Array | undefined;
export function readSegment(cache: string, source: number, rows: number, column: "request"): BigUint64Array | undefined;
export function readSegment(
  cache: string,
  source: number,
  rows: number,
  column: SegmentColumn,
): Float64Array | Int32Array | Uint8Array | BigUint64Array | undefined {
  const type = WIDTHS[TYPES[column]];
  try {
    const bytes = fs.readFileSync(path.join(folderOf(cache, source), `${column}.bin`));
    if (bytes.length !== rows * type.BYTES_PER_ELEMENT) return undefined;
    return bytes.byteOffset % 8 === 0
      ? new type(bytes.buffer, bytes.byteOffset, rows)
      : new type(Uint8Array.from(bytes).buffer, 0, rows);
  } catch {
    return undefined;
  }
}

/** Sets a flag's bit of exactly these rows (by number, from 0) in the segment as in the case. */
export function markSegment(cache: string, source: number, rows: Iterable<number>, bit: number): void {
  const file = path.join(folderOf(cache, source), "flags.bin");
  if (!fs.existsSync(file)) return;
  const flags = fs.readFileSync(file).map((value) => value & ~bit);
  for (const row of rows) flags[row] = (flags[row] ?? 0) | bit;
  fs.writeFileSync(file, flags);
}
