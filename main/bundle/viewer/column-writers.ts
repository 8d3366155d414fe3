import type { CodeWidth, ViewerColumn } from "../../../shared/viewer/data.ts";
import { CHUNK_ROWS, COLUMN_KINDS } from "../../../shared/viewer/data.ts";
import { ByteDictionary } from "../rows/byte-dictionary.ts";
import { QUOTE } from "../rows/plain-bytes.ts";
import type { ScriptBytes } from "./script-bytes.ts";

/** Takes the values of a column, call by call, and writes it. `row`: counted from the beginning of the file. */
export interface ColumnWriter<Value> {
  /** No call has a value: then it is not written. */
  readonly isEmpty: boolean;
  put(row: number, value: Value): void;
  /** Its bytes are added to those of the file. Afterwards it is as new. */
  take(rows: number, script: ScriptBytes, file: Buffer[]): void;
}

/** One of values that are texts, or lists of them. */
export interface BytesWriter<Value> extends ColumnWriter<Value> {
  /** The value as it stands in an event's JSON, without escapes. */
  putBytes(row: number, json: Buffer, from: number, to: number): void;
}

const widthOf = (most: number): CodeWidth => (most < 0x100 ? 1 : most < 0x1_0000 ? 2 : 4);

/** Adds numbers of so many bytes each to the bytes of a file, and says which they are. */
function pack(codes: ArrayLike<number>, count: number, width: CodeWidth, file: Buffer[]): number {
  const bytes = Buffer.allocUnsafeSlow(count * width);
  for (let at = 0, put = 0; at < count; at += 1) {
    const code = codes[at] as number;
    bytes[put++] = code;
    if (width === 1) continue;
    bytes[put++] = code >>> 8;
    if (width === 2) continue;
    bytes[put++] = code >>> 16;
    bytes[put++] = code >>> 24;
  }
  return file.push(bytes) - 1;
}

/** Most bundles have a few thousand calls: room is taken as it is needed. */
const FIRST_ROWS = 1 << 10;

function roomFor<Numbers extends Uint32Array | Float64Array>(
  numbers: Numbers,
  row: number,
  nothing: number,
  most = CHUNK_ROWS,
): Numbers {
  if (row < numbers.length) return numbers;
  const size = Math.min(most, Math.max(row + 1, numbers.length * 4));
  const larger = (numbers instanceof Uint32Array ? new Uint32Array(size) : new Float64Array(size)) as Numbers;
  larger.set(numbers);
  larger.fill(nothing, numbers.length);
  return larger;
}

/** Codes of values, by their JSON: texts, or lists, which are written in the same way. */
class ValueWriter implements BytesWriter<string | readonly string[]> {
  #codes = new Uint32Array(FIRST_ROWS);
  readonly #known = new ByteDictionary();
  /** Of those that were given as values, by the text or by its JSON. */
  readonly #given = new Map<string, number>();
  readonly #kind: "text" | "list";

  constructor(kind: "text" | "list") {
    this.#kind = kind;
  }

  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  put(row: number, value: string | readonly string[]): void {
    const key = typeof value === "string" ? value : JSON.stringify(value);
    let code = this.#given.get(key);
    if (code === undefined) {
      code = this.#known.numberOfText(typeof value === "string" ? JSON.stringify(value) : key);
      this.#given.set(key, code);
    }
    this.#set(row, code);
  }

  putBytes(row: number, json: Buffer, from: number, to: number): void {
    this.#set(row, this.#known.numberOf(json, from, to));
  }

  #set(row: number, code: number): void {
    if (row >= this.#codes.length) this.#codes = roomFor(this.#codes, row, 0);
    this.#codes[row] = code + 1;
  }

