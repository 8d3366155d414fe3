import { LF, QUOTE } from "./plain-bytes.ts";

const BOM = "\uFEFF";
/** Unless the file ends, so much is there to be looked at: most records are far shorter. */
const LEAST_BYTES = 1 << 16;

/** A CSV: its records one after the other, or its bytes for whoever looks at them there. */
export class ByteRecords {
  bytes: Buffer = Buffer.alloc(0);
  /** Where the next record begins. */
  at = 0;
  #isOver = false;
  #isFirst = true;
  readonly #pieces: AsyncIterator<Buffer>;

  constructor(file: AsyncIterable<Buffer>) {
    this.#pieces = file[Symbol.asyncIterator]();
  }

  /** `fill` is to be called before anything is looked at. */
  get isLow(): boolean {
    return !this.#isOver && this.bytes.length - this.at < LEAST_BYTES;
  }

  async fill(): Promise<void> {
    while (this.isLow) await this.#more();
  }

  /** At least as much again as there is: a record without end is not copied for each piece of it. */
  async #more(): Promise<void> {
    const parts = [this.bytes.subarray(this.at)];
    const wanted = 2 * (this.bytes.length - this.at);
    for (let length = this.bytes.length - this.at; length <= wanted; ) {
      const piece = await this.#pieces.next();
      if (piece.done) {
        this.#isOver = true;
        break;
      }
      parts.push(Buffer.from(piece.value));
      length += piece.value.length;
    }
    this.bytes = Buffer.concat(parts);
    this.at = 0;
  }

  /** The next record, without its line end. Undefined at the end of the file. */
  async take(): Promise<string | undefined> {
    let end = this.#end();
    for (; end < 0 && !this.#isOver; end = this.#end()) await this.#more();
    if (end < 0) end = this.bytes.length;
    if (this.at === this.bytes.length) return undefined;
    const text = this.bytes.toString("utf8", this.at, end);
    this.at = Math.min(end + 1, this.bytes.length);
    const isMarked = this.#isFirst && text.startsWith(BOM);
    this.#isFirst = false;
    return isMarked ? text.slice(1) : text;
  }

  /** Where the line ends that ends the record: line breaks inside quotes belong to it. -1 where it is not there. */
  #end(): number {
    const { bytes } = this;
    let isOpen = false;
    for (let at = this.at; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) isOpen = !isOpen;
      else if (byte === LF && !isOpen) return at;
    }
    return -1;
  }

  /** Ends the reading where not all was taken. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
