import type { EventRecord } from "../../../../shared/model/event.ts";
import type { Inquiry } from "../../../findings/inquiry.ts";
import type { Dataset } from "../../../query/dataset.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { Contradictions } from "../../contents/contradictions.ts";
import { CLOSE_OBJECT, isAt, LF, MAX_DIGITS, NINE, ZERO } from "../../rows/plain-bytes.ts";
import { wholeLines } from "../../rows/whole-lines.ts";
import { extractPieces, readLines } from "../extract/read-extract.ts";
import { compareRows, NOWHERE, type ReadFrom } from "./compare-rows.ts";

/** Differences that are said. */
const MAX_FAULTS = 8;

/** Where the events of events.jsonl stand, by their order in it: all that is held of them, twelve bytes each. */
class Places {
  length = 0;
  sources = new Uint32Array(1 << 16);
  offsets = new Float64Array(1 << 16);
  /** Of events that share their record with others. */
  readonly parts = new Map<number, number>();

  add({ source, offset, part }: Pick<EventRecord, "source" | "offset" | "part">): void {
    if (this.length === this.sources.length) {
      const [sources, offsets] = [new Uint32Array(this.length * 2), new Float64Array(this.length * 2)];
      sources.set(this.sources);
      offsets.set(this.offsets);
      this.sources = sources;
      this.offsets = offsets;
    }
    this.sources[this.length] = source;
    this.offsets[this.length] = offset;
    if (part !== undefined) this.parts.set(this.length, part);
    this.length += 1;
  }
}

/**
 * events.jsonl and events.csv against the lines read again. The files are read twice: once for the places of the events, by which each finds
 * its own among those read again, and once to compare; no more than a batch of events is held. What is said is in the order of the places.
 * @param contradictions takes those of the calls that count
 * @param order the bundle's source numbers → those of the throw-away case
 * @param from the lines of the bundle, or the originals: these have all calls, each at its place
 */
export async function compareEvents(
  bag: Bag,
  inquiry: Inquiry,
  order: ReadonlyMap<number, number>,
  contradictions: Contradictions,
  from: ReadFrom = "lines",
): Promise<string[]> {
  const { dataset } = inquiry;
  const faults: string[] = [];
  const places = await readPlaces(bag);
  const { length } = places;
  if (from === "lines" && length !== dataset.columns.rows)
    faults.push(`events.jsonl has ${length} events, the lines give ${dataset.columns.rows}`);
  const inOrder = Uint32Array.from({ length }, (_, index) => index).sort(byPlaceIn(places));
  const find = from === "lines" ? positionsAgain : positionsAtPlaces;
  const positions = find(places, inOrder, dataset, order);
  const compare = byPlaceIn(places);
  const found = await compareRows(bag, inquiry, { positions, contradictions, from, most: MAX_FAULTS, compare });
  for (const { texts } of found) if (faults.length < MAX_FAULTS) faults.push(...texts);
  if (from === "lines") faults.push(...(await indexFaults(bag, dataset, inOrder, positions)));
  return faults;
}

/** Each record stands in its file of lines/ where index.csv says. */
async function indexFaults(
  bag: Bag,
  { columns }: Dataset,
  inOrder: Uint32Array,
  positions: Uint32Array,
): Promise<string[]> {
  const faults: string[] = [];
  const [offset, length] = [columns.numbers("offset"), columns.numbers("length")];
  let row = 0;
  for await (const line of readLines(bag, "lines/index.csv")) {
    row += 1;
    if (row === 1) continue;
    const position = positions[inOrder[row - 2] ?? NOWHERE];
    if (position === undefined || position === NOWHERE) continue;
    const cells = line.split(",");
    const [at, bytes] = [Number(cells[1]), Number(cells[5])];
    if (bytes !== length[position] && faults.length < MAX_FAULTS)
      faults.push(`lines/index.csv line ${row} has a record of ${bytes} bytes, and it has ${length[position]}`);
    if (at !== offset[position] && faults.length < MAX_FAULTS)
      faults.push(`lines/index.csv line ${row} has its record at ${at}, and it is at ${offset[position]}`);
  }
  return faults;
}

async function readPlaces(bag: Bag): Promise<Places> {
  const places = new Places();
  const found = { source: 0, offset: 0 };
  for await (const lines of wholeLines(extractPieces(bag, "events.jsonl")))
    for (let from = 0, to = 0; from < lines.length; from = to + 1) {
      const end = lines.indexOf(LF, from);
      to = end < 0 ? lines.length : end;
      if (placeAtEnd(lines, from, to, found)) places.add(found);
      else if (from < to) places.add(JSON.parse(lines.toString("utf8", from, to)) as EventRecord);
    }
  return places;
}

