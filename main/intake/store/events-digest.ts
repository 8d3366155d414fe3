import { createHash, type Hash } from "node:crypto";
import type { Database } from "better-sqlite3";
import { ENCODED_COLUMNS, NUMBER_COLUMNS } from "../../../shared/model/event.ts";
import { MARKS } from "../duplicates/marks-digest.ts";
import { type EncodedBatch, type EncodedRows, HEX_REQUEST, NO_REQUEST, TEXT_REQUEST } from "../encode/encoded-batch.ts";
import { namesOfCalls } from "./insert-bound.ts";

/** Rows that are hashed together, column by column: they stay in the processor's cache. */
const BLOCK_ROWS = 4096;
/** Text of calls' names that is hashed at once. */
const NAMES_CHARACTERS = 1 << 14;

const REALS = ["line", "offset", "time", ...NUMBER_COLUMNS] as const;
const CODES = ENCODED_COLUMNS;
const INTEGERS = ["length", "part", ...CODES, "high", "low", "lengths"] as const;
const BYTES = ["outcome", "flags", "form"] as const;

const each = <Name extends string, T>(names: readonly Name[], make: () => T): Record<Name, T> =>
  Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, T>;

/** Room for the columns of the rows that are hashed together. */
const newBlock = () => ({
  reals: each(REALS, () => new Float64Array(BLOCK_ROWS)),
  integers: each(INTEGERS, () => new Int32Array(BLOCK_ROWS)),
  bytes: each(BYTES, () => new Uint8Array(BLOCK_ROWS)),
});

/** Room that nobody uses: thousands of small files would each make theirs. */
let spareBlock: ReturnType<typeof newBlock> | undefined;

function takeBlock(): ReturnType<typeof newBlock> {
  const block = spareBlock ?? newBlock();
  spareBlock = undefined;
  return block;
}

/** One row of `STORED_ROWS`. */
export type StoredRow = readonly (number | string | null)[];

/**
 * SQL: rows as `addStored` takes them, in the order of their ids. A record that counts for its call has the call's time;
 * its own stands with the call's name.
 */
export const storedRows = (where: string): string => `
  select e.id, e.source, e.time, c.time, c.call, p.part, e.flags, e.outcome, e.line, e."offset", e.length,
    ${NUMBER_COLUMNS.map((name) => `e.${name}`).join(", ")}, ${CODES.map((name) => `e.${name}`).join(", ")},
    case typeof(e.request_id) when 'integer' then e.request_id >> 32 end,
    case typeof(e.request_id) when 'integer' then e.request_id & 4294967295 else e.request_id end
  from event_row e left join event_call c on c.id = e.id left join event_part p on p.id = e.id
  ${where} order by e.id`;
const ID = 0;
const TIME = 2;
const OWN_TIME = 3;
const CALL = 4;
const PART = 5;
const FLAGS = 6;
const OUTCOME = 7;
const LINE = 8;
const NUMBERS_FROM = 11;
const CODES_FROM = NUMBERS_FROM + NUMBER_COLUMNS.length;
const HIGH = CODES_FROM + CODES.length;

/**
 * SHA-256 of a source's events as they were read, whatever was marked as duplicate since: in blocks of rows, each column by
 * itself, absent ones as one byte. The same from batches as they come in and from the rows in the database. Not of the
 * source's number; nor of dictionaries, whose texts have digests of their own.
 */
export class EventsDigest {
  rows = 0;
  readonly #hash = createHash("sha256");
  readonly #block = takeBlock();
  readonly #reals = this.#block.reals;
  readonly #integers = this.#block.integers;
  readonly #bytes = this.#block.bytes;
  #texts: Uint8Array[] = [];
  #fill = 0;
  #calls: Hash | undefined;
  /** Names of calls that are not hashed yet. */
  #names = "";
  /** A row holds what no import writes. */
  #isForeign = false;

  add(encoded: EncodedBatch): void {
    this.addRows(encoded, encoded.call ? namesOfCalls(encoded, encoded.call) : [], false);
  }

