import fs from "node:fs";

/** Bytes read at once, so that neighbouring records need one call. */
const WINDOW_BYTES = 1 << 17;

/** The uncompressed bytes of a source, at any offset. Close it after use. */
export interface Original {
  readonly bytes: number;
  /** Shorter where the content ends before. */
  read(offset: number, length: number): Buffer;
  close(): void;
}

/** Reads records that mostly follow one another: a piece at a time instead of a line at a time. */
export class Windowed {
  readonly #original: Original;
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(original: Original) {
    this.#original = original;
  }

  /** Valid as long as the caller keeps it. The bytes are never overwritten. */
  read(offset: number, length: number): Buffer {
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      this.#bytes = this.#original.read(offset, Math.max(length, WINDOW_BYTES));
      this.#start = offset;
    }
    return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
  }

  close(): void {
    this.#original.close();
  }
}

export function openFile(file: string): Original {
  const fd = fs.openSync(file, "r");
  return {
    bytes: fs.fstatSync(fd).size,
    read(offset, length) {
      const bytes = Buffer.allocUnsafe(length);
      let at = 0;
      while (at < length) {
        const got = fs.readSync(fd, bytes, at, length - at, offset + at);
        if (got === 0) break;
        at += got;
      }
      return bytes.subarray(0, at);
    },
    close: () => fs.closeSync(fd),
  };
}

/** A part of something. Closing it leaves what it is a part of open. */
export const sliceOf = (
  outer: Original,
  { offset: start, length: bytes }: { offset: number; length: number },
): Original => ({
  bytes,
  read: (offset, length) => outer.read(start + offset, Math.max(0, Math.min(length, bytes - offset))),
  close: () => undefined,
});
