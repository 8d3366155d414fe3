import { isOtherEncoding, OTHER_ENCODING } from "./bytes/other-encoding.ts";

/**
 * What a reader makes of a piece of a file: records, and in each the *spans* of the inputs that the mapping needs.
 * Every format ends in this one shape. The encoder knows no other.
 *
 * `records`: RECORD ints a row. `spans`: two a row and input: where it starts (-1: absent), and where it ends with its
 * kind in the upper bits.
 */
export const RECORD_INTS = 9;
/** Columns of `records`. Start and end are in the batch's bytes. Line and offset count from the start of the batch. */
export const START = 0;
export const END = 1;
export const LINE = 2;
export const LINES = 3;
export const OFFSET = 4;
export const LENGTH = 5;
/** 0: a record. Any other: 1 + the index of the reason why it is none. */
export const BAD = 6;
/** 1: holds bytes that are not valid in the source's encoding. */
export const BROKEN = 7;
/** Which call of its record the row is, from 1; 0: the record holds one. Calls of one record follow one another. */
export const PART = 8;

/** Kinds of spans: how the bytes become text. */
export const PLAIN = 0;
/** CSV, inside quotes, with doubled quotes. */
export const DOUBLED = 1;
/** A JSON string's inside, with backslash escapes. */
export const ESCAPED = 2;
/** A JSON array or object, as it is written. */
export const STRUCTURE = 3;
/** A time of day whose date the batch says (`days`). */
export const CLOCK = 4;
/** As ESCAPED, with nginx's `\xXX` in it: that byte. */
export const HEXED = 5;
/** This plus a depth: a JSON string with JSON in it. The rest of the input's path, from that depth on, leads into it. */
export const EMBEDDED = 8;

export const END_MASK = 0x7ffffff;
export const KIND_SHIFT = 27;

/** A record longer than this is rejected. A batch's bytes stay within what END_MASK can hold. */
export const MAX_RECORD_BYTES = 64 << 20;

export interface Sizes {
  /** Bytes read into a batch before it is scanned. */
  readonly bytes: number;
  readonly rows: number;
  /** Bytes of the longest record; tests make it short. */
  readonly record?: number;
}
export const BATCH_SIZES: Sizes = { bytes: 2 << 20, rows: 1 << 15 };

/** A batch never holds so much more than the longest record: one that does not end in it is too long. */
const SPARE_BATCH_BYTES = 4 << 20;

/** Reasons that are searched for an equal one. Beyond, they are likely all different. */
const MAX_SEARCHED_REASONS = 32;

export const tooLong = `the record is longer than ${MAX_RECORD_BYTES >> 20} MiB`;
export const unclosedQuote = `a quote that opens in it is not closed within ${MAX_RECORD_BYTES >> 20} MiB`;

/** Bytes behind the data for the readers' sentinel. */
export const SENTINEL_BYTES = 16;

/** Calls of one record. More are no log, and would take memory without end. */
export const MAX_CALLS = 1 << 17;
export const tooManyCalls = `the record holds more than ${MAX_CALLS} calls`;

/** The memory of a batch, shared between threads and used again and again. */
export interface Slot {
  /** By which a slot that grew is known again. */
  readonly id: number;
  bytes: SharedArrayBuffer;
  records: SharedArrayBuffer;
  spans: SharedArrayBuffer;
}

export function newSlot(sizes: Sizes, inputs: number, id = 0): Slot {
  return {
    id,
    bytes: new SharedArrayBuffer(sizes.bytes + SENTINEL_BYTES),
    records: new SharedArrayBuffer(sizes.rows * RECORD_INTS * 4),
    spans: new SharedArrayBuffer(Math.max(1, sizes.rows * inputs * 2) * 4),
  };
}

/** A slot as `newSlot` makes it: one that grew is none. */
export const isSlotOf = ({ bytes, records, spans }: Slot, sizes: Sizes, inputs: number): boolean =>
  bytes.byteLength === sizes.bytes + SENTINEL_BYTES &&
  records.byteLength === sizes.rows * RECORD_INTS * 4 &&
  spans.byteLength === Math.max(1, sizes.rows * inputs * 2) * 4;