  /**
   * @param calls names of calls, by the row's number among these
   * @param isForeign a row holds what no import writes, and what these columns cannot
   */
  addRows(encoded: EncodedRows, calls: Iterable<readonly [number, string]>, isForeign: boolean): void {
    this.#isForeign ||= isForeign;
    for (const [k, name] of calls) this.#call(this.rows + k, name);
    let text = 0;
    for (let from = 0; from < encoded.rows; ) {
      const to = Math.min(from + BLOCK_ROWS - this.#fill, encoded.rows);
      text = this.#copy(encoded, from, to, text);
      this.#fill += to - from;
      from = to;
      if (this.#fill === BLOCK_ROWS) this.#flush();
    }
    this.rows += encoded.rows;
  }

  /** Copies rows into the block. `text`: where the first one's text of a request id begins; gives where the next one's does. */
  #copy(encoded: EncodedRows, from: number, to: number, text: number): number {
    const { ids, numbers, request, part } = encoded;
    const at = this.#fill;
    const reals = { line: encoded.line, offset: encoded.offset, time: encoded.time, ...numbers };
    for (const name of REALS) this.#reals[name].set(reals[name].subarray(from, to), at);
    const { length } = encoded;
    const { high, low, lengths, form } = request;
    const integers = { length, ...ids, high, low, lengths };
    for (const name of INTEGERS)
      if (name !== "part") this.#integers[name].set(integers[name].subarray(from, to), at);
      else if (part) this.#integers.part.set(part.subarray(from, to), at);
      else this.#integers.part.fill(0, at, at + to - from);
    const bytes = { outcome: encoded.outcome, flags: encoded.flags, form };
    for (const name of BYTES) this.#bytes[name].set(bytes[name].subarray(from, to), at);
    let end = text;
    for (let k = from; k < to; k++) {
      const block = at + k - from;
      end += lengths[k] as number;
      // What the halves hold of other forms is of an earlier batch.
      if (form[k] !== HEX_REQUEST) this.#integers.high[block] = this.#integers.low[block] = 0;
    }
    if (end > text) this.#texts.push(request.bytes.slice(text, end));
    return end;
  }

  /** A row of the database. Those of a source come one after another. */
  addStored(row: StoredRow, first: number): void {
    const k = this.#fill;
    if (row[ID] !== first + this.rows) this.#isForeign = true;
    const own = row[CALL] === null ? row[TIME] : row[OWN_TIME];
    this.#real("time", k, own);
    this.#real("line", k, row[LINE]);
    this.#real("offset", k, row[LINE + 1]);
    this.#integer("length", k, row[LINE + 2]);
    this.#integer("part", k, row[PART] ?? 0);
    for (let i = 0; i < NUMBER_COLUMNS.length; i++)
      this.#real(NUMBER_COLUMNS[i] as (typeof NUMBER_COLUMNS)[number], k, row[NUMBERS_FROM + i]);
    for (let i = 0; i < CODES.length; i++) this.#integer(CODES[i] as (typeof CODES)[number], k, row[CODES_FROM + i]);
    this.#byte("outcome", k, row[OUTCOME]);
    this.#byte("flags", k, typeof row[FLAGS] === "number" ? row[FLAGS] & ~MARKS : row[FLAGS]);
    this.#request(k, row[HIGH], row[HIGH + 1]);
    if (typeof row[CALL] === "string") this.#call(this.rows, row[CALL]);
    else if (row[CALL] !== null) this.#isForeign = true;
    this.#fill += 1;
    this.rows += 1;
    if (this.#fill === BLOCK_ROWS) this.#flush();
  }

  #request(k: number, high: StoredRow[number] | undefined, low: StoredRow[number] | undefined): void {
    const { high: highs, low: lows, lengths } = this.#integers;
    highs[k] = lows[k] = lengths[k] = 0;
    this.#bytes.form[k] = NO_REQUEST;
    if (typeof high === "number") {
      this.#bytes.form[k] = HEX_REQUEST;
      highs[k] = high;
      lows[k] = low as number;
    } else if (typeof low === "string") {
      const text = Buffer.from(low);
      this.#bytes.form[k] = TEXT_REQUEST;
      lengths[k] = text.length;
      this.#texts.push(text);
    } else if (low !== null) this.#isForeign = true;
  }

  #real(name: (typeof REALS)[number], k: number, value: StoredRow[number] | undefined): void {
    if (typeof value !== "number" && value !== null) this.#isForeign = true;
    this.#reals[name][k] = typeof value === "number" ? value : Number.NaN;
  }

  #integer(name: (typeof INTEGERS)[number], k: number, value: StoredRow[number] | undefined): void {
    const column = this.#integers[name];
    column[k] = value === null ? -1 : (value as number);
    if (value !== null && (column[k] !== value || value < 0)) this.#isForeign = true;
  }

  #byte(name: (typeof BYTES)[number], k: number, value: StoredRow[number] | undefined): void {
    this.#bytes[name][k] = value as number;
    if (this.#bytes[name][k] !== value) this.#isForeign = true;
  }

  #call(row: number, name: string): void {
    this.#names += `${row}:${name.length}:${name}\n`;
    if (this.#names.length > NAMES_CHARACTERS) this.#flushNames();
  }

  #flushNames(): void {
    this.#calls ??= createHash("sha256");
    this.#calls.update(this.#names);
    this.#names = "";
  }

  #flush(): void {
    const rows = this.#fill;
    if (rows === 0) return;
    // The database has one zero.
    for (const name of NUMBER_COLUMNS) {
      const column = this.#reals[name];
      for (let k = 0; k < rows; k++) if (column[k] === 0) column[k] = 0;
    }
    for (const name of REALS) this.#column(this.#reals[name].subarray(0, rows), Number.NaN);
    for (const name of INTEGERS) this.#column(this.#integers[name].subarray(0, rows), name === "part" ? 0 : -1);
    for (const name of BYTES) this.#column(this.#bytes[name].subarray(0, rows), 0);
    for (const text of this.#texts) this.#hash.update(text);
    this.#texts = [];
    this.#fill = 0;
  }

  /** `absent`: what stands for no value. */
  #column(column: Float64Array | Int32Array | Uint8Array, absent: number): void {
    if (holdsOnly(column, absent)) {
      this.#hash.update(ABSENT);
      return;
    }
    this.#hash.update(PRESENT);
    this.#hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }

  /** In hex. `first`: the id of the first row, by which tags find them. */
  end(first: number): string {
    this.#flush();
    if (this.#names !== "") this.#flushNames();
    spareBlock = this.#block;
    const calls = this.#calls?.digest("hex") ?? "";
    return this.#hash
      .update(`${first} ${this.rows} ${calls}${this.#isForeign ? " and what no import writes" : ""}`)
      .digest("hex");
  }
}

const ABSENT = Uint8Array.of(0);
const PRESENT = Uint8Array.of(1);

function holdsOnly(column: Float64Array | Int32Array | Uint8Array, value: number): boolean {
  for (let k = 0; k < column.length; k++) if (!Object.is(column[k], value)) return false;
  return true;
}

/** Adds the rows of a source that are in the database already. */
export function addStoredRows(db: Database, digest: EventsDigest, first: number, last: number): void {
  const rows = db
    .prepare(storedRows("where e.id between ? and ?"))
    .raw()
    .iterate(first, last) as IterableIterator<StoredRow>;
  for (const row of rows) digest.addStored(row, first);
}
