import { shownText } from "../../platform/spreadsheet-text.ts";
import { nameKey } from "../mapping/synonyms.ts";
import { type Batch, DOUBLED, END_MASK, KIND_SHIFT, type Oversized, type Reader, unclosedQuote } from "./batch.ts";
import { ByteFinder } from "./bytes/byte-finder.ts";
import { type Assigned, isHeaderAgain, type TableColumns } from "./header-again.ts";
import { behindMark, countLines } from "./lines.ts";

/** A longer row is no header. */
const MAX_HEADER_BYTES = 1 << 15;
const LF = 10;
const CR = 13;
const HASH = 35;
const EQUALS = 61;

export interface CsvOptions {
  readonly delimiter: number;
  /** -1: none */
  readonly quote: number;
  readonly width: number;
  /** Column → input, -1 where nothing needs the column. */
  readonly slots: Int32Array;
  /** Bytes of preamble and header before the first record, and how many records they are. */
  readonly head: number;
  readonly headRecords: number;
  /** For headers further down; absent: none is expected. */
  readonly again?: {
    readonly names: readonly string[];
    readonly columns: TableColumns;
    /** Inputs whose values have a digit, as times do and names of columns do not. */
    readonly timeInputs: readonly number[];
  };
}

interface CsvState {
  head: number;
  /** Of the header in force, where it is not the first one. */
  names?: readonly string[];
}

/** A time has a digit in its first bytes. */
const MAX_TIME_BYTES = 32;

/**
 * RFC 4180 with any delimiter: quotes, doubled quotes, line ends in quotes; LF, CRLF or CR. A row of another width is
 * rejected. A quote that is never closed, or closed on another line by a quote that opens a cell there, costs its own line
 * and no other: reading goes on with the next one.
 */
export class CsvReader implements Reader {
  readonly #options: CsvOptions;
  readonly #positions: ByteFinder;
  #head: number;
  /** The header in force: its names where it is not the first one, and what they lead to. */
  #names: readonly string[] | undefined;
  #width: number;
  #slots: Int32Array;
  #open: readonly number[] = [];
  /** The first that a column fills; -1: none does, and headers show by their width alone. */
  #timeInput: number;
  /** While passing over a too long record: an odd number of quotes so far. */
  #inQuotes: boolean | undefined;