/** What goes from reader to encoder together with a slot. */
export interface BatchInfo {
  rows: number;
  /** Bytes of the slot that hold data. */
  used: number;
  /** Original offset and 1-based line at which the batch begins. */
  offset: number;
  line: number;
  skipped: number;
  reasons: string[];
  days: Day[];
  headers: LaterHeader[];
}

/** A row of a table that is another header, where it stands in the original: the rows behind it are read by it. */
export interface LaterHeader {
  readonly line: number;
  readonly offset: number;
  readonly length: number;
  readonly columns: readonly string[];
  /** Columns that would fill a field, had the file's beginning had one of them. */
  readonly unread: readonly string[];
}

/** The same in a batch. Line and bytes count from the start of the batch. */
export interface HeaderRow {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly columns: readonly string[];
  readonly unread: readonly string[];
}

/** From this row on, clock times are of this date; `zone` is an offset or empty. */
export interface Day {
  readonly row: number;
  readonly date: string;
  readonly zone: string;
}

/** Makes rows of the calls of the record added last. */
interface Calls {
  split(batch: Batch): void;
}

/** A batch being filled. `from`..`to` are the bytes not yet split into records. */
export class Batch {
  slot: Slot;
  bytes: Uint8Array;
  view: DataView;
  records: Int32Array;
  spans: Int32Array;
  readonly inputs: number;
  /** Beyond these no record is begun. The calls of the last may go beyond. */
  readonly maxRows: number;
  /** Bytes of the longest record that is taken. */
  readonly limit: number;
  from = 0;
  to = 0;
  rows = 0;
  /** Physical lines ended so far in this batch. */
  lines = 0;
  skipped = 0;
  reasons: string[] = [];
  days: Day[] = [];
  headers: HeaderRow[] = [];
  /** Positions of invalid bytes that a transcoder met. */
  broken: number[] = [];
  readonly #calls: Calls | undefined;

  /** `calls`: makes rows of the calls of each record that is added. */
  constructor(slot: Slot, inputs: number, limit = MAX_RECORD_BYTES, calls?: Calls) {
    this.slot = slot;
    this.bytes = new Uint8Array(slot.bytes);
    this.view = new DataView(slot.bytes);
    this.records = new Int32Array(slot.records);
    this.spans = new Int32Array(slot.spans);
    this.inputs = inputs;
    this.maxRows = this.records.length / RECORD_INTS;
    this.limit = limit;
    this.#calls = calls;
  }

  /** Bytes that fit, without the sentinel's room. */
  get capacity(): number {
    return this.bytes.length - SENTINEL_BYTES;
  }

  /** Makes room for a record longer than the slot, or for so many bytes. */
  grow(least = Math.min(this.capacity * 2, this.limit + SPARE_BATCH_BYTES)): void {
    const bytes = new SharedArrayBuffer(least + SENTINEL_BYTES);
    new Uint8Array(bytes).set(this.bytes.subarray(0, this.to));
    this.slot = { ...this.slot, bytes };
    this.bytes = new Uint8Array(bytes);
    this.view = new DataView(bytes);
  }

  /** Makes room for more calls of one record than the slot has rows. False where there are too many to be believed. */
  growRows(first: number): boolean {
    if (this.rows - first >= MAX_CALLS) return false;
    if ((this.rows + 1) * RECORD_INTS <= this.records.length) return true;
    const records = new SharedArrayBuffer(this.records.byteLength * 2);
    const spans = new SharedArrayBuffer(this.spans.byteLength * 2);
    new Int32Array(records).set(this.records);
    new Int32Array(spans).set(this.spans);
    this.slot = { ...this.slot, records, spans };
    this.records = new Int32Array(records);
    this.spans = new Int32Array(spans);
    return true;
  }

