import { Refusal } from "../../../../shared/base/errors.ts";
import { parse } from "../../../../shared/filter/parse.ts";
import { resolve } from "../../../../shared/filter/resolve.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { Dataset } from "../../../query/dataset.ts";
import { evaluate } from "../../../query/filter/evaluate.ts";
import type { Bag } from "../../bag/load-bag.ts";
import type { BundleRecord } from "../../contents/bundle-record.ts";
import { readLines } from "./read-extract.ts";

/** Where a record stands in its original, the lines that were read again do not know. */
const PLACE = /\b(?:offset|length|part)\b/iu;

type Row = Pick<EventRecord, "source" | "line" | "offset" | "tags" | "notes">;

/** Filters that a row of events.jsonl answers by itself. */
function rowTest(filter: string): ((row: Row) => boolean) | undefined {
  if (filter === "tag:*") return ({ tags }) => tags !== undefined;
  if (filter === "note:*") return ({ notes }) => notes !== undefined;
  const place = /^source:(\d+) (?:line:(?<line>\d+)|offset:\((?<offsets>\d+(?: or \d+)*)\))$/u.exec(filter);
  if (!place) return undefined;
  const source = Number(place[1]);
  const { line, offsets } = place.groups as { line?: string; offsets?: string };
  if (line !== undefined) return (row) => row.source === source && row.line === Number(line);
  const at = new Set((offsets as string).split(" or ").map(Number));
  return (row) => row.source === source && at.has(row.offset);
}

/** Those that must be asked of the calls read again. */
export const filtersToAsk = ({ selected }: Pick<BundleRecord, "selected">): string =>
  selected
    .map(({ filter }) => filter)
    .filter((filter) => rowTest(filter) === undefined)
    .join("\n");

export interface SelectedCounts {
  readonly faults: string[];
  /** Filters that nothing in the bundle can answer. */
  readonly onTrust: string[];
}

/** Each stated filter over the calls of the bundle gives its stated count: a bundle holds every call that its filters choose. */
export async function countSelected(bag: Bag, { selected }: BundleRecord, dataset: Dataset): Promise<SelectedCounts> {
  const faults: string[] = [];
  const onTrust: string[] = [];
  const byRow = selected.map(({ filter }) => rowTest(filter));
  const counts = selected.map(() => 0);
  if (byRow.some((test) => test !== undefined))
    for await (const text of readLines(bag, "events.jsonl")) {
      if (text === "") continue;
      const row = JSON.parse(text) as Row;
      for (const [at, test] of byRow.entries()) if (test?.(row)) counts[at] = (counts[at] as number) + 1;
    }
  for (const [at, { why, filter, events }] of selected.entries()) {
    const named = `bundle.json: the filter ${printable(filter.slice(0, 200))} (${printable(why.slice(0, 100))})`;
    if (byRow[at] === undefined && PLACE.test(filter)) {
      onTrust.push(named);
      continue;
    }
    const found = byRow[at] === undefined ? ask(filter, dataset) : (counts[at] as number);
    if (typeof found === "string") faults.push(`${named} cannot be asked: ${found}`);
    else if (found !== events) faults.push(`${named} says ${events} events, the bundle holds ${found} of them`);
  }
  return { faults, onTrust };
}

function ask(filter: string, dataset: Dataset): number | string {
  try {
    return evaluate(resolve(parse(filter), dataset.times), dataset).count;
  } catch (error) {
    if (error instanceof Refusal) return error.what;
    throw error;
  }
}