  /** `withoutVectors`: without WebAssembly. */
  constructor(options: CsvOptions, state?: unknown, withoutVectors = false) {
    this.#options = options;
    this.#positions = new ByteFinder(
      [options.delimiter, options.quote < 0 ? LF : options.quote, LF, CR],
      withoutVectors,
    );
    const saved = state as CsvState | undefined;
    this.#head = saved?.head ?? options.head;
    this.#width = options.width;
    this.#slots = options.slots;
    this.#open = options.again?.columns.openOf(options.slots) ?? [];
    this.#timeInput = this.#firstTime();
    this.#names = saved?.names;
    if (options.again && saved?.names) this.#use(options.again.columns.assign(saved.names));
  }

  state(): CsvState {
    return { head: this.#head, ...(this.#names && { names: this.#names }) };
  }

  #use({ slots, open }: Assigned): void {
    this.#slots = slots;
    this.#width = slots.length;
    this.#open = open;
    this.#timeInput = this.#firstTime();
  }

  #firstTime(): number {
    return this.#options.again?.timeInputs.find((input) => !this.#open.includes(input)) ?? -1;
  }

  /** Times are looked at no further than to their first digit, which mostly is their first byte. */
  #isName({ bytes, spans }: Batch, base: number): boolean {
    const at = base + this.#timeInput * 2;
    const start = spans[at] as number;
    if (start < 0) return false;
    const end = Math.min((spans[at + 1] as number) & END_MASK, start + MAX_TIME_BYTES);
    for (let i = start; i < end; i++) if (((bytes[i] as number) - 48) >>> 0 <= 9) return false;
    return true;
  }

  /** The row is a header: from here on the table is read by it. */
  #takesHeader(batch: Batch, start: number, end: number): boolean {
    const { again, delimiter, quote } = this.#options;
    if (!again || end - start > MAX_HEADER_BYTES) return false;
    const cells = firstCsvRecord(batch.bytes.subarray(start, end), 0, delimiter, quote, true)?.cells ?? [];
    const before = this.#names ?? again.names;
    if (!isHeaderAgain(cells, new Set([...again.names, ...before].map(nameKey)))) return false;
    if (cells.length === before.length && cells.every((name, column) => name === before[column])) return true;
    const assigned = again.columns.assign(cells);
    this.#use(assigned);
    this.#names = cells;
    batch.headers.push({ start, end, line: batch.lines, columns: cells, unread: assigned.unread });
    return true;
  }

  /**
   * The loop stays whole, with its state in local variables: split into methods it would keep that state in fields, and
   * this is where an import of CSV spends its time. The plain loop that it replaces:
   *
   *     for each record: for each cell:
   *       cell = quoted ? up to the closing quote (`""` is a quote) : up to a delimiter or line end
   *       spans of the column's input = cell
   *     a record with as many cells as the header is added, any other is rejected
   *     a record that may go on behind `to` stays for the next batch
   */
  scan(batch: Batch, last: boolean): void {
    if (this.#head > 0) {
      if (batch.to - batch.from < this.#head) return;
      const end = batch.from + this.#head;
      batch.lines +=
        countLines(batch.bytes, batch.from, end) + (last && end === batch.to && !endsLine(batch.bytes, end) ? 1 : 0);
      batch.skipped += this.#options.headRecords;
      batch.from = end;
      this.#head = 0;
    }
    const { delimiter, quote } = this.#options;
    let width = this.#width;
    let slots = this.#slots;
    const { bytes: u8, to, spans, maxRows } = batch;
    const positions = this.#positions;
    const stride = batch.inputs * 2;
    // A sentinel that ends every cell; only then is the end checked.
    u8[to] = LF;
    let i = batch.from;
    positions.begin(u8, i, to + 1);
    records: while (i < to && batch.rows < maxRows) {
      const mark = behindMark(u8, i, to);
      const nextStart = this.#plainLine(batch, i, mark);
      if (nextStart > 0) {
        i = nextStart;
        batch.from = i;
        continue;
      }
      const start = i;
      i = mark;
      const first = u8[i];
      if (first === LF || first === CR) {
        if (first === CR && i + 1 === to && !last) break;
        i += first === CR && u8[i + 1] === LF && i + 1 < to ? 2 : 1;
        batch.lines++;
        batch.skipped++;
        batch.from = i;
        continue;
      }
      const base = batch.rows * stride;
      for (const input of this.#open) spans[base + input * 2] = -1;
      let lines = 0;
      let column = 0;
      let bad = "";
      let end = 0;
      for (;;) {
        let cell = i;
        let cellEnd: number;
        let kind = 0;
        if (u8[i] === quote && i < to) {
          cell = ++i;
          const before = lines;
          for (;;) {
            i = positions.next(i, delimiter);
            if (i >= to) {
              if (!last) break records;
              i = this.#unclosedAt(batch, start, cell, before, `${opens(column)} is never closed`);
              positions.begin(u8, i, to + 1);
              continue records;
            }
            const byte = u8[i];
            if (byte === quote) {
              if (u8[i + 1] !== quote || i + 1 >= to) {
                if (i + 1 >= to && !last) break records;
                break;
              }
              kind = DOUBLED;
              i += 2;
            } else {
              if (byte === LF || u8[i + 1] !== LF || i + 1 >= to) {
                if (byte === CR && i + 1 >= to && !last) break records;
                lines++;
              }
              i++;
            }
          }
          cellEnd = i++;
          const next = u8[i];
          if (next !== delimiter && next !== LF && next !== CR) {
            if (lines > before) {
              const reason = `${opens(column)} is not closed, or text follows where it is`;
              i = this.#unclosedAt(batch, start, cell, before, reason);
              positions.begin(u8, i, to + 1);
              continue records;
            }
            bad ||= `text follows the closing quote of cell ${column + 1}`;
            i = positions.next(i, quote);
          }
        } else {
          i = positions.next(i, quote);
          cellEnd = i;
        }
        if (i >= to && !last) break records;
        if (u8[cell] === EQUALS && isShownText(u8, cell, cellEnd, quote, kind)) {
          const marks = kind === DOUBLED ? 2 : 1;
          cell += 1 + marks;
          cellEnd -= marks;
          kind = 0;
        }
        if (column < width) {
          const slot = slots[column] as number;
          if (slot >= 0) {
            const at = base + slot * 2;
            spans[at] = cellEnd > cell ? cell : -1;
            spans[at + 1] = cellEnd | (kind << KIND_SHIFT);
          }
        }
        column++;
        if (u8[i] === delimiter && i < to) {
          i++;
          continue;
        }
        end = Math.min(i, to);
        if (i < to) {
          if (u8[i] === CR) {
            if (i + 1 >= to && !last) break records;
            i += u8[i + 1] === LF && i + 1 < to ? 2 : 1;
          } else i++;
        } else i = to;
        lines++;
        break;
      }
      if (first === HASH && column !== width && lines === 1) {
        // A comment: with the header's width it would be a row whose first cell begins so.
        batch.lines++;
        batch.skipped++;
      } else if (!bad && (column !== width || this.#isName(batch, base)) && this.#takesHeader(batch, start, end)) {
        width = this.#width;
        slots = this.#slots;
        batch.lines += lines;
        batch.skipped++;
      } else if (bad) batch.addRejected(start, end, lines, bad);
      else if (column !== width)
        batch.addRejected(start, end, lines, `the row has ${cells(column)}, the header ${width}`);
      else batch.add(start, end, lines);
      batch.from = i;
    }
  }

  /**
   * Most records are one line of the header's width, whose quotes enclose whole cells without line ends or doubled quotes.
   * For these the positions of delimiters, quotes and line ends are enough. Returns where the next record begins, 0 where
   * this one is not of that kind.
   */
  #plainLine(batch: Batch, start: number, mark: number): number {
    const { delimiter, quote } = this.#options;
    const width = this.#width;
    const slots = this.#slots;
    const { bytes: u8, spans, to } = batch;
    const { found, count } = this.#positions;
    const base = batch.rows * batch.inputs * 2;
    for (const input of this.#open) spans[base + input * 2] = -1;
    let at = this.#positions.nextFound;
    // Of the line end before, LF behind CR.
    while (at < count && (found[at] as number) < start) at++;
    let cell = mark;
    for (let column = 0; ; column++) {
      if (at >= count) return 0;
      let position = found[at++] as number;
      let byte = u8[position];
      let from = cell;
      let end = position;
      if (byte === quote) {
        if (position !== cell) return 0;
        do {
          if (at >= count) return 0;
          position = found[at++] as number;
          byte = u8[position];
        } while (byte === delimiter);
        if (byte !== quote || at >= count || found[at] !== position + 1) return 0;
        from = cell + 1;
        end = position;
        position = found[at++] as number;
        byte = u8[position];
      }
      if (column === width) return 0;
      const slot = slots[column] as number;
      if (slot >= 0) {
        spans[base + slot * 2] = end > from ? from : -1;
        spans[base + slot * 2 + 1] = end;
      }
      if (byte === delimiter) {
        cell = position + 1;
        continue;
      }
      // A blank line is no record. A record that ends at the sentinel may be incomplete.
      if (column !== width - 1 || position >= to || position === start) return 0;
      if (byte === CR) {
        if (at >= count || found[at] !== position + 1 || u8[position + 1] !== LF || position + 1 >= to) return 0;
        at++;
      } else if (byte !== LF) return 0;
      if (this.#timeInput >= 0 && this.#isName(batch, base)) return 0;
      batch.add(start, position, 1);
      this.#positions.nextFound = at;
      return byte === CR ? position + 2 : position + 1;
    }
  }

  /**
   * The record from `start` has a quote, just before `cell`, that opens and does not close as it should, `before` lines
   * further down. The record up to the end of that line is rejected. Returns where the next line begins.
   */
  #unclosedAt(batch: Batch, start: number, cell: number, before: number, reason: string): number {
    const { bytes, to } = batch;
    let end = cell;
    while (end < to && bytes[end] !== LF && bytes[end] !== CR) end++;
    batch.addRejected(start, end, before + 1, reason);
    batch.from = end < to ? end + lineEndLength(bytes, end, to) : to;
    return batch.from;
  }

  /**
   * A record this long is most likely one whose quote is not closed. So it ends at the first line end outside quotes, or
   * before the first line that reads as a row of the table, whatever the quotes say.
   */
  skipOversized(bytes: Uint8Array, from: number, to: number, last: boolean): Oversized {
    const { quote } = this.#options;
    let inside = this.#inQuotes ?? false;
    for (let i = from; i < to; i++) {
      const byte = bytes[i];
      if (byte === quote) inside = !inside;
      else if (byte === LF || byte === CR) {
        const next = i + lineEndLength(bytes, i, to);
        let end = next;
        while (end < to && bytes[end] !== LF && bytes[end] !== CR) end++;
        const isCut = end === to && !last;
        if (!inside || (!isCut && this.#isRow(bytes, next, end))) {
          this.#inQuotes = undefined;
          return { at: i, ends: true, ...(inside ? { reason: unclosedQuote } : {}) };
        }
        // The line is needed whole to be judged. One that fills all these bytes is no row.
        if (isCut && i > from) {
          this.#inQuotes = inside;
          return { at: i, ends: false };
        }
        i = next - 1;
      }
    }
    this.#inQuotes = inside;
    return { at: to, ends: false };
  }

  /** Whether a line by itself is a row of the header's width, with every quote in its place. */
  #isRow(bytes: Uint8Array, from: number, to: number): boolean {
    const { delimiter, quote } = this.#options;
    const width = this.#width;
    let column = 0;
    for (let i = from; ; i++) {
      if (i < to && bytes[i] === quote) {
        for (i++; i < to && (bytes[i] !== quote || bytes[i + 1] === quote); i++) if (bytes[i] === quote) i++;
        if (i++ >= to) return false;
      } else while (i < to && bytes[i] !== delimiter) if (bytes[i++] === quote) return false;
      column++;
      if (i >= to) return from < to && column === width;
      if (bytes[i] !== delimiter) return false;
    }
  }
}

/** The cell is written `="00123"`, in quotes of its own or without (see `shownText`). */
function isShownText(u8: Uint8Array, cell: number, end: number, quote: number, kind: number): boolean {
  const marks = kind === DOUBLED ? 2 : 1;
  if (end - cell < 1 + 2 * marks) return false;
  for (let n = 0; n < marks; n++) if (u8[cell + 1 + n] !== quote || u8[end - 1 - n] !== quote) return false;
  for (let i = cell + 1 + marks; i < end - marks; i++) if (u8[i] === quote) return false;
  return true;
}

const opens = (column: number) => `the quote that opens cell ${column + 1}`;
const lineEndLength = (bytes: Uint8Array, at: number, to: number) =>
  bytes[at] === CR && bytes[at + 1] === LF && at + 1 < to ? 2 : 1;
const cells = (count: number) => (count === 1 ? "1 cell" : `${count} cells`);
const endsLine = (bytes: Uint8Array, end: number) => bytes[end - 1] === LF || bytes[end - 1] === CR;

/** The cells of the first record from `from`, and where it ends (its line end included). Undefined where it does not end. */
export function firstCsvRecord(
  bytes: Uint8Array,
  from: number,
  delimiter: number,
  quote: number,
  whole: boolean,
): { cells: string[]; end: number } | undefined {
  const text: string[] = [];
  let i = from;
  for (;;) {
    let raw: number[] = [];
    if (bytes[i] === quote && i < bytes.length) {
      for (i++; ; i++) {
        if (i >= bytes.length) return undefined;
        if (bytes[i] === quote) {
          if (bytes[i + 1] !== quote) break;
          i++;
        }
        raw.push(bytes[i] as number);
      }
      i++;
    }
    while (i < bytes.length && bytes[i] !== delimiter && bytes[i] !== LF && bytes[i] !== CR)
      raw.push(bytes[i++] as number);
    text.push(shownText(Buffer.from(raw).toString("utf8")));
    raw = [];
    if (i < bytes.length && bytes[i] === delimiter) {
      i++;
      continue;
    }
    if (i >= bytes.length && !whole) return undefined;
    if (bytes[i] === CR && bytes[i + 1] === LF) i++;
    return { cells: text, end: Math.min(i + 1, bytes.length) };
  }
}
