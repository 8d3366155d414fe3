import { HOUR, MINUTE, type Micros, SECOND } from "../../../shared/base/time.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { AskedEvent } from "../../query/filter/row-test.ts";
import type { CountedRecord } from "../contents/contradictions.ts";
import {
  BACKSLASH,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  isAt,
  LF,
  MAX_DIGITS,
  NINE,
  OPEN_LIST,
  QUOTE,
  SEMICOLON,
  ZERO,
} from "./plain-bytes.ts";

type Column = keyof EventRecord;
const NUMBERS: ReadonlySet<Column> = new Set<Column>([
  ...(["status", "subject_count", "bytes", "duration_ms", "source", "line", "offset", "length", "part"] as const),
]);
const LISTS: ReadonlySet<Column> = new Set<Column>(["fields", "subjects"]);
/** Their texts are looked at one by one: a call that has some is no plain one. */
const LABELS: ReadonlySet<Column> = new Set<Column>(["tags", "notes"]);

const [TEXT, NUMBER, LIST, TRUE, LABEL] = [0, 1, 2, 3, 4] as const;
const kindOf = (column: Column) =>
  NUMBERS.has(column)
    ? NUMBER
    : LISTS.has(column)
      ? LIST
      : LABELS.has(column)
        ? LABEL
        : column === "duplicate"
          ? TRUE
          : TEXT;

const [POINT, COLON, T, Z] = [46, 58, 84, 90] as const;
const DATE_BYTES = 10;
/** `= + - @`: a cell that begins so has an apostrophe before it. */
const isFormula = (byte: number): boolean => byte === 61 || byte === 43 || byte === 45 || byte === 64;
/** Of `2018-04-04T10:00:00Z`. */
const SECONDS_BYTES = 20;

/**
 * A line of events.jsonl and its row of events.csv, walked together byte by byte: most calls are plain, and of these nothing
 * is made that is not asked for. What it takes is what this says of them, a million times a second instead of a fifth of that:
 *
 *     JSON.stringify(JSON.parse(line)) === line && row.startsWith(`${number}${csvCells(JSON.parse(line))},`)
 *
 * It does not take texts with escapes, numbers that are not whole and small, labels, times in another form, and whatever is
 * wrong: of those the caller asks just that.
 */
export class RowPair {
  /** µs. */
  time: Micros = Number.NaN;
  /** Where the line begins and ends, where the row does begin, and where its cells that say what the rules make of the call. */
  lineStart = 0;
  lineEnd = 0;
  rowStart = 0;
  saidAt = 0;
  /** Of the call that was taken last. */
  readonly event: AskedEvent;
  readonly columns: readonly Column[];
  readonly #keys: readonly Uint8Array[];
  readonly #kinds: Uint8Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #numbers: Float64Array;
  readonly #places: readonly number[];
  readonly #api: number;
  readonly #duplicate: number;
  #json: Buffer = Buffer.alloc(0);
  #cellEnd = 0;
  #day: Micros = Number.NaN;
  readonly #date = new Uint8Array(DATE_BYTES);

  /** @param columns those of the table that are of the call itself, in their order, which is that of the line's keys */
  constructor(columns: readonly Column[]) {
    this.columns = columns;
    this.#keys = columns.map((name, k) => Buffer.from(`${k === 0 ? "{" : ","}"${name}":`));
    this.#kinds = Uint8Array.from(columns, kindOf);
    this.#starts = new Int32Array(columns.length);
    this.#ends = new Int32Array(columns.length);
    this.#numbers = new Float64Array(columns.length);
    this.#places = (["source", "line", "offset", "length"] as const).map((name) => columns.indexOf(name));
    this.#api = columns.indexOf("api");
    this.#duplicate = columns.indexOf("duplicate");
    this.event = Object.defineProperties(
      {},
      Object.fromEntries(columns.map((name, k) => [name, { get: () => this.value(k) }])),
    );
  }

  get source(): number {
    return this.#numbers[this.#places[0] as number] as number;
  }

  get line(): number {
    return this.#numbers[this.#places[1] as number] as number;
  }

  get offset(): number {
    return this.#numbers[this.#places[2] as number] as number;
  }

  get length(): number {
    return this.#numbers[this.#places[3] as number] as number;
  }

