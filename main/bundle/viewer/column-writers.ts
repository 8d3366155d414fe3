import type { CodeWidth, ViewerColumn, WrittenColumn } from "../../../shared/viewer/data.ts";
import { CHUNK_ROWS, COLUMN_KINDS } from "../../../shared/viewer/data.ts";

/** Takes the values of a column, call by call, and gives it as it is written. */
export interface ColumnWriter<Value> {
  /** `row`: counted from the beginning of the file. */
  put(row: number, value: Value): void;
  /** The same of a value as it stands in an event's JSON: a text without its quotes, a list with its brackets. */
  putText?(row: number, text: string): void;
  /** Undefined where no call has a value. Its bytes are added to those of the file. Afterwards it is as new. */
  take(rows: number, file: Buffer[]): WrittenColumn | undefined;
}

const widthOf = (most: number): CodeWidth => (most < 0x100 ? 1 : most < 0x1_0000 ? 2 : 4);

/** Adds numbers of so many bytes each to the bytes of a file, and says which they are. */
function pack(codes: ArrayLike<number>, count: number, width: CodeWidth, file: Buffer[]): number {
  const bytes = Buffer.alloc(count * width);
  for (let at = 0; at < count; at += 1) {
    const code = codes[at] as number;
    if (width === 1) bytes[at] = code;
    else if (width === 2) bytes.writeUInt16LE(code, at * 2);
    else bytes.writeUInt32LE(code, at * 4);
  }
  return file.push(bytes) - 1;
}

/** Most bundles have a few thousand calls: room is taken as it is needed. */
const FIRST_ROWS = 1 << 10;

function roomFor<Numbers extends Uint32Array | Float64Array>(numbers: Numbers, row: number, nothing: number): Numbers {
  if (row < numbers.length) return numbers;
  const size = Math.min(CHUNK_ROWS, Math.max(row + 1, numbers.length * 4));
  const larger = (numbers instanceof Uint32Array ? new Uint32Array(size) : new Float64Array(size)) as Numbers;
  larger.set(numbers);
  larger.fill(nothing, numbers.length);
  return larger;
}

class TextWriter implements ColumnWriter<string> {
  #codes = new Uint32Array(FIRST_ROWS);
  #known = new Map<string, number>();

  put(row: number, value: string): void {
    this.#codes = roomFor(this.#codes, row, 0);
    let code = this.#known.get(value);
    if (code === undefined) {
      code = this.#known.size + 1;
      this.#known.set(value, code);
    }
    this.#codes[row] = code;
  }

  putText(row: number, text: string): void {
    this.put(row, text);
  }

  take(rows: number, file: Buffer[]): WrittenColumn | undefined {
    const values = [...this.#known.keys()];
    if (values.length === 0) return undefined;
    const width = widthOf(values.length);
    this.#codes = roomFor(this.#codes, rows - 1, 0);
    const written = { kind: "text", values, width, codes: pack(this.#codes, rows, width, file) } as const;
    this.#known = new Map();
    this.#codes.fill(0);
    return written;
  }
}

class ListWriter implements ColumnWriter<readonly string[]> {
  readonly #texts = new TextWriter();

  put(row: number, value: readonly string[]): void {
    this.#texts.put(row, JSON.stringify(value));
  }

  putText(row: number, text: string): void {
    this.#texts.put(row, text);
  }

  take(rows: number, file: Buffer[]): WrittenColumn | undefined {
    const written = this.#texts.take(rows, file);
    if (written?.kind !== "text") return undefined;
    return { ...written, kind: "list", values: written.values.map((text) => JSON.parse(text) as string[]) };
  }
}

class MembersWriter implements ColumnWriter<readonly string[]> {
  #counts = new Uint32Array(FIRST_ROWS);
  #known = new Map<string, number>();
  #codes: number[] = [];
  #isEmpty = true;

  put(row: number, value: readonly string[]): void {
    this.#isEmpty = false;
    this.#counts = roomFor(this.#counts, row, 0);
    this.#counts[row] = value.length + 1;
    for (const each of value) {
      let code = this.#known.get(each);
      if (code === undefined) {
        code = this.#known.size;
        this.#known.set(each, code);
      }
      this.#codes.push(code);
    }
  }

  take(rows: number, file: Buffer[]): WrittenColumn | undefined {
    if (this.#isEmpty) return undefined;
    const values = [...this.#known.keys()];
    const width = widthOf(values.length);
    const codes = pack(this.#codes, this.#codes.length, width, file);
    this.#counts = roomFor(this.#counts, rows - 1, 0);
    const written = { kind: "members", values, counts: pack(this.#counts, rows, 4, file), width, codes } as const;
    this.#known = new Map();
    this.#codes = [];
    this.#isEmpty = true;
    this.#counts.fill(0);
    return written;
  }
}

/** One more than a number that four bytes hold. */
const MOST = 0xffff_fffe;

class NumberWriter implements ColumnWriter<number> {
  #numbers: Float64Array = new Float64Array(FIRST_ROWS).fill(Number.NaN);
  #most = -1;
  #isWhole = true;

  put(row: number, value: number): void {
    this.#numbers = roomFor(this.#numbers, row, Number.NaN);
    this.#numbers[row] = value;
    if (value > this.#most) this.#most = value;
    if (!(Number.isInteger(value) && value >= 0)) this.#isWhole = false;
  }

  take(rows: number, file: Buffer[]): WrittenColumn | undefined {
    if (this.#most === -1 && this.#isWhole) return undefined;
    this.#numbers = roomFor(this.#numbers, rows - 1, Number.NaN);
    const written = this.#written(rows, file);
    this.#numbers.fill(Number.NaN);
    this.#most = -1;
    this.#isWhole = true;
    return written;
  }

  #written(rows: number, file: Buffer[]): WrittenColumn {
    if (!this.#isWhole || this.#most > MOST) {
      const bytes = Buffer.alloc(rows * 8);
      for (let at = 0; at < rows; at += 1) bytes.writeDoubleLE(this.#numbers[at] as number, at * 8);
      return { kind: "number", width: 8, codes: file.push(bytes) - 1 };
    }
    const width = widthOf(this.#most + 1);
    const codes = Uint32Array.from(this.#numbers.subarray(0, rows), (number) =>
      Number.isNaN(number) ? 0 : number + 1,
    );
    return { kind: "number", width, codes: pack(codes, rows, width, file) };
  }
}

class TimeWriter implements ColumnWriter<number> {
  #bytes = Buffer.alloc(FIRST_ROWS * 8);
  #length = 0;
  #first = 0;
  #before = 0;

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

  take(_: number, file: Buffer[]): WrittenColumn | undefined {
    if (this.#length === 0) return undefined;
    const bytes = file.push(Buffer.from(this.#bytes.subarray(0, this.#length))) - 1;
    const written = { kind: "time", first: this.#first, bytes } as const;
    this.#length = 0;
    return written;
  }
}

/** The writer of a column; what it is given is of its kind. */
export function writerOf(column: ViewerColumn): ColumnWriter<never> {
  switch (COLUMN_KINDS[column]) {
    case "time":
      return new TimeWriter();
    case "text":
      return new TextWriter();
    case "list":
      return new ListWriter();
    case "members":
      return new MembersWriter();
    default:
      return new NumberWriter();
  }
}
