import { idKey } from "../../../../shared/base/same-id.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import type { Inquiry } from "../../../findings/inquiry.ts";
import { eventsAt } from "../../../query/results/events.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { Contradictions } from "../../contents/contradictions.ts";
import { type Said, SaidCells, saidOf, tableColumns, tableLine } from "../../contents/event-table.ts";
import type { RowPair } from "../../rows/row-pair.ts";
import type { SaidRow } from "../../rows/said-rows.ts";
import { type RowTaker, walkRows } from "../../rows/walk-rows.ts";
import { differences } from "../extract/differences.ts";
import { extractPieces } from "../extract/read-extract.ts";
import { LinesAgain } from "./lines-again.ts";

/** Stands for an event that the lines do not give. */
export const NOWHERE = 0xffff_ffff;

/** Events that are compared one by one, at a time. */
const EVENTS_AT_ONCE = 1000;

/** The originals hold all calls, the lines those of the bundle. */
export type ReadFrom = "lines" | "originals";

interface Comparing {
  /** Of each event of events.jsonl the position of its own among those read again, or NOWHERE. */
  readonly positions: Uint32Array;
  readonly contradictions: Contradictions;
  readonly from: ReadFrom;
  /** Faults that are told: the first ones. */
  readonly most: number;
  readonly compare: (a: number, b: number) => number;
}

/** A difference, by the number of its event in events.jsonl, from 0. */
interface Fault {
  readonly index: number;
  readonly texts: readonly string[];
}

/** The first differences, in the order of `compare`. A row of events.csv is its event of events.jsonl, with what the rules say of it worked out anew. */
export async function compareRows(bag: Bag, inquiry: Inquiry, comparing: Comparing): Promise<Fault[]> {
  const rows = new RowCompare(inquiry, comparing);
  for await (const _ of walkRows(extractPieces(bag, "events.jsonl"), extractPieces(bag, "events.csv"), rows))
    rows.prepare();
  return rows.end();
}

interface Waiting {
  readonly index: number;
  readonly event: EventRecord;
  readonly row: string | undefined;
  readonly columns: readonly string[];
}

/** Most rows are compared as bytes. The others wait until there are many, and are compared value by value. */
class RowCompare implements RowTaker {
  #index = 0;
  #found: Fault[] = [];
  #waiting: Waiting[] = [];
  readonly #inquiry: Inquiry;
  readonly #comparing: Comparing;
  readonly #cells: SaidCells;
  readonly #again: LinesAgain | undefined;

  constructor(inquiry: Inquiry, comparing: Comparing) {
    this.#inquiry = inquiry;
    this.#comparing = comparing;
    this.#cells = new SaidCells(inquiry);
    // Of an original each row has its place too, and of a record with several calls its part.
    const isPlain = comparing.from === "lines" && !LinesAgain.holdParts(inquiry.dataset);
    this.#again = isPlain ? new LinesAgain(inquiry.dataset, comparing.positions, NOWHERE) : undefined;
    this.prepare();
  }

  get isFull(): boolean {
    return this.#waiting.length >= EVENTS_AT_ONCE || this.#again?.has(this.#index) === false;
  }

  prepare(): void {
    if (this.#waiting.length >= EVENTS_AT_ONCE) this.#compareWaiting();
    if (this.#again?.has(this.#index) === false) this.#again.read(this.#index);
  }

  plain(pair: RowPair, _: SaidRow, csv: Buffer, rowEnd: number): void {
    const index = this.#index;
    const position = this.#comparing.positions[index] as number;
    const isSame =
      position !== NOWHERE &&
      this.#again?.isSame(index, pair) === true &&
      isText(csv, pair.saidAt, rowEnd, this.#cells.of(position));
    if (!isSame) {
      const line = pair.json.toString("utf8", pair.lineStart, pair.lineEnd);
      this.other(line, csv.toString("utf8", pair.rowStart, rowEnd), pair.columns);
      return;
    }
    this.#index += 1;
    if (this.#cells.counts(position)) this.#comparing.contradictions.add(index + 1, pair.counted);
  }

  other(line: string, row: string | undefined, columns: readonly (keyof EventRecord)[]): void {
    const event = JSON.parse(line) as EventRecord;
    const index = this.#index;
    const position = this.#comparing.positions[index] as number;
    if (position !== NOWHERE && this.#cells.counts(position)) this.#comparing.contradictions.add(index + 1, event);
    this.#index += 1;
    const table = tableColumns(new Set((["caller", "part"] as const).filter((each) => columns.includes(each))));
    this.#waiting.push({ index, event, row, columns: table });
  }

  end(): Fault[] {
    this.#compareWaiting();
    return this.#first();
  }

  #first(): Fault[] {
    const { compare, most } = this.#comparing;
    return this.#found.sort((a, b) => compare(a.index, b.index)).slice(0, most + 1);
  }

  #compareWaiting(): void {
    const { positions, from } = this.#comparing;
    const there = this.#waiting.map(({ index }) => positions[index] as number).filter((each) => each !== NOWHERE);
    const again = eventsAt(this.#inquiry.dataset, there);
    for (const { index, event, row, columns } of this.#waiting) {
      const position = positions[index] as number;
      const own = position === NOWHERE ? undefined : again.next().value?.event;
      const texts = differences(bare(event, from), own ? bare(own, from) : undefined).map(
        (text) => `events.jsonl line ${index + 1}: ${text} from its ${from === "lines" ? "original line" : "original"}`,
      );
      const said = own && saidOf(this.#inquiry, position);
      if (said && !isRow(row, said, (each) => tableLine(index + 1, event, each, columns)))
        texts.push(`events.csv row ${index + 1} is not the event of events.jsonl line ${index + 1}`);
      if (texts.length > 0) this.#found.push({ index, texts });
    }
    this.#waiting = [];
    this.#found = this.#first();
  }
}

/** A text with its line end, which the bytes do not have. */
function isText(bytes: Buffer, from: number, to: number, text: string): boolean {
  // Its characters are at most as many as its bytes.
  if (to - from < text.length - 1) return false;
  return bytes.toString("utf8", from, to) === text.slice(0, -1);
}

/** An id is shown as the case first met it, maybe in a call that is not here. */
function isRow(row: string | undefined, said: Said, lineOf: (said: Said) => string): boolean {
  const again = lineOf(said).trimEnd();
  if (row === again) return true;
  const id = said.developer_id.replace(/^(?:app|name):/u, "").toUpperCase();
  return idKey(id) !== id && row?.toLowerCase() === again.toLowerCase();
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