  get api(): string | undefined {
    return this.value(this.#api) as string | undefined;
  }

  /** Whether the call has a value in this column. */
  has(k: number): boolean {
    return (this.#starts[k] as number) >= 0;
  }

  /** A value as it stands in the line, a text without its quotes. */
  textOf(k: number): string {
    return this.#json.toString("utf8", this.#starts[k], this.#ends[k]);
  }

  /** Where a value stands in `json`, a text with its quotes. */
  from(k: number): number {
    return (this.#starts[k] as number) - (this.#kinds[k] === TEXT ? 1 : 0);
  }

  to(k: number): number {
    return (this.#ends[k] as number) + (this.#kinds[k] === TEXT ? 1 : 0);
  }

  /** The value of a column of numbers, where the call has one. */
  number(k: number): number {
    return this.#numbers[k] as number;
  }

  get json(): Buffer {
    return this.#json;
  }

  get isDuplicate(): boolean {
    return (this.#starts[this.#duplicate] ?? -1) >= 0;
  }

  /** Where in the line the values end that are the call's own, before what it repeats and where it stands. */
  get valuesEnd(): number {
    const k = this.isDuplicate ? this.#duplicate : (this.#places[0] as number);
    return this.from(k) - (this.#keys[k] as Uint8Array).length;
  }

  /** What its contradictions are looked for in. */
  get counted(): CountedRecord {
    const { subjects, subject_count, resource } = this.event as Partial<EventRecord>;
    return { source: this.source, line: this.line, subjects, subject_count, resource };
  }

  value(k: number): string | number | string[] | true | undefined {
    const start = this.#starts[k] as number;
    if (start < 0) return undefined;
    const kind = this.#kinds[k];
    if (kind === NUMBER) return this.#numbers[k] as number;
    if (kind === TRUE) return true;
    const text = this.textOf(k);
    return kind === LIST ? (JSON.parse(text) as string[]) : text;
  }

  /**
   * @param from where the line begins in `json`, which ends with a line end or with the line
   * @param at where the row begins in `csv`
   */
  take(json: Buffer, from: number, csv: Buffer, at: number, number: number): boolean {
    let p = from;
    let q = rowNumberEnd(csv, at, number);
    if (q < 0) return false;
    const [keys, kinds, starts, ends] = [this.#keys, this.#kinds, this.#starts, this.#ends];
    for (let k = 0; k < kinds.length; k += 1) {
      const key = keys[k] as Uint8Array;
      let same = 0;
      while (same < key.length && json[p + same] === key[same]) same += 1;
      starts[k] = -1;
      if (same === key.length) {
        const start = p + same;
        p = this.#walk(k, json, start, csv, q);
        if (p < 0) return false;
        const isText = kinds[k] === TEXT;
        starts[k] = isText ? start + 1 : start;
        ends[k] = isText ? p - 1 : p;
        q = this.#cellEnd;
      }
      if (csv[q] !== COMMA) return false;
      q += 1;
    }
    if (json[p] !== CLOSE_OBJECT || (p + 1 < json.length && json[p + 1] !== LF)) return false;
    for (const k of this.#places) if ((starts[k] as number) < 0) return false;
    if (!this.#readTime(json)) return false;
    this.#json = json;
    this.lineStart = from;
    this.lineEnd = p + 1;
    this.rowStart = at;
    this.saidAt = q;
    return true;
  }

  /** A value in `json`, and the same as a cell in `csv`: where it ends in `json`, or -1 where it is not the same or not plain. */
  #walk(k: number, json: Uint8Array, p: number, csv: Uint8Array, q: number): number {
    switch (this.#kinds[k]) {
      case TEXT:
        return json[p] === QUOTE ? this.#texts(json, p, csv, q, QUOTE) : -1;
      case LIST:
        return json[p] === OPEN_LIST ? this.#texts(json, p + 1, csv, q, CLOSE_LIST) : -1;
      case NUMBER:
        return this.#number(k, json, p, csv, q);
      case TRUE:
        if (!isAt(json, p, TRUE_BYTES) || !isAt(csv, q, YES_BYTES)) return -1;
        this.#cellEnd = q + YES_BYTES.length;
        return p + TRUE_BYTES.length;
      default:
        return -1;
    }
  }

  /** A text, or several joined by semicolons. A cell with a comma stands in quotes, and no other. */
  #texts(json: Uint8Array, from: number, csv: Uint8Array, q: number, last: typeof QUOTE | typeof CLOSE_LIST): number {
    const isQuoted = csv[q] === QUOTE;
    let p = from;
    let cell = isQuoted ? q + 1 : q;
    let hasComma = false;
    if (last === QUOTE || json[p] !== CLOSE_LIST) {
      if (isFormula(json[p + 1] as number)) return -1;
      for (;;) {
        if (json[p] !== QUOTE) return -1;
        p += 1;
        for (let byte = json[p] as number; byte !== QUOTE; byte = json[p] as number) {
          // `!(>=)`: also behind the end of the bytes.
          if (!(byte >= 32) || byte === BACKSLASH || csv[cell] !== byte) return -1;
          if (byte === COMMA) hasComma = true;
          p += 1;
          cell += 1;
        }
        if (last === QUOTE) break;
        p += 1;
        if (json[p] === CLOSE_LIST) break;
        if (json[p] !== COMMA || csv[cell] !== SEMICOLON) return -1;
        p += 1;
        cell += 1;
      }
    }
    if (hasComma !== isQuoted || (isQuoted && csv[cell] !== QUOTE)) return -1;
    this.#cellEnd = isQuoted ? cell + 1 : cell;
    return p + 1;
  }

  /** Whole, and as JSON writes it. */
  #number(k: number, json: Uint8Array, p: number, csv: Uint8Array, q: number): number {
    let value = 0;
    let length = 0;
    for (let byte = json[p] as number; byte >= ZERO && byte <= NINE; byte = json[p + length] as number) {
      if (csv[q + length] !== byte) return -1;
      value = value * 10 + byte - ZERO;
      length += 1;
    }
    if (length === 0 || length > MAX_DIGITS || (length > 1 && json[p] === ZERO)) return -1;
    this.#numbers[k] = value;
    this.#cellEnd = q + length;
    return p + length;
  }

  /** The time in the form in which Exhibit writes it: `2018-04-04T10:00:00Z`, or with three or six digits of a fraction. */
  #readTime(json: Buffer): boolean {
    const [start, end] = [this.#starts[0] as number, this.#ends[0] as number];
    const digitsOfFraction = end - start - SECONDS_BYTES - 1;
    if (start < 0 || (end - start !== SECONDS_BYTES && digitsOfFraction !== 3 && digitsOfFraction !== 6)) return false;
    const date = this.#date;
    let same = 0;
    while (same < date.length && json[start + same] === date[same]) same += 1;
    if (same < date.length) {
      const text = json.toString("latin1", start, start + date.length);
      const day = /^\d{4}-\d\d-\d\d$/u.test(text) ? Date.parse(`${text}T00:00:00Z`) * 1000 : Number.NaN;
      if (Number.isNaN(day)) return false;
      date.set(json.subarray(start, start + date.length));
      this.#day = day;
    }
    const at = start + date.length;
    if (json[at] !== T || json[at + 3] !== COLON || json[at + 6] !== COLON || json[end - 1] !== Z) return false;
    const [hours, minutes] = [digits(json, at + 1, at + 3), digits(json, at + 4, at + 6)];
    const seconds = digits(json, at + 7, at + 9);
    let fraction = 0;
    if (digitsOfFraction > 0) {
      if (json[at + 9] !== POINT) return false;
      fraction = digits(json, at + 10, end - 1) * (digitsOfFraction === 3 ? 1000 : 1);
    }
    if (!(hours < 24 && minutes < 60 && seconds < 60 && fraction >= 0)) return false;
    this.time = this.#day + hours * HOUR + minutes * MINUTE + seconds * SECOND + fraction;
    return true;
  }
}

const TRUE_BYTES = Buffer.from("true");
const YES_BYTES = Buffer.from("yes");

/** NaN where there is anything else. */
function digits(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    value = byte >= ZERO && byte <= NINE ? value * 10 + byte - ZERO : Number.NaN;
  }
  return value;
}

/** Where the first cell of a row begins, if it has this number; else -1. */
function rowNumberEnd(csv: Uint8Array, at: number, number: number): number {
  let value = 0;
  let q = at;
  for (let byte = csv[q] as number; byte >= ZERO && byte <= NINE; byte = csv[q] as number) {
    value = value * 10 + byte - ZERO;
    q += 1;
  }
  return value === number && csv[at] !== ZERO && csv[q] === COMMA ? q + 1 : -1;
}
