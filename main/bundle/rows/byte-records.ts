import { LF, QUOTE } from "./plain-bytes.ts";

const BOM = "\uFEFF";
/** Unless the file ends, so much is there to be looked at: most records are far shorter. */
const LEAST_BYTES = 1 << 16;
const FIRST_BYTES = 1 << 19;

/** A CSV: its records one after the other, or its bytes for whoever looks at them there. */
export class ByteRecords {
  /** As far as they are there. They hold until more are read. */
  bytes: Buffer = Buffer.alloc(0);
  /** Where the next record begins. */
  at = 0;
  #room = Buffer.allocUnsafeSlow(FIRST_BYTES);
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

  async #more(): Promise<void> {
    const piece = await this.#pieces.next();
    if (piece.done) {
      this.#isOver = true;
      return;
    }
    const left = this.bytes.length - this.at;
    const end = left + piece.value.length;
    // A record without end is not copied for each piece of it.
    const room = end > this.#room.length ? Buffer.allocUnsafeSlow(2 * end) : this.#room;
    if (room !== this.#room || this.at > 0) this.bytes.copy(room, 0, this.at);
    piece.value.copy(room, left);
    this.#room = room;
    this.bytes = room.subarray(0, end);
    this.at = 0;
  }

  /** The next record, without its line end. Undefined at the end of the file. Line breaks inside quotes belong to it. */
  async take(): Promise<string | undefined> {
    let isOpen = false;
    /** Bytes of the record that were looked at, from its beginning. */
    let length = 0;
    for (;;) {
      const byte = this.bytes[this.at + length];
      if (byte === undefined) {
        if (this.#isOver) break;
        await this.#more();
        continue;
      }
      if (byte === QUOTE) isOpen = !isOpen;
      else if (byte === LF && !isOpen) break;
      length += 1;
    }
    if (this.at === this.bytes.length) return undefined;
    const end = this.at + length;
    const text = this.bytes.toString("utf8", this.at, end);
    this.at = Math.min(end + 1, this.bytes.length);
    const isMarked = this.#isFirst && text.startsWith(BOM);
    this.#isFirst = false;
    return isMarked ? text.slice(1) : text;
  }

  /** Ends the reading where not all was taken. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