/** With which most lines end, from behind: of a name that stands in a line twice the last one counts. */
const LAST_KEYS = ["length", "offset", "line", "source"].map((key) => Buffer.from(`,"${key}":`));

function placeAtEnd(bytes: Buffer, from: number, to: number, found: { source: number; offset: number }): boolean {
  let at = to - 1;
  if (bytes[at] !== CLOSE_OBJECT) return false;
  const numbers = [0, 0, 0, 0];
  for (let k = 0; k < LAST_KEYS.length; k += 1) {
    const end = at;
    let unit = 1;
    for (let byte = bytes[at - 1] as number; byte >= ZERO && byte <= NINE; byte = bytes[at - 1] as number) {
      numbers[k] = (numbers[k] as number) + (byte - ZERO) * unit;
      unit *= 10;
      at -= 1;
    }
    const key = LAST_KEYS[k] as Buffer;
    if (at === end || end - at > MAX_DIGITS || at - key.length < from || !isAt(bytes, at - key.length, key))
      return false;
    at -= key.length;
  }
  found.source = numbers[3] as number;
  found.offset = numbers[1] as number;
  return true;
}

const byPlaceIn =
  ({ sources, offsets, parts }: Places) =>
  (a: number, b: number): number =>
    (sources[a] as number) - (sources[b] as number) ||
    (offsets[a] as number) - (offsets[b] as number) ||
    (parts.get(a) ?? 0) - (parts.get(b) ?? 0) ||
    a - b;

/** Of each event of events.jsonl the position of its own among those read again: of one source the first is the first. */
function positionsAgain(
  { sources, length }: Places,
  inOrder: Uint32Array,
  dataset: Dataset,
  order: ReadonlyMap<number, number>,
): Uint32Array {
  const again = bySource(dataset);
  const positions = new Uint32Array(length).fill(NOWHERE);
  const compared = new Map<number, number>();
  for (const index of inOrder) {
    const source = order.get(sources[index] as number) ?? -1;
    const at = compared.get(source) ?? 0;
    compared.set(source, at + 1);
    positions[index] = again.get(source)?.[at] ?? NOWHERE;
  }
  return positions;
}

/** Of each event of events.jsonl the position of the one that is read at its offset, as the same part of its record. */
function positionsAtPlaces(
  { sources, offsets, parts, length }: Places,
  inOrder: Uint32Array,
  dataset: Dataset,
  order: ReadonlyMap<number, number>,
): Uint32Array {
  const again = bySource(dataset);
  const positions = new Uint32Array(length).fill(NOWHERE);
  const offset = dataset.columns.numbers("offset");
  const ids = dataset.columns.codes("id");
  const partOf = dataset.caseFile.db.prepare("select part from event_part where id = ?").pluck();
  const reached = new Map<number, number>();
  for (const index of inOrder) {
    const source = order.get(sources[index] as number) ?? -1;
    const list = again.get(source) ?? new Uint32Array();
    const part = parts.get(index);
    let at = reached.get(source) ?? 0;
    const isBefore = (position: number) =>
      (offset[position] as number) < (offsets[index] as number) ||
      (part !== undefined && offset[position] === offsets[index] && partOf.get(ids[position]) !== part);
    while (at < list.length && isBefore(list[at] as number)) at += 1;
    reached.set(source, at);
    if (at < list.length && offset[list[at] as number] === offsets[index]) positions[index] = list[at] as number;
  }
  return positions;
}

/** The positions of each source's events in the order of their records, and of the calls in one. Positions themselves are in time order. */
function bySource({ columns }: Dataset): Map<number, Uint32Array> {
  const source = columns.codes("source");
  const offset = columns.numbers("offset");
  const id = columns.codes("id");
  const counts = new Map<number, number>();
  for (let p = 0; p < columns.rows; p += 1) counts.set(source[p] as number, (counts.get(source[p] as number) ?? 0) + 1);
  const lists = new Map([...counts].map(([each, count]) => [each, new Uint32Array(count)]));
  const filled = new Map<number, number>();
  for (let p = 0; p < columns.rows; p += 1) {
    const at = filled.get(source[p] as number) ?? 0;
    (lists.get(source[p] as number) as Uint32Array)[at] = p;
    filled.set(source[p] as number, at + 1);
  }
  for (const list of lists.values())
    list.sort((a, b) => (offset[a] as number) - (offset[b] as number) || (id[a] as number) - (id[b] as number));
  return lists;
}
