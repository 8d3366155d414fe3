import type { Dataset } from "../../../query/dataset.ts";
import { Pieces } from "../../../query/results/piece-file.ts";
import { writeEvents } from "../../../query/results/write-events.ts";
import { LF } from "../../rows/plain-bytes.ts";
import type { RowPair } from "../../rows/row-pair.ts";

/** Lines that are there at a time, some ten megabytes. */
const LINES_AT_ONCE = 1 << 14;
const SOURCE = Buffer.from(',"source":');
const DUPLICATE = Buffer.from(',"duplicate":true');

/**
 * Events read again, as the bytes of the lines that events.jsonl would have for them: where the bytes are the same, the values
 * are, and nothing is made of either.
 */
export class LinesAgain {
  readonly #dataset: Dataset;
  readonly #positions: Uint32Array;
  readonly #nowhere: number;
  #bytes = Buffer.allocUnsafeSlow(1 << 20);
  #filled = 0;
  #first = 0;
  #count = 0;
  /** Where the line of each begins, by its number from the first; that of an event that is nowhere is empty. */
  readonly #starts = new Uint32Array(LINES_AT_ONCE + 1);

  /** @param nowhere the position that is none */
  constructor(dataset: Dataset, positions: Uint32Array, nowhere: number) {
    this.#dataset = dataset;
    this.#positions = positions;
    this.#nowhere = nowhere;
  }

  static holdParts({ caseFile: { db } }: Dataset): boolean {
    return db.prepare("select 1 from event_part limit 1").get() !== undefined;
  }

  has(index: number): boolean {
    return index >= this.#first && index < this.#first + this.#count;
  }

  /** Makes the lines of the events from this one on. */
  read(index: number): void {
    const some = this.#positions.subarray(index, index + LINES_AT_ONCE);
    this.#first = index;
    // Whoever asks for more than there are gets none.
    this.#count = LINES_AT_ONCE;
    this.#filled = 0;
    const json = new Pieces((bytes) => this.#add(bytes));
    writeEvents(
      this.#dataset,
      some.filter((position) => position !== this.#nowhere),
      { json, csv: new Pieces(() => {}) },
      { caller: true, part: false, own: (value) => value, before: () => {}, behind: () => {} },
    );
    json.flush();
    let at = 0;
    for (let k = 0; k < LINES_AT_ONCE; k += 1) {
      this.#starts[k] = at;
      if (k < some.length && some[k] !== this.#nowhere) at = this.#bytes.indexOf(LF, at) + 1;
    }
    this.#starts[LINES_AT_ONCE] = at;
  }

  /** Whether the line of the pair says the same of this call: all but its place, what it repeats and its labels, which it has none of. */
  isSame(index: number, pair: RowPair): boolean {
    const k = index - this.#first;
    const [start, end] = [this.#starts[k] as number, this.#starts[k + 1] as number];
    const bytes = this.#bytes;
    // Inside a text a quote has a backslash before it, so that this is a key.
    let to = bytes.indexOf(SOURCE, start);
    if (to < 0 || to >= end) return false;
    const before = to - DUPLICATE.length;
    if (before >= start && bytes.compare(DUPLICATE, 0, DUPLICATE.length, before, to) === 0) to = before;
    const { lineStart, valuesEnd } = pair;
    return valuesEnd - lineStart === to - start && pair.json.compare(bytes, start, to, lineStart, valuesEnd) === 0;
  }

  #add(bytes: Uint8Array): void {
    const filled = this.#filled + bytes.length;
    if (filled > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * filled);
      this.#bytes.copy(larger, 0, 0, this.#filled);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#filled);
    this.#filled = filled;
  }
}
