/** Takes records out of a file that is read once, in the order in which they stand. */
export class RecordReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Undefined where more has to be read. */
  there(at: number, length: number): Buffer | undefined {
    const from = at - this.#start;
    return from >= 0 && from + length <= this.#bytes.length ? this.#bytes.subarray(from, from + length) : undefined;
  }

  /** @throws Error where it ends before the record does, or the record lies behind what was read */
  async take(at: number, length: number): Promise<Buffer> {
    for (;;) {
      const found = this.there(at, length);
      if (found) return found;
      const next = await this.#chunks.next();
      if (next.done || at < this.#start) throw new Error(`a record of lines/index.csv is not at ${at}`);
      const kept = Math.min(Math.max(0, at - this.#start), this.#bytes.length);
      this.#bytes = Buffer.concat([this.#bytes.subarray(kept), next.value]);
      this.#start += kept;
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
