import { Refusal } from "../../../../shared/base/errors.ts";
import { instantOf, type Micros } from "../../../../shared/base/time.ts";
import { fold } from "../../../../shared/filter/match.ts";
import { parse } from "../../../../shared/filter/parse.ts";
import { type ResolveContext, resolve } from "../../../../shared/filter/resolve.ts";
import type { Segments } from "../../../../shared/filter/tree.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import type { Level } from "../../../../shared/model/level.ts";
import { cutoffOf, policyOf } from "../../../findings/rules/policy.ts";
import { cellsOf } from "../../../platform/csv-cells.ts";
import { type AskedEvent, type Beside, type RowTest, rowTest, textsIn } from "../../../query/filter/row-test.ts";
import { csvLine } from "../../../query/results/event-csv.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { RowPair } from "../../rows/row-pair.ts";
import { NOTHING_SAID, type SaidRow, saidRow } from "../../rows/said-rows.ts";
import { type RowTaker, walkRows } from "../../rows/walk-rows.ts";
import type { BundleContents } from "../extract/bundle-contents.ts";
import { extractPieces, readExtract } from "../extract/read-extract.ts";
import type { HourCount, LabelPlace, RowScan } from "../extract/row-scan.ts";
import { HourCounts } from "./hour-counts.ts";
import { Places } from "./places.ts";
import { type TextHits, textHits } from "./text-hits.ts";

const MAX_FAULTS = 8;

/**
 * Reads events.jsonl and events.csv side by side, then lines/index.csv: each row against its own in the others, and what the
 * checks ask of them. Nothing is held but where the calls stand, and the labels.
 */
export async function scanRows(bag: Bag, contents: BundleContents): Promise<RowScan> {
  const scan = new Scan(contents, await timesOf(bag, contents));
  if (scan.texts.length > 0) scan.hits = await textHits(bag, contents.sources, scan.texts);
  for await (const _ of walkRows(extractPieces(bag, "events.jsonl"), extractPieces(bag, "events.csv"), scan));
  for (const fault of await scan.places.indexFaults(bag)) scan.fault(fault);
  scan.places.clear();
  return scan;
}

/** What a policy fills in, as it does when the bundle is made. */
async function timesOf(bag: Bag, { about }: BundleContents): Promise<ResolveContext> {
  const policy = policyOf(await readExtract(bag, "policy.json"));
  if (!policy) return {};
  const cutoff = Math.min(...policy.rules.map(cutoffOf));
  return about.as_of === undefined ? { cutoff } : { cutoff, asOf: instantOf(about.as_of) };
}

class Scan implements RowScan, RowTaker {
  rows = 0;
  readonly faults: string[] = [];
  readonly labels = { tagged: new Map<string, LabelPlace[]>(), noted: new Map<string, LabelPlace[]>() };
  readonly selected: (number | string)[];
  readonly counted = new Map<string, number>();
  readonly places = new Places();
  /** That the filters seek in original lines. */
  readonly texts: readonly Segments[];
  readonly #hours = new HourCounts();
  readonly #tests: (RowTest | undefined)[];
  readonly #beside: RowBeside;
  #before: Micros = Number.NEGATIVE_INFINITY;

  constructor(contents: BundleContents, times: ResolveContext) {
    const filters = contents.about.selected.map(({ filter }) => {
      try {
        return resolve(parse(filter), times);
      } catch (error) {
        if (error instanceof Refusal) return error.what;
        throw error;
      }
    });
    this.selected = filters.map((filter) => (typeof filter === "string" ? filter : 0));
    this.#tests = filters.map((filter) => (typeof filter === "string" ? undefined : rowTest(filter)));
    this.texts = filters.flatMap((filter) => (typeof filter === "string" ? [] : textsIn(filter)));
    this.#beside = new RowBeside(contents);
  }

  get hours(): ReadonlyMap<string, HourCount> {
    return this.#hours.all;
  }

  set hits(hits: TextHits) {
    this.#beside.hits = hits;
  }

