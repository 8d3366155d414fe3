import { type CodedRows, eachCoded, eachNumber, HEX_REQUEST, type RequestIds, TEXT_REQUEST } from "./coded.ts";
import { type Pages, putVarint, type TableWriter, varintLength } from "./pages.ts";

/** A record longer than this might need an overflow page; such a part is inserted value by value. */
export const LONGEST = 60_000;

/** Serial types of the record format. */
const NULL = 0;
const INT64 = 6;
const DOUBLE = 7;
/** Bytes of a value by its serial type, for the types below 12. */
const WIDTH = Uint8Array.of(0, 1, 2, 3, 4, 6, 8, 8, 0, 0);
/** By the number of leading zero bits of a 32-bit number: its type; negative ones are absent. */
const TYPE_BY_ZEROS = Uint8Array.from({ length: 33 }, (_, zeros) => {
  if (zeros === 0) return NULL;
  if (zeros >= 31) return zeros === 32 ? 8 : 9;
  return zeros > 24 ? 1 : zeros > 16 ? 2 : zeros > 8 ? 3 : 4;
});
/** How far a number is moved up in 32 bits, so that its bytes come first. */
const SHIFT = WIDTH.map((width) => (width > 0 && width < 4 ? 32 - 8 * width : 0));

/** Columns of `event_row`: 25, so that the record's header is one byte for itself and one for each but a long text. */
const COLUMNS = 25;
/** Of the columns packed here: the id (the row's own number) and the source stand before them. */
const FIRST = 2;
const REQUEST = 21;

/** A column as it is written: of numbers from 0 to 2³¹ with -1 for absent, or of any numbers with NaN for absent. */
type Column = { readonly ints: Int32Array } | { readonly any: Float64Array };

/** Rows packed at once: as many as lie in a core's own memory with all that is made of them. */
const BLOCK = 4096;

/** Rows `from` to `to` of coded ones; the texts of their request ids begin at `text`. */
function rowsBetween(coded: CodedRows, from: number, to: number, text: number): CodedRows {
  const { request } = coded;
  return {
    rows: to - from,
    line: coded.line.subarray(from, to),
    offset: coded.offset.subarray(from, to),
    length: coded.length.subarray(from, to),
    time: coded.time.subarray(from, to),
    codes: eachCoded((column) => coded.codes[column].subarray(from, to)),
    numbers: eachNumber((column) => coded.numbers[column].subarray(from, to)),
    outcome: coded.outcome.subarray(from, to),
    flags: coded.flags.subarray(from, to),
    request: {
      form: request.form.subarray(from, to),
      high: request.high.subarray(from, to),
      low: request.low.subarray(from, to),
      lengths: request.lengths.subarray(from, to),
      bytes: request.bytes.subarray(text),
    },
  };
}

/**
 * Packs rows into records column by column: each pass is one small loop over one kind of array. Three passes: lengths,
 * places, values.
 */
export class RowPacker {
  /** By column, row behind row. */
  readonly #types = Array.from({ length: COLUMNS }, () => new Uint8Array(BLOCK));
  /** By row: length of its record and of the header in it; where header, next value and end of the record are. */
  readonly #lengths = new Int32Array(BLOCK);
  readonly #headers = new Uint8Array(BLOCK);
  readonly #heads = new Int32Array(BLOCK);
  readonly #cursors = new Int32Array(BLOCK);
  readonly #ends = new Int32Array(BLOCK);
  readonly #ints = Array.from({ length: COLUMNS }, () => new Int32Array(BLOCK));

