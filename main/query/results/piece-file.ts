import fs from "node:fs";
import { writeAll } from "../../platform/files.ts";

const PIECE_BYTES = 1 << 20;
/** A UTF-16 unit has at most so many bytes as UTF-8. */
const BYTES_OF_UNIT = 3;
/** From here on the engine's own copying is faster than a loop. */
const LONG_BYTES = 64;
const MAX_DIGITS = 16;
const ZERO = 48;

/** Text that is written in small pieces. They are gathered as bytes: long texts that grow piece by piece cost memory, and time. */
export class Pieces {
  /** What is gathered is given away from 0 to `filled`, before there is no more room. */
  readonly buffer: Buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  filled = 0;
  #flushed = 0;
  readonly #take: (bytes: Uint8Array) => void;

  /** @param take the bytes are not the same any more once it has returned */
  constructor(take: (bytes: Uint8Array) => void) {
    this.#take = take;
  }

  /** Bytes that were given to it. */
  get size(): number {
    return this.#flushed + this.filled;
  }

  /** Whether so many can be put into the buffer now: more than it holds never can. */
  hasRoom(bytes: number): boolean {
    if (this.filled + bytes > PIECE_BYTES) this.flush();
    return bytes <= PIECE_BYTES;
  }

  write(piece: string | Uint8Array): void {
    const isText = typeof piece === "string";
    if (this.hasRoom(isText ? piece.length * BYTES_OF_UNIT : piece.length)) {
      if (isText) this.filled += this.buffer.write(piece, this.filled);
      else this.bytes(piece, 0, piece.length);
      return;
    }
    const bytes = isText ? Buffer.from(piece, "utf8") : piece;
    this.#take(bytes);
    this.#flushed += bytes.length;
  }

  byte(byte: number): void {
    if (this.filled === PIECE_BYTES) this.flush();
    this.buffer[this.filled] = byte;
    this.filled += 1;
  }

  /** Those of a part of an array, which is no longer than a piece. */
  bytes(of: Uint8Array, from: number, to: number): void {
    const length = to - from;
    if (this.filled + length > PIECE_BYTES) this.flush();
    const [buffer, at] = [this.buffer, this.filled];
    if (length > LONG_BYTES) buffer.set(of.subarray(from, to), at);
    else for (let k = 0; k < length; k += 1) buffer[at + k] = of[from + k] as number;
    this.filled = at + length;
  }

  /** As `String` writes it. */
  number(value: number): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER && Number.isInteger(value))) {
      this.write(String(value));
      return;
    }
    if (this.filled + MAX_DIGITS > PIECE_BYTES) this.flush();
    const { buffer } = this;
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits += 1;
    let rest = value;
    for (let at = this.filled + digits - 1; at >= this.filled; at -= 1) {
      // Only small numbers are divided as whole ones, which is far faster.
      const next = rest < 0x7fffffff ? (rest / 10) | 0 : Math.floor(rest / 10);
      buffer[at] = ZERO + (rest - next * 10);
      rest = next;
    }
    this.filled += digits;
  }

  flush(): void {
    if (this.filled > 0) this.#take(this.buffer.subarray(0, this.filled));
    this.#flushed += this.filled;
    this.filled = 0;
  }
}

/** A new file that is written so, text as UTF-8. */
export class PieceFile extends Pieces {
  readonly #descriptor: number;

  constructor(file: string) {
    const descriptor = fs.openSync(file, "wx");
    super((bytes) => writeAll(descriptor, bytes));
    this.#descriptor = descriptor;
  }

  close(): void {
    try {
      this.flush();
    } finally {
      fs.closeSync(this.#descriptor);
    }
  }
}