  /** Adds a record. Its spans must have been written. */
  add(start: number, end: number, lines: number): void {
    if (this.#append(start, end, lines)) this.#calls?.split(this);
  }

  /** False where the record is too long to be one. */
  #append(start: number, end: number, lines: number): boolean {
    const at = this.rows++ * RECORD_INTS;
    const records = this.records;
    records[at + START] = start;
    records[at + END] = end;
    records[at + LINE] = this.lines;
    records[at + LINES] = lines;
    records[at + OFFSET] = start;
    records[at + LENGTH] = end - start;
    records[at + BAD] = 0;
    records[at + BROKEN] = 0;
    records[at + PART] = 0;
    this.lines += lines;
    if (end - start <= this.limit) return true;
    records[at + BAD] = this.reasons.push(tooLong);
    return false;
  }

  /** Adds another call of the record whose first is this row. `bad`: why it is none. */
  addCall(first: number, bad: string | undefined): void {
    const row = this.rows++;
    const { records } = this;
    records[first * RECORD_INTS + PART] = 1;
    records.copyWithin(row * RECORD_INTS, first * RECORD_INTS, (first + 1) * RECORD_INTS);
    records[row * RECORD_INTS + PART] = row - first + 1;
    this.setBad(row, bad);
  }

  /** Whether the row's record is too long to be one. */
  isTooLong(row: number): boolean {
    return (this.records[row * RECORD_INTS + LENGTH] as number) > this.limit;
  }

  /** What keeps a row from being an event; undefined: nothing does. */
  setBad(row: number, bad: string | undefined): void {
    this.records[row * RECORD_INTS + BAD] = bad === undefined ? 0 : this.#reasonOf(bad);
  }

  /** The record is rejected as a whole: it holds more calls than can be believed. */
  giveUpCalls(first: number): void {
    this.rows = first + 1;
    this.records[first * RECORD_INTS + PART] = 0;
    this.setBad(first, tooManyCalls);
  }

  #reasonOf(reason: string): number {
    const known = this.reasons.length <= MAX_SEARCHED_REASONS ? this.reasons.indexOf(reason) : -1;
    return known < 0 ? this.reasons.push(reason) : known + 1;
  }

  addRejected(start: number, end: number, lines: number, reason: string): void {
    const known = this.#reasonOf(isOtherEncoding(this.bytes, start, end) ? OTHER_ENCODING : reason);
    this.#append(start, end, lines);
    this.records[(this.rows - 1) * RECORD_INTS + BAD] = known;
  }

  /** Adds a record, rejects it for a reason, or skips it where the reason is empty. */
  put(start: number, end: number, lines: number, bad: string | undefined): void {
    if (bad === undefined) this.add(start, end, lines);
    else if (bad !== "") this.addRejected(start, end, lines, bad);
    else {
      this.lines += lines;
      this.skipped++;
    }
  }

  /** The date of the clock time in the row about to be added. */
  setDay(date: string, zone: string): void {
    const known = this.days.at(-1);
    if (known?.date !== date || known.zone !== zone) this.days.push({ row: this.rows, date, zone });
  }

  /** Forgets the spans of the row about to be added. */
  clearRow(): void {
    const { spans } = this;
    const end = (this.rows + 1) * this.inputs * 2;
    // A few numbers: a call of `fill` takes longer.
    for (let at = end - this.inputs * 2; at < end; at++) spans[at] = -1;
  }
}

/** How far a record that is too long goes in the bytes given. */
export interface Oversized {
  /** Where it ends (its line end not included), or up to where it is read: the bytes behind are given again with the next. */
  readonly at: number;
  readonly ends: boolean;
  /** Why it is rejected, if there is more to say than its length. */
  readonly reason?: string;
}

/** Splits bytes into records. Scans whole records only: `batch.from` ends on the first byte that belongs to none yet. */
export interface Reader {
  /** Stops at `batch.maxRows`. `last`: no byte follows `batch.to`. */
  scan(batch: Batch, last: boolean): void;
  /** Goes on through a record that is too long. `last`: no byte follows `to`. */
  skipOversized(bytes: Uint8Array, from: number, to: number, last: boolean): Oversized;
  /** Behind the last byte, in an empty batch: what can be said only then. */
  end?(batch: Batch): void;
  /** What a resumed reader must know; null where the position of a record is enough. */
  state(): unknown;
}
