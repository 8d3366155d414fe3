import { idKey } from "../../../../shared/base/same-id.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import type { Inquiry } from "../../../findings/inquiry.ts";
import type { Dataset } from "../../../query/dataset.ts";
import { eventsAt } from "../../../query/results/events.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { Contradictions } from "../../contents/contradictions.ts";
import { CsvRecords } from "../../contents/csv-records.ts";
import { columnsOfTable, type Said, saidOf, tableLine } from "../../contents/event-table.ts";
import { differences } from "../extract/differences.ts";
import { readLineBatches, readLines } from "../extract/read-extract.ts";

/** Differences that are said. */
const MAX_FAULTS = 8;
/** Events that are held at a time. */
const EVENTS_AT_ONCE = 1000;
/** Stands for an event that the lines do not give. */
const NOWHERE = 0xffff_ffff;

/** Where the events of events.jsonl stand, by their order in it: all that is held of them, twelve bytes each. */
class Places {
  length = 0;
  sources = new Uint32Array(1 << 16);
  offsets = new Float64Array(1 << 16);
  /** Of events that share their record with others. */
  readonly parts = new Map<number, number>();

  add({ source, offset, part }: EventRecord): void {
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

/** The originals hold all calls, the lines those of the bundle. */
type ReadFrom = "lines" | "originals";

interface Comparing {
  readonly places: Places;
  readonly positions: Uint32Array;
  readonly contradictions: Contradictions;
  readonly from: ReadFrom;
}

/** A difference, by the place of its event in the originals. */
interface Fault {
  readonly index: number;
  readonly texts: readonly string[];
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
  for (const { texts } of await compareEach(bag, inquiry, { places, positions, contradictions, from }))
    if (faults.length < MAX_FAULTS) faults.push(...texts);
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
  for await (const event of readEvents(bag)) places.add(event);
  return places;
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

/** The first differences, by place. A row of events.csv is its event of events.jsonl, with what the rules say of it worked out anew. */
async function compareEach(
  bag: Bag,
  inquiry: Inquiry,
  { places, positions, contradictions, from: readFrom }: Comparing,
): Promise<Fault[]> {
  const compare = byPlaceIn(places);
  const csv = new CsvRecords(readLineBatches(bag, "events.csv"));
  await csv.fill(1);
  const columns = columnsOfTable(csv.take() ?? "");
  if (!columns) throw new Error("events.csv does not begin with its header");
  let found: Fault[] = [];
  let batch: { event: EventRecord; row: string | undefined }[] = [];
  let from = 0;
  const compareBatch = () => {
    const there = positions.slice(from, from + batch.length).filter((position) => position !== NOWHERE);
    const again = eventsAt(inquiry.dataset, there);
    for (const [at, { event, row }] of batch.entries()) {
      const index = from + at;
      const position = positions[index] as number;
      const own = position === NOWHERE ? undefined : again.next().value?.event;
      const texts = differences(bare(event, readFrom), own ? bare(own, readFrom) : undefined).map(
        (text) =>
          `events.jsonl line ${index + 1}: ${text} from its ${readFrom === "lines" ? "original line" : "original"}`,
      );
      const said = own && saidOf(inquiry, position);
      if (said?.counted) contradictions.add(index + 1, event);
      if (said && !isRow(row, said, (each) => tableLine(index + 1, event, each, columns)))
        texts.push(`events.csv row ${index + 1} is not the event of events.jsonl line ${index + 1}`);
      if (texts.length > 0) found.push({ index, texts });
    }
    if (found.length > MAX_FAULTS) found = found.sort((a, b) => compare(a.index, b.index)).slice(0, MAX_FAULTS);
    from += batch.length;
    batch = [];
  };
  for await (const event of readEvents(bag)) {
    if (batch.length === 0) await csv.fill(EVENTS_AT_ONCE);
    if (batch.push({ event, row: csv.take() }) === EVENTS_AT_ONCE) compareBatch();
  }
  compareBatch();
  await csv.close();
  return found.sort((a, b) => compare(a.index, b.index));
}

/** An id is shown as the case first met it, maybe in a call that is not here. */
function isRow(row: string | undefined, said: Said, lineOf: (said: Said) => string): boolean {
  const again = lineOf(said).trimEnd();
  if (row === again) return true;
  const id = said.developer_id.replace(/^(?:app|name):/u, "").toUpperCase();
  return idKey(id) !== id && row?.toLowerCase() === again.toLowerCase();
}

async function* readEvents(bag: Bag): AsyncGenerator<EventRecord> {
  for await (const line of readLines(bag, "events.jsonl")) if (line !== "") yield JSON.parse(line) as EventRecord;
}

/** What only the whole case knows of an event: its position, its tags and its notes. */
const POSITION_KEYS = ["source", "line", "offset", "length", "tags", "notes"] as const;
/** What no original knows of it. */
const LABEL_KEYS = ["source", "tags", "notes"] as const;

function bare(event: EventRecord, from: ReadFrom): Record<string, unknown> {
  const rest: Record<string, unknown> = { ...event };
  for (const key of from === "lines" ? POSITION_KEYS : LABEL_KEYS) delete rest[key];
  // The same record was in another export: what that export holds is not in the bundle.
  if (from === "lines") delete rest.duplicate;
  // Shown as the case first met it, which may be in a call that is not here.
  if (event.developer !== undefined) rest.developer = idKey(event.developer);
  return rest;
}