  fault(sentence: string): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push(sentence);
  }

  /** A row that the walk along its bytes has taken. */
  plain(pair: RowPair, said: SaidRow): void {
    this.rows += 1;
    const { time, source } = pair;
    this.places.add(source, pair.line, pair.offset, pair.length);
    this.#addTime(time, () => pair.event.time);
    this.#hours.count(time, source, pair.api, pair.event.duplicate === true);
    this.#addSaid(pair.event, said, time, source, pair.offset);
  }

  empty(): void {
    this.fault(`events.jsonl has an empty line behind its line ${this.rows}`);
  }

  more(): void {
    this.fault(`events.csv has more rows than the ${this.rows} events of events.jsonl`);
  }

  other(line: string, row: string | undefined, columns: readonly (keyof EventRecord)[]): void {
    const event = JSON.parse(line) as EventRecord;
    this.rows += 1;
    // Of a name that stands there twice one reader takes the first, the next one the last.
    if (JSON.stringify(event) !== line)
      this.fault(`events.jsonl line ${this.rows} is not written as a bundle writes it`);
    const { source, line: lineNumber, offset, length } = event;
    this.places.add(source, lineNumber, offset, length);
    const time = instantOf(event.time);
    this.#addTime(time, () => event.time);
    this.#hours.count(time, source, event.api, event.duplicate === true);
    if (event.tags !== undefined || event.notes !== undefined) this.#addLabels(event);
    const prefix = `${this.rows},${csvLine(event, columns).slice(0, -1)},`;
    const isRow = row?.startsWith(prefix) === true;
    if (!isRow)
      this.fault(
        row === undefined
          ? `events.csv has no row for line ${this.rows} of events.jsonl`
          : `events.csv row ${this.rows} is not the event of events.jsonl line ${this.rows}`,
      );
    this.#addSaid(event, isRow ? saidRow(cellsOf(row.slice(prefix.length))) : NOTHING_SAID, time, source, offset);
  }

  #addTime(time: Micros, text: () => string | undefined): void {
    if (time < this.#before) this.fault(`events.jsonl line ${this.rows} is dated ${text()}, before the line above it`);
    if (!Number.isNaN(time)) this.#before = time;
  }

  #addSaid(event: AskedEvent, said: SaidRow, time: Micros, source: number, offset: number): void {
    const { isRight, counted } = said;
    if (!isRight)
      this.fault(`events.csv row ${this.rows}: its rules, levels and whether it counts do not fit together`);
    for (const key of counted) this.counted.set(key, (this.counted.get(key) ?? 0) + 1);
    this.#beside.take(said, time, source, offset);
    for (let at = 0; at < this.#tests.length; at += 1)
      if (this.#tests[at]?.(event, this.#beside)) this.selected[at] = (this.selected[at] as number) + 1;
  }

  #addLabels({ source, tags = [], notes = [], line, offset, part }: EventRecord): void {
    const place: LabelPlace = { line, offset, ...(part !== undefined && { part }) };
    const put = (map: Map<string, LabelPlace[]>, key: string) => {
      const list = map.get(key);
      if (list) list.push(place);
      else map.set(key, [place]);
    };
    for (const tag of tags) put(this.labels.tagged, fold(`${source} ${tag}`));
    for (const note of new Set(notes)) put(this.labels.noted, `${source} ${note}`);
  }
}

/** What filters ask of a row beside its call; one for all rows. */
class RowBeside implements Beside {
  time: Micros = Number.NaN;
  developerId = "";
  levels: readonly Level[] = [];
  sourceNames: readonly string[] = [];
  hits: TextHits | undefined;
  #rules: readonly string[] = [];
  #source = 0;
  #offset = 0;
  readonly #sourceNames: ReadonlyMap<number, readonly string[]>;
  readonly #dispositions: ReadonlyMap<string, string>;

  constructor({ about, sources }: BundleContents) {
    this.#sourceNames = new Map(
      sources.map(({ source, file, member }) => [source, member === undefined ? [file] : [file, member]]),
    );
    this.#dispositions = new Map(
      about.decisions.map(({ rule, developer_id: id, disposition }) => [JSON.stringify([rule, id]), disposition]),
    );
  }

  take({ developer, rules, levels }: SaidRow, time: Micros, source: number, offset: number): void {
    this.time = time;
    this.developerId = developer;
    this.levels = levels;
    this.#rules = rules;
    if (source !== this.#source || this.sourceNames.length === 0)
      this.sourceNames = this.#sourceNames.get(source) ?? [];
    this.#source = source;
    this.#offset = offset;
  }

  findings(): string[] {
    return this.#rules.flatMap((rule) => [
      rule,
      this.developerId,
      this.#dispositions.get(JSON.stringify([rule, this.developerId])) ?? "open",
    ]);
  }

  holds(text: Segments): boolean {
    return this.hits?.(text, this.#source, this.#offset) ?? false;
  }
}
