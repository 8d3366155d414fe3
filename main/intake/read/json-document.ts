import type { Batch, Oversized, Reader } from "./batch.ts";
import type { KeyTable } from "./field-slots.ts";
import { JsonScanner } from "./json.ts";
import { countLines } from "./lines.ts";
import { PassedRecords } from "./passed-records.ts";
import { JsonSkipper, type SkipState } from "./skip-json.ts";
import type { RecordOpener } from "./wrapped.ts";

/** Where scanning fails this close to the end of the bytes, the value may only be incomplete. */
const MARGIN_BYTES = 8;
/** A value that is no record is read strictly up to this size. A longer one is skipped by its brackets, in any number of pieces. */
const MAX_STRICT_BYTES = 1 << 16;

/** What comes next in the document. */
const VALUE = 0;
/** A value that leads to no record. */
const OTHER = 1;
/** The first member of the innermost list or object, or its end. */
const FIRST = 2;
/** A member, after a comma. */
const NEXT = 3;
/** A comma, or the end of the innermost list or object. */
const AFTER = 4;

const QUOTE = 34;
const OPEN_OBJECT = 123;
const OPEN_LIST = 91;
const IS_SPACE = new Uint8Array(256);
for (const char of " \t\r\n") IS_SPACE[char.charCodeAt(0)] = 1;
const LIST_STEP = "[]";
const CUT_OFF = "the document ends before its brackets are closed";

interface DocumentState {
  open: number;
  next: number;
  skip?: SkipState;
  passed?: PassedRecords["state"];
  broken?: string;
}

/**
 * JSON documents, one or several after another, whose records lie at a path: keys and `[]` from the outside in, so
 * `[]` for a list at the top, none for documents that are records themselves. Never holds more of a document than one record.
 */
export class JsonDocumentReader implements Reader {
  readonly #scanner: JsonScanner;
  readonly #path: readonly string[];
  /** How many steps of the path are open around us. */
  #open = 0;
  #next = VALUE;
  /** A value being passed by its brackets. */
  #skipper: JsonSkipper | undefined;
  /** What is in it, where it is no record. */
  #passed: PassedRecords | undefined;
  /** The key of the value that comes next. */
  #key = "";
  /** Why the rest is no JSON. No boundary in it can be trusted, so all of it is one rejected record. */
  #broken: string | undefined;
  /** The record that is too long ended with the bytes before. */
  #endedBefore = false;
  /** The records hold other programs' records. */
  readonly #opener: RecordOpener | undefined;

  constructor(keys: KeyTable, inputs: number, path: readonly string[], state?: unknown, opener?: RecordOpener) {
    this.#scanner = new JsonScanner(keys, inputs, false);
    this.#path = path;
    this.#opener = opener;
    const saved = state as DocumentState | undefined;
    if (saved) {
      this.#open = saved.open;
      this.#next = saved.next;
      this.#skipper = saved.skip && new JsonSkipper(saved.skip);
      this.#passed = saved.passed && new PassedRecords([], saved.passed);
      this.#broken = saved.broken;
    }
  }

