import { type FileHandle, open } from "node:fs/promises";

const WINDOW_BYTES = 1 << 18;

/** Random reads in a file. Small reads are answered from a buffered window, so that thousands of headers need few system calls. */
export class RandomReader {
  readonly size: number;
  readonly #file: FileHandle;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  private constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  static async open(target: string): Promise<RandomReader> {
    const file = await open(target, "r");
    return new RandomReader(file, (await file.stat()).size);
  }

  /** Up to `length` bytes from `position`: fewer only at the end of the file, none beyond it. The buffer is not reused. */
  async read(position: number, length: number): Promise<Buffer> {
    if (position < 0) return Buffer.alloc(0);
    if (length >= WINDOW_BYTES) return this.#fetch(position, length);
    const at = position - this.#start;
    if (at >= 0 && at + length <= this.#window.length) return this.#window.subarray(at, at + length);
    const window = await this.#fetch(position, WINDOW_BYTES);
    this.#window = window;
    this.#start = position;
    return window.subarray(0, length);
  }

  /** The same into an array that is there, from its beginning. */
  async readInto(bytes: Buffer, position: number, length: number): Promise<Buffer> {
    let got = 0;
    while (got < length) {
      const { bytesRead } = await this.#file.read(bytes, got, length - got, position + got);
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    return bytes.subarray(0, got);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #fetch(position: number, length: number): Promise<Buffer> {
    const all = Math.max(0, Math.min(length, this.size - position));
    return this.readInto(Buffer.alloc(all), position, all);
  }
}