  /** Adds the rows to the table; false where one is too long for a page. */
  pack(pages: Pages, table: TableWriter, source: number, firstId: number, coded: CodedRows): boolean {
    let text = 0;
    for (let from = 0; from < coded.rows; from += BLOCK) {
      const block = rowsBetween(coded, from, Math.min(from + BLOCK, coded.rows), text);
      if (!this.#block(pages, table, source, firstId + from, block)) return false;
      for (let k = 0; k < block.rows; k++) text += block.request.lengths[k] as number;
    }
    return true;
  }

  #block(pages: Pages, table: TableWriter, source: number, firstId: number, coded: CodedRows): boolean {
    const { rows, codes, numbers, request } = coded;
    let scratch = 0;
    const number = (values: Float64Array): Column => narrowed(values, this.#ints[scratch++] as Int32Array, rows);
    const small = (values: Uint8Array): Column => {
      const ints = this.#ints[scratch++] as Int32Array;
      ints.set(values.subarray(0, rows));
      return { ints };
    };
    const code = (values: Int32Array): Column => ({ ints: values });
    // In the order of the table.
    const before = [
      number(coded.line),
      number(coded.offset),
      code(coded.length),
      { any: coded.time },
      code(codes.app),
      code(codes.developer),
      code(codes.api),
      code(codes.operation),
      code(codes.method),
      code(codes.path),
      number(numbers.status),
      small(coded.outcome),
      code(codes.actor),
      code(codes.resource),
      code(codes.fields),
      code(codes.subjects),
      number(numbers.subject_count),
      code(codes.ip),
      code(codes.user_agent),
    ];
    const behind = [number(numbers.bytes), number(numbers.duration_ms), small(coded.flags)];
    const columns = [...before, undefined, ...behind];

    this.#lengths.fill(WIDTH[intType(source)] as number, 0, rows);
    columns.forEach((column, index) => {
      const types = this.#types[FIRST + index] as Uint8Array;
      if (column === undefined) this.#measureRequests(request, types, rows);
      else if ("ints" in column) measureInts(column.ints, types, this.#lengths, rows);
      else measureAny(column.any, types, this.#lengths, rows);
    });
    if (!this.#place(pages, table, source, firstId, rows)) return false;
    const places = { heads: this.#heads, cursors: this.#cursors, ends: this.#ends };
    columns.forEach((column, index) => {
      const slot = 1 + FIRST + index;
      const types = this.#types[FIRST + index] as Uint8Array;
      if (column === undefined) this.#putRequests(pages, request, types, rows);
      else if ("ints" in column) putInts(pages, column.ints, types, { slot, ...places }, rows);
      else putAny(pages, column.any, types, { slot, ...places }, rows);
    });
    return true;
  }

  #measureRequests({ form, high, low, lengths: texts }: RequestIds, types: Uint8Array, rows: number): void {
    const lengths = this.#lengths;
    const headers = this.#headers;
    for (let k = 0; k < rows; k++) {
      headers[k] = COLUMNS + 1;
      let body = 0;
      if (form[k] === HEX_REQUEST) {
        // As SQLite would store it: a number this small in fewer bytes.
        types[k] = int64Type(high[k] as number, low[k] as number);
        body = WIDTH[types[k] as number] as number;
      } else if (form[k] === TEXT_REQUEST) {
        body = texts[k] as number;
        headers[k] = COLUMNS + varintLength(textType(body));
      } else types[k] = NULL;
      lengths[k] = (lengths[k] as number) + (headers[k] as number) + body;
    }
  }

  /** Gives each record its cell and writes what all have alike: the header's length, the id and the source. */
  #place(pages: Pages, table: TableWriter, source: number, firstId: number, rows: number): boolean {
    const lengths = this.#lengths;
    const headers = this.#headers;
    const heads = this.#heads;
    const cursors = this.#cursors;
    const ends = this.#ends;
    const type = intType(source);
    for (let k = 0; k < rows; k++) {
      const length = lengths[k] as number;
      if (length > LONGEST) return false;
      const at = table.cell(firstId + k, length);
      const { bytes } = pages;
      const header = headers[k] as number;
      bytes[at] = header;
      bytes[at + 1] = NULL;
      bytes[at + 2] = type;
      heads[k] = at;
      ends[k] = at + length;
      cursors[k] = putInt(bytes, at + header, source, type);
    }
    return true;
  }

  #putRequests(pages: Pages, request: RequestIds, types: Uint8Array, rows: number): void {
    const { bytes, view } = pages;
    const { form, high, low, lengths: texts } = request;
    const headers = this.#headers;
    const heads = this.#heads;
    const cursors = this.#cursors;
    let from = 0;
    for (let k = 0; k < rows; k++) {
      const head = heads[k] as number;
      const at = cursors[k] as number;
      if (form[k] === TEXT_REQUEST) {
        const length = texts[k] as number;
        putVarint(bytes, head + 1 + REQUEST, textType(length));
        // The columns behind stand that much further on.
        heads[k] = head + (headers[k] as number) - COLUMNS - 1;
        bytes.set(request.bytes.subarray(from, from + length), at);
        from += length;
        cursors[k] = at + length;
        continue;
      }
      const type = types[k] as number;
      bytes[head + 1 + REQUEST] = type;
      if (type === INT64) {
        view.setInt32(at, high[k] as number);
        view.setInt32(at + 4, low[k] as number);
        cursors[k] = at + 8;
      } else cursors[k] = putInt(bytes, at, (high[k] as number) * 0x100000000 + ((low[k] as number) >>> 0), type);
    }
  }
}

/** Most numbers are whole, not negative and small. */
function narrowed(values: Float64Array, ints: Int32Array, rows: number): Column {
  for (let k = 0; k < rows; k++) {
    const value = values[k] as number;
    const int = value | 0;
    if (int === value && int >= 0) ints[k] = int;
    else if (Number.isNaN(value)) ints[k] = -1;
    else return { any: values };
  }
  return { ints };
}

function measureInts(values: Int32Array, types: Uint8Array, lengths: Int32Array, rows: number): void {
  for (let k = 0; k < rows; k++) {
    const type = TYPE_BY_ZEROS[Math.clz32(values[k] as number)] as number;
    types[k] = type;
    lengths[k] = (lengths[k] as number) + (WIDTH[type] as number);
  }
}

function measureAny(values: Float64Array, types: Uint8Array, lengths: Int32Array, rows: number): void {
  for (let k = 0; k < rows; k++) {
    const value = values[k] as number;
    const type = Number.isNaN(value) ? NULL : Number.isInteger(value) ? intType(value) : DOUBLE;
    types[k] = type;
    lengths[k] = (lengths[k] as number) + (WIDTH[type] as number);
  }
}

/** Where the values of a column go: its place in the header, the header's and the body's next byte, the record's end. */
interface Places {
  readonly slot: number;
  readonly heads: Int32Array;
  readonly cursors: Int32Array;
  readonly ends: Int32Array;
}

function putInts({ bytes, view }: Pages, values: Int32Array, types: Uint8Array, places: Places, rows: number): void {
  const { slot, heads, cursors, ends } = places;
  for (let k = 0; k < rows; k++) {
    const type = types[k] as number;
    const at = cursors[k] as number;
    bytes[(heads[k] as number) + slot] = type;
    // Four bytes at once where the record has them: what is too many, the next column writes over.
    if (at + 4 <= (ends[k] as number)) view.setInt32(at, (values[k] as number) << (SHIFT[type] as number));
    else putInt(bytes, at, values[k] as number, type);
    cursors[k] = at + (WIDTH[type] as number);
  }
}

function putAny({ bytes, view }: Pages, values: Float64Array, types: Uint8Array, places: Places, rows: number): void {
  const { slot, heads, cursors } = places;
  for (let k = 0; k < rows; k++) {
    const type = types[k] as number;
    const at = cursors[k] as number;
    bytes[(heads[k] as number) + slot] = type;
    if (type === DOUBLE) view.setFloat64(at, values[k] as number);
    else if (type !== NULL) putInt(bytes, at, values[k] as number, type);
    cursors[k] = at + (WIDTH[type] as number);
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

/** A whole number, big-endian, in as many bytes as its type has; returns the position behind. */
function putInt(bytes: Uint8Array, at: number, value: number, type: number): number {
  const width = WIDTH[type] as number;
  const low = value | 0;
  const high = width > 4 ? Math.floor(value / 0x100000000) : 0;
  for (let i = width - 1, shift = 0; i >= 0; i--, shift += 8)
    bytes[at + i] = shift < 32 ? low >>> shift : high >>> (shift - 32);
  return at + width;
}
