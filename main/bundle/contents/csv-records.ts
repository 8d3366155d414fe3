/** The records of a CSV of the extract, from the batches of its lines, as they are written; line breaks inside quotes belong to their record. */
export class CsvRecords {
  readonly #batches: AsyncGenerator<string[]>;
  #records: string[] = [];
  #next = 0;
  /** A record whose quotes are not closed yet. */
  #open: string | undefined;

  constructor(batches: AsyncGenerator<string[]>) {
    this.#batches = batches;
  }

  /** Reads on until so many records can be taken, or all. */
  async fill(count: number): Promise<void> {
    if (this.#records.length - this.#next >= count) return;
    this.#records = this.#records.slice(this.#next);
    this.#next = 0;
    while (this.#records.length < count) {
      const batch = await this.#batches.next();
      if (batch.done) {
        if (this.#open !== undefined) this.#records.push(this.#open);
        this.#open = undefined;
        return;
      }
      for (const line of batch.value) this.#add(line);
    }
  }

  /** Undefined at the end, and where no more was filled. */
  take(): string | undefined {
    return this.#records[this.#next++];
  }

  #add(line: string): void {
    let isOpen = this.#open !== undefined;
    for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) isOpen = !isOpen;
    const record = this.#open === undefined ? line : `${this.#open}\n${line}`;
    if (isOpen) this.#open = record;
    else {
      this.#records.push(record);
      this.#open = undefined;
    }
  }

  /** Ends the reading where not all was taken. */
  async close(): Promise<void> {
    await this.#batches.return(undefined);
  }
}
