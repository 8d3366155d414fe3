import type { Batch, Reader } from "../batch.ts";
import { JsonScanner } from "./json.ts";
import type { KeyTable } from "./keys.ts";
import { countLines, LineReader } from "./lines.ts";

/** Bytes beyond a failure within which an unfinished record still explains it. */
const MARGIN = 8;

interface DocumentState {
  head: number;
  first: boolean;
  over: boolean;
  broken: boolean;
}

const FOLLOWS = "it follows a place where the document is not JSON";

/** What is left of a document after a mistake: no record's boundary can be trusted, so every line is rejected by itself. */
class Rest extends LineReader {
  #reason: string;

  constructor(reason: string) {
    super();
    this.#reason = reason;
  }

  protected line(): string {
    const reason = this.#reason;
    this.#reason = FOLLOWS;
    return reason;
  }
}

/** One JSON document whose records are the elements of an array (`list`), or that is objects one after another. */
export class JsonDocumentReader implements Reader {
  readonly #scanner: JsonScanner;
  readonly #list: boolean;
  #head: number;
  #first = true;
  /** The array has ended: what follows holds no record. */
  #over = false;
  #rest: Rest | undefined;

  constructor(keys: KeyTable, inputs: number, options: { head: number; list: boolean }, state?: unknown) {
    this.#scanner = new JsonScanner(keys, inputs, false);
    this.#list = options.list;
    this.#head = options.head;
    const saved = state as DocumentState | undefined;
    if (saved) {
      this.#head = saved.head;
      this.#first = saved.first;
      this.#over = saved.over;
      if (saved.broken) this.#rest = new Rest(FOLLOWS);
    }
  }

  state(): DocumentState {
    return { head: this.#head, first: this.#first, over: this.#over, broken: this.#rest !== undefined };
  }

  /** A document's lines between records are nobody's records: they are counted, not skipped records. */
  scan(batch: Batch, last: boolean): void {
    if (this.#rest) {
      this.#rest.scan(batch, last);
      return;
    }
    const { bytes } = batch;
    bytes[batch.to] = 0;
    this.#scanner.over(bytes, batch.spans);
    if (this.#head > 0) {
      if (batch.to - batch.from < this.#head) return;
      this.#pass(batch, batch.from + this.#head);
      this.#head = 0;
    }
    while (!this.#over && batch.rows < batch.maxRows) {
      let i = this.#scanner.skipSpace(batch.from);
      if (i >= batch.to) break;
      if (this.#list) {
        if (bytes[i] === 93) {
          this.#over = true;
          this.#pass(batch, i + 1);
          break;
        }
        if (!this.#first) {
          if (bytes[i] !== 44) {
            this.#reject(batch, i, last, "not JSON: no comma between two records");
            return;
          }
          i = this.#scanner.skipSpace(i + 1);
          if (i >= batch.to && !last) break;
        }
      }
      batch.clearRow();
      const base = batch.rows * batch.inputs * 2;
      const isObject = bytes[i] === 123;
      const end = isObject ? this.#scanner.object(i, base) : this.#scanner.value(i);
      if (!last && (end < 0 ? this.#scanner.failedAt + MARGIN >= batch.to : end >= batch.to)) break;
      if (end < 0) {
        this.#reject(batch, i, last, `not JSON at byte ${this.#scanner.failedAt - i + 1} of the record`);
        return;
      }
      this.#pass(batch, i);
      // A record that ends within a line shares it with what follows; the ledger counts such a line once.
      const inside = countLines(bytes, i, end);
      if (isObject) batch.add(i, end, inside + 1);
      else batch.addBad(i, end, inside + 1, "JSON, but not an object");
      batch.lines--;
      batch.from = end;
      this.#first = false;
    }
    if (this.#over) this.#pass(batch, last ? batch.to : Math.max(batch.from, batch.to - 1));
    if (last && !this.#over) this.#pass(batch, this.#scanner.skipSpace(batch.from));
    if (last && batch.from >= batch.to && batch.to > 0 && bytes[batch.to - 1] !== 10 && bytes[batch.to - 1] !== 13)
      batch.lines++;
  }

  /** Counts the lines up to `to` and goes there. */
  #pass(batch: Batch, to: number): void {
    const end = Math.min(to, batch.to);
    // CRLF must not be torn in two.
    const whole =
      end < batch.to && batch.bytes[end] === 10 && batch.bytes[end - 1] === 13 && end > batch.from ? end - 1 : end;
    if (whole <= batch.from) return;
    batch.lines += countLines(batch.bytes, batch.from, whole);
    batch.from = whole;
  }

  #reject(batch: Batch, at: number, last: boolean, reason: string): void {
    this.#pass(batch, at);
    this.#rest = new Rest(reason);
    this.#rest.scan(batch, last);
  }

  passOver(bytes: Uint8Array, from: number, to: number): number {
    if (this.#rest) return this.#rest.passOver(bytes, from, to);
    this.#over = true;
    return -1;
  }
}
