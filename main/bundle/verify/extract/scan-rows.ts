import { Refusal } from "../../../../shared/base/errors.ts";
import { HOUR, instantOf } from "../../../../shared/base/time.ts";
import { fold } from "../../../../shared/filter/match.ts";
import { parse } from "../../../../shared/filter/parse.ts";
import { type ResolveContext, resolve } from "../../../../shared/filter/resolve.ts";
import type { Segments } from "../../../../shared/filter/tree.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import type { Level } from "../../../../shared/model/level.ts";
import { cutoffOf, policyOf } from "../../../findings/rules/policy.ts";
import { cellsOf, withoutApostrophe } from "../../../platform/csv-cells.ts";
import { type RowTest, rowTest, textsIn } from "../../../query/filter/row-test.ts";
import { csvLine } from "../../../query/results/event-csv.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { CsvRecords } from "../../contents/csv-records.ts";
import { columnsOfTable } from "../../contents/event-table.ts";
import type { BundleContents } from "./bundle-contents.ts";
import { Places } from "./places.ts";
import { readExtract, readLineBatches } from "./read-extract.ts";
import { type TextHits, textHits } from "./text-hits.ts";

/** Columns of events.csv behind those of the call: what the rules say of it. */
const SAID = 5;
const MAX_FAULTS = 8;
const LEVEL_WORDS: ReadonlySet<string> = new Set<Level>(["attempted", "possible", "obtained"]);

export type LabelPlace = Pick<EventRecord, "line" | "offset" | "part">;

export interface HourCount {
  events: number;
  duplicates: number;
}

/** What the rows of a bundle give, read once. */
export interface RowScan {
  /** Of events.jsonl. */
  readonly rows: number;
  /** Rows of events.jsonl, events.csv and index.csv that are not one another's. */
  readonly faults: readonly string[];
  /** By `HOUR SOURCE API`: the hour of the UTC clock from 1970, the API as JSON. */
  readonly hours: ReadonlyMap<string, HourCount>;
  /** By `SOURCE TAG` and `SOURCE NOTE`. */
  readonly labels: { readonly tagged: Map<string, LabelPlace[]>; readonly noted: Map<string, LabelPlace[]> };
  /** Of each stated filter how many calls it holds of; a sentence where it cannot be asked. */
  readonly selected: readonly (number | string)[];
  /** Calls that count, by rule, developer and level as JSON. */
  readonly counted: ReadonlyMap<string, number>;
}

export const countedKey = (rule: string, developer: string, level: string): string =>
  JSON.stringify([rule, developer, level]);

/**
 * Reads events.jsonl and events.csv side by side, then lines/index.csv: each row against its own in the others, and what the
 * checks ask of them. Nothing is held but where the calls stand, and the labels.
 */
export async function scanRows(bag: Bag, contents: BundleContents): Promise<RowScan> {
  const scan = new Scan(contents, await timesOf(bag, contents));
  if (scan.texts.length > 0) scan.hits = await textHits(bag, contents.sources, scan.texts);
  const csv = new CsvRecords(readLineBatches(bag, "events.csv"));
  try {
    await csv.fill(1);
    const columns = columnsOfTable(csv.take() ?? "");
    if (!columns) throw new Error("events.csv does not begin with its header");
    scan.columns = columns.slice(1, -SAID) as (keyof EventRecord)[];
    for await (const lines of readLineBatches(bag, "events.jsonl")) {
      await csv.fill(lines.length);
      for (const line of lines)
        if (line === "") scan.fault(`events.jsonl has an empty line behind its line ${scan.rows}`);
        else scan.add(line, csv.take());
    }
    await csv.fill(1);
    if (csv.take() !== undefined) scan.fault(`events.csv has more rows than the ${scan.rows} events of events.jsonl`);
  } finally {
    await csv.close();
  }
  for (const fault of await scan.places.indexFaults(bag)) scan.fault(fault);
  return scan;
}

/** What a policy fills in, as it does when the bundle is made. */
async function timesOf(bag: Bag, { about }: BundleContents): Promise<ResolveContext> {
  const policy = policyOf(await readExtract(bag, "policy.json"));
  if (!policy) return {};
  const cutoff = Math.min(...policy.rules.map(cutoffOf));
  return about.as_of === undefined ? { cutoff } : { cutoff, asOf: instantOf(about.as_of) };
}

