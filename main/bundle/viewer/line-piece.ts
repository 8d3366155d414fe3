import type { WrittenLines } from "../../../shared/viewer/data.ts";
import { mostPacked, packLz4 } from "./lz4.ts";
import { Steps } from "./steps.ts";

const MAX_RECORDS = 4096;
/** A record that is longer has a piece of its own. */
const MAX_BYTES = 1 << 21;

export interface PackedPiece {
  readonly lines: WrittenLines;
  /** They hold until the next piece is asked for. */
  readonly bytes: readonly Buffer[];
}

/** Records of a source, as they are gathered for one file. The same room serves for one piece after the other. */
export class LinePiece {
  records = 0;
  #source = 0;
  #first = 0;
  #text = Buffer.allocUnsafeSlow(MAX_BYTES);
  #filled = 0;
  #packed = Buffer.allocUnsafeSlow(mostPacked(MAX_BYTES));
  readonly #offsets = new Steps();
  readonly #ends = new Steps();

  hasRoomFor(text: Uint8Array): boolean {
    return this.records === 0 || (this.records < MAX_RECORDS && this.#filled + text.length <= MAX_BYTES);
  }

  add(source: number, offset: number, text: Uint8Array): void {
    if (this.records === 0) {
      this.#source = source;
      this.#first = offset;
      this.#offsets.begin(offset);
      this.#ends.begin(0);
      if (text.length > this.#text.length) this.#text = Buffer.allocUnsafeSlow(text.length);
    }
    this.#text.set(text, this.#filled);
    this.#filled += text.length;
    this.#offsets.put(offset);
    this.#ends.put(this.#filled);
    this.records += 1;
  }

  take(): PackedPiece {
    const size = this.#filled;
    if (mostPacked(size) > this.#packed.length) this.#packed = Buffer.allocUnsafeSlow(mostPacked(size));
    const packed = packLz4(this.#text.subarray(0, size), this.#packed);
    const { records } = this;
    this.#filled = 0;
    this.records = 0;
    return {
      lines: { source: this.#source, records, first: this.#first, offsets: 0, ends: 1, text: 2, size },
      bytes: [this.#offsets.bytes, this.#ends.bytes, this.#packed.subarray(0, packed)],
    };
  }
}
