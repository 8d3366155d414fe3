import type { Bag } from "../../bag/load-bag.ts";
import { isAt, LF, wholeNumbers } from "../../rows/plain-bytes.ts";
import { wholeLines } from "../../rows/whole-lines.ts";
import { extractPieces } from "../extract/read-extract.ts";

/** Where the calls of a source stand in its original. */
class PlacesOfSource {
  length = 0;
  lines = new Uint32Array(1 << 10);
  offsets = new Float64Array(1 << 10);
  lengths = new Float64Array(1 << 10);
  #isSorted = true;

  add(line: number, offset: number, length: number): void {
    if (this.length === this.lines.length) {
      this.lines = grown(this.lines, new Uint32Array(this.length * 2));
      this.offsets = grown(this.offsets, new Float64Array(this.length * 2));
      this.lengths = grown(this.lengths, new Float64Array(this.length * 2));
    }
    if (this.length > 0 && offset < (this.offsets[this.length - 1] as number)) this.#isSorted = false;
    this.lines[this.length] = line;
    this.offsets[this.length] = offset;
    this.lengths[this.length] = length;
    this.length += 1;
  }

  /** In the order of the file, which is that of time in most. */
  inOrder(): Uint32Array | undefined {
    if (this.#isSorted) return undefined;
    return Uint32Array.from({ length: this.length }, (_, at) => at).sort(
      (a, b) => (this.offsets[a] as number) - (this.offsets[b] as number),
    );
  }
}

function grown<T extends Uint32Array | Float64Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/** Where all calls of a bundle stand: twenty bytes each. */
export class Places {
  readonly #bySource = new Map<number, PlacesOfSource>();

  add(source: number, line: number, offset: number, length: number): void {
    let places = this.#bySource.get(source);
    if (!places) {
      places = new PlacesOfSource();
      this.#bySource.set(source, places);
    }
    places.add(line, offset, length);
  }

  clear(): void {
    this.#bySource.clear();
  }

  /** What is wrong with lines/index.csv and the files that it names. */
  async indexFaults(bag: Bag): Promise<string[]> {
    const sources = [...this.#bySource].sort((a, b) => a[0] - b[0]);
    const check = new IndexCheck(bag, sources);
    for await (const bytes of wholeLines(extractPieces(bag, "lines/index.csv")))
      for (let from = 0; from < bytes.length; ) {
        const end = bytes.indexOf(LF, from);
        const to = end < 0 ? bytes.length : end;
        check.add(bytes, from, to);
        from = to + 1;
      }
    check.end();
    const known = new Set(sources.map(([source]) => `data/extract/lines/source-${source}.txt`));
    for (const name of bag.files.sizes.keys())
      if (/^data\/extract\/lines\/source-/u.test(name) && !known.has(name))
        check.fault(`${name.slice("data/extract/".length)} holds lines of no call of events.jsonl`);
    return check.faults;
  }
}

const MAX_FAULTS = 8;

/**
 * lines/index.csv has a row for each call, by source and offset, and no other; each record has its place in its file of
 * lines/, none in another's. Rows are looked at as bytes: there may be a million, and nothing but numbers is in them.
 */
class IndexCheck {
  readonly faults: string[] = [];
  readonly #bag: Bag;
  readonly #sources: readonly (readonly [number, PlacesOfSource])[];
  #row = 0;
  #of = -1;
  /** Calls of this source that had their row. */
  #done = 0;
  #inOrder: Uint32Array | undefined;
  /** With which the rows of this source begin, and how long its file is. */
  #name: Uint8Array = new Uint8Array();
  #size = 0;
  #end = 0;
  #before = { at: -1, offset: -1 };
  readonly #cells = new Float64Array(5);

  constructor(bag: Bag, sources: readonly (readonly [number, PlacesOfSource])[]) {
    this.#bag = bag;
    this.#sources = sources;
    this.#next();
  }

  fault(sentence: string): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push(sentence);
  }

  #next(): void {
    this.#of += 1;
    [this.#done, this.#end] = [0, 0];
    this.#before = { at: -1, offset: -1 };
    const [source, places] = this.#sources[this.#of] ?? [];
    this.#inOrder = places?.inOrder();
    this.#name = Buffer.from(`source-${source}.txt,`);
    this.#size = this.#bag.files.sizes.get(`data/extract/lines/source-${source}.txt`) ?? 0;
  }

  add(bytes: Buffer, from: number, to: number): void {
    this.#row += 1;
    if (this.#row === 1) {
      if (bytes.toString("latin1", from, to) !== "file,at,source,line,offset,length")
        this.fault("lines/index.csv does not begin with its header");
      return;
    }
    const [source, places] = this.#sources[this.#of] ?? [];
    if (source === undefined || places === undefined) {
      this.fault(`lines/index.csv line ${this.#row} is of no call of events.jsonl`);
      return;
    }
    const place = this.#inOrder ? (this.#inOrder[this.#done] as number) : this.#done;
    const [offset, length] = [places.offsets[place] as number, places.lengths[place] as number];
    const cells = this.#cells;
    const isRead = isAt(bytes, from, this.#name) && wholeNumbers(bytes, from + this.#name.length, to, cells);
    const at = isRead ? (cells[0] as number) : Number.NaN;
    const before = this.#before;
    if (
      !isRead ||
      cells[1] !== source ||
      cells[2] !== places.lines[place] ||
      cells[3] !== offset ||
      cells[4] !== length
    )
      this.fault(
        `lines/index.csv line ${this.#row} is not the place of the call at offset ${offset} of source ${source}`,
      );
    else if (offset === before.offset ? at !== before.at : !(at >= this.#end))
      this.fault(`lines/index.csv line ${this.#row} has its record at ${at}, within another`);
    else if (at + length > this.#size)
      this.fault(
        `lines/index.csv line ${this.#row} has its record at ${at}, behind the end of lines/source-${source}.txt`,
      );
    this.#end = at + length;
    before.at = at;
    before.offset = offset;
    this.#done += 1;
    if (this.#done === places.length) this.#next();
  }

  end(): void {
    const [source] = this.#sources[this.#of] ?? [];
    if (source !== undefined)
      this.fault(`lines/index.csv ends before the calls of source ${source} that events.jsonl has`);
  }
}