  take(rows: number, script: ScriptBytes, file: Buffer[]): void {
    const width = widthOf(this.#known.size);
    this.#codes = roomFor(this.#codes, rows - 1, 0);
    script.json(`{"kind":"${this.#kind}","values":[`);
    script.jsonBytes(this.#known.all);
    this.#known.clear();
    script.json(`],"width":${width},"codes":${pack(this.#codes, rows, width, file)}}`);
    this.#given.clear();
    this.#codes.fill(0);
  }
}

class MembersWriter implements BytesWriter<readonly string[]> {
  #counts = new Uint32Array(FIRST_ROWS);
  readonly #known = new ByteDictionary();
  #codes = new Uint32Array(FIRST_ROWS);
  #count = 0;
  isEmpty = true;

  put(row: number, value: readonly string[]): void {
    for (const each of value) this.#add(this.#known.numberOfText(JSON.stringify(each)));
    this.#end(row, value.length);
  }

  putBytes(row: number, json: Buffer, from: number, to: number): void {
    const before = this.#count;
    // Between the brackets; a text in quotes, and a comma or the end.
    for (let at = from + 1; at < to - 1; at += 1) {
      const start = at;
      at += 1;
      while (json[at] !== QUOTE) at += 1;
      at += 1;
      this.#add(this.#known.numberOf(json, start, at));
    }
    this.#end(row, this.#count - before);
  }

  #add(code: number): void {
    if (this.#count === this.#codes.length)
      this.#codes = roomFor(this.#codes, this.#count, 0, Number.POSITIVE_INFINITY);
    this.#codes[this.#count++] = code;
  }

  #end(row: number, members: number): void {
    this.isEmpty = false;
    this.#counts = roomFor(this.#counts, row, 0);
    this.#counts[row] = members + 1;
  }

  take(rows: number, script: ScriptBytes, file: Buffer[]): void {
    const width = widthOf(this.#known.size);
    script.json('{"kind":"members","values":[');
    script.jsonBytes(this.#known.all);
    this.#known.clear();
    const codes = pack(this.#codes, this.#count, width, file);
    this.#counts = roomFor(this.#counts, rows - 1, 0);
    script.json(`],"counts":${pack(this.#counts, rows, 4, file)},"width":${width},"codes":${codes}}`);
    this.#count = 0;
    this.isEmpty = true;
    this.#counts.fill(0);
  }
}

/** One more than a number that four bytes hold. */
const MOST = 0xffff_fffe;

class NumberWriter implements ColumnWriter<number> {
  #numbers: Float64Array = new Float64Array(FIRST_ROWS).fill(Number.NaN);
  #most = -1;
  #isWhole = true;

  get isEmpty(): boolean {
    return this.#most === -1 && this.#isWhole;
  }

  put(row: number, value: number): void {
    if (row >= this.#numbers.length) this.#numbers = roomFor(this.#numbers, row, Number.NaN);
    this.#numbers[row] = value;
    if (value > this.#most) this.#most = value;
    if (!(Number.isInteger(value) && value >= 0)) this.#isWhole = false;
  }

  take(rows: number, script: ScriptBytes, file: Buffer[]): void {
    this.#numbers = roomFor(this.#numbers, rows - 1, Number.NaN);
    const width = this.#isWhole && this.#most <= MOST ? widthOf(this.#most + 1) : 8;
    const codes = width === 8 ? this.#doubles(rows, file) : this.#packed(rows, width, file);
    script.json(`{"kind":"number","width":${width},"codes":${codes}}`);
    this.#numbers.fill(Number.NaN);
    this.#most = -1;
    this.#isWhole = true;
  }

  #doubles(rows: number, file: Buffer[]): number {
    const bytes = Buffer.allocUnsafeSlow(rows * 8);
    for (let at = 0; at < rows; at += 1) bytes.writeDoubleLE(this.#numbers[at] as number, at * 8);
    return file.push(bytes) - 1;
  }

  #packed(rows: number, width: CodeWidth, file: Buffer[]): number {
    const codes = new Uint32Array(rows);
    for (let at = 0; at < rows; at += 1) {
      const number = this.#numbers[at] as number;
      if (!Number.isNaN(number)) codes[at] = number + 1;
    }
    return pack(codes, rows, width, file);
  }
}

class TimeWriter implements ColumnWriter<number> {
  #bytes = Buffer.alloc(FIRST_ROWS * 8);
  #length = 0;
  #first = 0;
  #before = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  put(row: number, value: number): void {
    if (row === 0) {
      this.#first = value;
      this.#before = value;
    }
    if (this.#length + 8 > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, this.#bytes]);
    // They are in their order; what is not, is said by another check.
    let left = Math.max(0, value - this.#before);
    this.#before = value;
    while (left >= 0x80) {
      this.#bytes[this.#length++] = (left % 0x80) | 0x80;
      left = Math.floor(left / 0x80);
    }
    this.#bytes[this.#length++] = left;
  }

  take(_: number, script: ScriptBytes, file: Buffer[]): void {
    const bytes = file.push(Buffer.from(this.#bytes.subarray(0, this.#length))) - 1;
    script.json(JSON.stringify({ kind: "time", first: this.#first, bytes }));
    this.#length = 0;
  }
}

export type ColumnWriters = { readonly [Column in ViewerColumn]: WriterOf<(typeof COLUMN_KINDS)[Column]> };

type WriterOf<Kind> = Kind extends "time"
  ? ColumnWriter<number>
  : Kind extends "number"
    ? ColumnWriter<number>
    : Kind extends "text"
      ? BytesWriter<string>
      : BytesWriter<readonly string[]>;

export const columnWriters = (): ColumnWriters =>
  Object.fromEntries(
    (Object.keys(COLUMN_KINDS) as ViewerColumn[]).map((column) => [column, writerOf(column)]),
  ) as unknown as ColumnWriters;

function writerOf(column: ViewerColumn): ColumnWriter<never> {
  const kind = COLUMN_KINDS[column];
  switch (kind) {
    case "time":
      return new TimeWriter();
    case "members":
      return new MembersWriter();
    case "number":
      return new NumberWriter();
    default:
      return new ValueWriter(kind);
  }
}