class Scan implements RowScan {
  rows = 0;
  readonly faults: string[] = [];
  readonly hours = new Map<string, HourCount>();
  readonly labels = { tagged: new Map<string, LabelPlace[]>(), noted: new Map<string, LabelPlace[]>() };
  readonly selected: (number | string)[];
  readonly counted = new Map<string, number>();
  readonly places = new Places();
  /** That the filters seek in original lines. */
  readonly texts: readonly Segments[];
  columns: readonly (keyof EventRecord)[] = [];
  hits: TextHits | undefined;
  readonly #tests: (RowTest | undefined)[];
  readonly #sourceNames: ReadonlyMap<number, readonly string[]>;
  readonly #dispositions: ReadonlyMap<string, string>;
  #before = "";

  constructor({ about, sources }: BundleContents, times: ResolveContext) {
    const filters = about.selected.map(({ filter }) => {
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
    this.#sourceNames = new Map(
      sources.map(({ source, file, member }) => [source, member === undefined ? [file] : [file, member]]),
    );
    this.#dispositions = new Map(
      about.decisions.map(({ rule, developer_id: id, disposition }) => [JSON.stringify([rule, id]), disposition]),
    );
  }

  fault(sentence: string): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push(sentence);
  }

  add(line: string, row: string | undefined): void {
    const event = JSON.parse(line) as EventRecord;
    this.rows += 1;
    // Of a name that stands there twice one reader takes the first, the next one the last.
    if (JSON.stringify(event) !== line)
      this.fault(`events.jsonl line ${this.rows} is not written as a bundle writes it`);
    this.places.add(event);
    this.#addHour(event);
    if (event.tags !== undefined || event.notes !== undefined) this.#addLabels(event);
    if (event.time < this.#before && instantOf(event.time) < instantOf(this.#before))
      this.fault(`events.jsonl line ${this.rows} is dated ${event.time}, before the line above it`);
    this.#before = event.time;
    const prefix = `${this.rows},${csvLine(event, this.columns).slice(0, -1)},`;
    if (row === undefined || !row.startsWith(prefix)) {
      this.fault(
        row === undefined
          ? `events.csv has no row for line ${this.rows} of events.jsonl`
          : `events.csv row ${this.rows} is not the event of events.jsonl line ${this.rows}`,
      );
      this.#select(event, "", [], []);
      return;
    }
    const cells = cellsOf(row.slice(prefix.length));
    const [id = "", rules = "", levels = "", isCounted = ""] = cells;
    const [rule, level] = [rules === "" ? [] : rules.split(";"), levels === "" ? [] : levels.split(";")];
    if (
      cells.length !== SAID ||
      rule.length !== level.length ||
      (isCounted === "yes") !== level.length > 0 ||
      !level.every((each) => LEVEL_WORDS.has(each))
    )
      this.fault(`events.csv row ${this.rows}: its rules, levels and whether it counts do not fit together`);
    const developer = withoutApostrophe(id);
    for (const [index, each] of level.entries()) {
      const key = countedKey(withoutApostrophe(rule[index] ?? ""), developer, each);
      this.counted.set(key, (this.counted.get(key) ?? 0) + 1);
    }
    this.#select(event, developer, rule, level);
  }

  #select(event: EventRecord, developerId: string, rules: readonly string[], levels: readonly string[]): void {
    const beside = {
      developerId,
      levels: levels as Level[],
      sourceNames: this.#sourceNames.get(event.source) ?? [],
      findings: () =>
        rules.flatMap((each) => {
          const rule = withoutApostrophe(each);
          return [rule, developerId, this.#dispositions.get(JSON.stringify([rule, developerId])) ?? "open"];
        }),
      holds: (text: Segments) => this.hits?.(text, event.source, event.offset) ?? false,
    };
    for (const [at, test] of this.#tests.entries())
      if (test?.(event, beside)) this.selected[at] = (this.selected[at] as number) + 1;
  }

  #addHour({ time, source, api, duplicate }: EventRecord): void {
    // A time of ours is UTC and begins with its hour.
    const hour = time.endsWith("Z") && time[10] === "T" ? time.slice(0, 13) : `${Math.floor(instantOf(time) / HOUR)}`;
    const key = `${hour} ${source} ${api === undefined ? "null" : JSON.stringify(api)}`;
    let count = this.hours.get(key);
    if (!count) {
      count = { events: 0, duplicates: 0 };
      this.hours.set(key, count);
    }
    count[duplicate ? "duplicates" : "events"] += 1;
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