  state(): DocumentState {
    return {
      open: this.#open,
      next: this.#next,
      ...(this.#skipper && { skip: { ...this.#skipper.state } }),
      ...(this.#passed && { passed: new PassedRecords([], this.#passed.state).state }),
      ...(this.#broken !== undefined && { broken: this.#broken }),
    };
  }

  /** Lines of a document between its records count as lines, but not as skipped records. */
  scan(batch: Batch, last: boolean): void {
    batch.bytes[batch.to] = 0;
    this.#opener?.begin(batch);
    this.#scanner.setBytes(batch.bytes, batch.spans);
    while (this.#broken === undefined && batch.rows < batch.maxRows && this.#step(batch, last));
    if (!last) return;
    if (this.#broken !== undefined && batch.rows < batch.maxRows) this.#reject(batch, this.#broken);
    if (this.#scanner.skipSpace(batch.from) >= batch.to) this.#advance(batch, batch.to);
    const end = batch.bytes[batch.to - 1];
    if (batch.from >= batch.to && batch.to > 0 && end !== 10 && end !== 13) batch.lines++;
  }

  /** A document that ends between two records, too early. No bytes are left to reject, so an empty reject reports it. */
  end(batch: Batch): void {
    if (this.#broken !== undefined || (this.#open === 0 && this.#next === VALUE && !this.#skipper)) return;
    this.#open = 0;
    this.#next = VALUE;
    this.#skipper = undefined;
    batch.lines = -1;
    batch.addRejected(0, 0, 1, CUT_OFF);
  }

  /** One token or one record. False where more bytes are needed, or there are none. */
  #step(batch: Batch, last: boolean): boolean {
    const { bytes, to } = batch;
    if (this.#skipper) {
      // The last byte stays until it is known to be the last.
      const limit = last ? to : to - 1;
      const end = this.#skipper.advance(bytes, batch.from, limit);
      this.#passed?.see(bytes, batch.from, end < 0 ? limit : end);
      if (end < 0) {
        this.#advance(batch, limit);
        return false;
      }
      this.#skipper = undefined;
      this.#valueEnded(batch, end);
      this.#rejectPassed(batch, end, end);
      return true;
    }
    const i = this.#scanner.skipSpace(batch.from);
    if (i >= to) {
      if (!last) this.#advance(batch, to - 1);
      return false;
    }
    const byte = bytes[i] as number;
    const step = this.#path[this.#open - 1];
    switch (this.#next) {
      case VALUE: {
        const inner = this.#path[this.#open];
        if (inner === undefined) return this.#record(batch, last, i);
        if (byte !== (inner === LIST_STEP ? 91 : 123)) return this.#other(batch, last, i);
        this.#open++;
        this.#next = FIRST;
        this.#advance(batch, i + 1);
        return true;
      }
      case OTHER:
        return this.#other(batch, last, i);
      case AFTER:
        if (byte === 44) {
          this.#next = NEXT;
          this.#advance(batch, i + 1);
          return true;
        }
        if (byte === (step === LIST_STEP ? 93 : 125)) return this.#close(batch, i);
        return this.#setBroken(batch, i, "not JSON: no comma between two values of the document");
      default:
        if (this.#next === FIRST && byte === (step === LIST_STEP ? 93 : 125)) return this.#close(batch, i);
        if (step !== LIST_STEP) return this.#member(batch, last, i, step as string);
        this.#next = VALUE;
        this.#advance(batch, i);
        return true;
    }
  }

  #close(batch: Batch, i: number): boolean {
    this.#open--;
    return this.#valueEnded(batch, i + 1);
  }

  /** A value has ended at `end`. Behind the outermost another document may follow. */
  #valueEnded(batch: Batch, end: number): boolean {
    this.#next = this.#open === 0 ? VALUE : AFTER;
    this.#advance(batch, end);
    return true;
  }

  #member(batch: Batch, last: boolean, i: number, wanted: string): boolean {
    const { bytes, to } = batch;
    const scanner = this.#scanner;
    const end = bytes[i] === QUOTE ? scanner.value(i) : -1;
    const colon = end < 0 ? -1 : scanner.skipSpace(end);
    if (!last && (end < 0 ? bytes[i] === QUOTE && scanner.failedAt + MARGIN_BYTES >= to : colon >= to)) return false;
    if (end < 0 || bytes[colon] !== 58) return this.#setBroken(batch, i, "not JSON: no key where one must be");
    const key = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + i, end - i).toString("utf8")) as string;
    this.#next = key === wanted ? VALUE : OTHER;
    this.#key = key;
    this.#advance(batch, colon + 1);
    return true;
  }

  #other(batch: Batch, last: boolean, i: number): boolean {
    const { to } = batch;
    const end = this.#scanner.value(i);
    const reached = end < 0 ? this.#scanner.failedAt : end;
    if (reached - i > MAX_STRICT_BYTES) {
      this.#advance(batch, i);
      this.#skipper = new JsonSkipper();
      this.#passed = this.#passing();
      return true;
    }
    if (!last && reached + (end < 0 ? MARGIN_BYTES : 0) >= to) return false;
    if (end < 0) return this.#setBroken(batch, i, `not JSON at byte ${reached - i + 1} of a value of the document`);
    const first = batch.bytes[i];
    if (first === OPEN_OBJECT || first === OPEN_LIST) {
      this.#passed = this.#passing();
      this.#passed.see(batch.bytes, i, end);
      this.#advance(batch, i);
      this.#rejectPassed(batch, i, end);
    }
    return this.#valueEnded(batch, end);
  }

  /** What is passed next. In the place of the list or object of the path an object may be a record alone. */
  #passing(): PassedRecords {
    if (this.#next === VALUE) return new PassedRecords([...this.#path.slice(0, this.#open), LIST_STEP]);
    return new PassedRecords([...this.#path.slice(0, this.#open - 1), this.#key]);
  }

  /** Records that were passed by are said, with how many they are. */
  #rejectPassed(batch: Batch, start: number, end: number): void {
    const reason = this.#passed?.reason;
    this.#passed = undefined;
    if (reason !== undefined) this.#add(batch, start, end, reason);
  }

  #record(batch: Batch, last: boolean, i: number): boolean {
    const { bytes, to } = batch;
    batch.clearRow();
    const isObject = bytes[i] === 123;
    const end = isObject ? this.#scanner.object(i, batch.rows * batch.inputs * 2) : this.#scanner.value(i);
    if (!last && (end < 0 ? this.#scanner.failedAt + MARGIN_BYTES >= to : end >= to)) return false;
    if (end < 0) return this.#setBroken(batch, i, `not JSON at byte ${this.#scanner.failedAt - i + 1} of the record`);
    this.#advance(batch, i);
    if (this.#opener && (isObject || this.#opener.opensElements)) this.#addOpened(batch, this.#opener, i, end);
    else this.#add(batch, i, end, isObject ? undefined : "JSON, but not an object");
    this.#next = this.#open === 0 ? VALUE : AFTER;
    return true;
  }

  /** A record that ends within a line shares it with what follows. The ledger counts such a line once. */
  #add(batch: Batch, start: number, end: number, bad: string | undefined): void {
    const lines = countLines(batch.bytes, start, end) + 1;
    if (bad === undefined) batch.add(start, end, lines);
    else batch.addRejected(start, end, lines, bad);
    batch.lines--;
    batch.from = end;
  }

  /** Lines are counted before the record is opened, which changes its bytes. */
  #addOpened(batch: Batch, opener: RecordOpener, start: number, end: number): void {
    const lines = countLines(batch.bytes, start, end) + 1;
    batch.put(start, end, lines, opener.open(batch, [start, end]));
    opener.addRest(batch);
    batch.lines--;
    batch.from = end;
  }

  #setBroken(batch: Batch, at: number, reason: string): boolean {
    this.#advance(batch, at);
    this.#broken = reason;
    return false;
  }

  #reject(batch: Batch, reason: string): void {
    let end = batch.to;
    while (end > batch.from && IS_SPACE[batch.bytes[end - 1] as number] === 1) end--;
    if (end > batch.from) this.#add(batch, batch.from, end, reason);
  }

  /** Moves to `to` and counts the lines on the way. */
  #advance(batch: Batch, to: number): void {
    // CR and LF of one line end stay together.
    const isTorn = to < batch.to && batch.bytes[to] === 10 && batch.bytes[to - 1] === 13 && to > batch.from;
    const whole = isTorn ? to - 1 : to;
    if (whole <= batch.from) return;
    batch.lines += countLines(batch.bytes, batch.from, whole);
    batch.from = whole;
  }

  /** Skips a record that is too long, by its brackets. Where the rest is no JSON, all of it is skipped. */
  skipOversized(bytes: Uint8Array, from: number, to: number): Oversized {
    const goesOn = { at: to, ends: false };
    if (this.#broken !== undefined) return goesOn;
    if (!this.#endedBefore) {
      this.#skipper ??= new JsonSkipper();
      const end = this.#skipper.advance(bytes, from, to);
      if (end < 0) return goesOn;
      this.#skipper = undefined;
      this.#next = this.#open === 0 ? VALUE : AFTER;
      this.#endedBefore = end >= to - 1;
      // What follows decides to which line the end belongs.
      return this.#endedBefore ? goesOn : { at: end, ends: true };
    }
    this.#endedBefore = false;
    return { at: from, ends: true };
  }
}
