import type { EventRecord } from "../../../../shared/model/event.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { readLineBatches } from "./read-extract.ts";

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

const MAX_FAULTS = 8;

/** Where all calls of a bundle stand: twenty bytes each. */
export class Places {
  readonly #bySource = new Map<number, PlacesOfSource>();

  add({ source, line, offset, length }: EventRecord): void {
    let places = this.#bySource.get(source);
    if (!places) {
      places = new PlacesOfSource();
      this.#bySource.set(source, places);
    }
    places.add(line, offset, length);
  }

  /**
   * lines/index.csv has a row for each call, by source and offset, and no other; each record has its place in its file of
   * lines/, none in another's.
   */
  async indexFaults(bag: Bag): Promise<string[]> {
    const faults: string[] = [];
    const sources = [...this.#bySource].sort((a, b) => a[0] - b[0]);
    let [of, at, row] = [0, 0, 0];
    let inOrder = sources[0]?.[1].inOrder();
    let end = 0;
    let before = { at: -1, offset: -1 };
    const fault = (sentence: string) => void (faults.length < MAX_FAULTS && faults.push(sentence));
    for await (const lines of readLineBatches(bag, "lines/index.csv")) {
      for (const line of lines) {
        row += 1;
        if (row === 1) {
          if (line !== "file,at,source,line,offset,length") fault("lines/index.csv does not begin with its header");
          continue;
        }
        const [source, places] = sources[of] ?? [];
        if (source === undefined || places === undefined) {
          fault(`lines/index.csv line ${row} is of no call of events.jsonl`);
          continue;
        }
        const place = inOrder ? (inOrder[at] as number) : at;
        const [offset, length] = [places.offsets[place] as number, places.lengths[place] as number];
        const name = `source-${source}.txt`;
        const second = line.indexOf(",", name.length + 1);
        const said = Number(line.slice(name.length + 1, second));
        if (
          !line.startsWith(`${name},`) ||
          line.slice(second + 1) !== `${source},${places.lines[place]},${offset},${length}`
        )
          fault(`lines/index.csv line ${row} is not the place of the call at offset ${offset} of source ${source}`);
        else if (offset === before.offset ? said !== before.at : !(said >= end))
          fault(`lines/index.csv line ${row} has its record at ${said}, within another`);
        else if (said + length > (bag.files.sizes.get(`data/extract/lines/${name}`) ?? 0))
          fault(`lines/index.csv line ${row} has its record at ${said}, behind the end of lines/${name}`);
        end = said + length;
        before = { at: said, offset };
        at += 1;
        if (at === places.length) {
          [of, at, end] = [of + 1, 0, 0];
          before = { at: -1, offset: -1 };
          inOrder = sources[of]?.[1].inOrder();
        }
      }
    }
    if (of < sources.length)
      fault(`lines/index.csv ends before the calls of source ${sources[of]?.[0]} that events.jsonl has`);
    const known = new Set(sources.map(([source]) => `data/extract/lines/source-${source}.txt`));
    for (const name of bag.files.sizes.keys())
      if (/^data\/extract\/lines\/source-/u.test(name) && !known.has(name))
        fault(`${name.slice("data/extract/".length)} holds lines of no call of events.jsonl`);
    return faults;
  }
}
