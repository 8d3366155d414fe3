import { monthOf } from "../../shared/base/time.ts";
import type { Completion } from "../../shared/filter/complete.ts";
import type { FieldName } from "../../shared/filter/fields.ts";
import { type Known, type Suggestion, suggestions } from "../../shared/filter/typed/suggest.ts";
import type { ViewerColumn } from "../../shared/viewer/data.ts";
import { type Calls, groupOf } from "../data/calls.ts";
import { countsOf } from "./facets.ts";

/** Fields whose values are listed, each from its column. */
const LISTED = {
  app: "app",
  developer: "developer",
  api: "api",
  operation: "operation",
  method: "method",
  path: "path",
  actor: "actor",
  resource: "resource",
  ip: "ip",
  user_agent: "user_agent",
  status: "status",
  fields: "fields",
  source: "source",
  tag: "tags",
} as const satisfies { readonly [Field in FieldName]?: ViewerColumn };

/** Of a column with more values than this none are listed: to count them takes longer than to write one. */
const MOST_VALUES = 200_000;

const known = new WeakMap<Calls, Map<string, Known["values"]>>();

async function valuesOf(calls: Calls, column: ViewerColumn): Promise<Known["values"]> {
  const lists = known.get(calls) ?? new Map<string, Known["values"]>();
  known.set(calls, lists);
  let values = lists.get(column);
  if (values === undefined) {
    await calls.demand(["core", groupOf(column)]);
    values =
      sizeOf(calls, column) > MOST_VALUES
        ? []
        : countsOf(calls, new Uint8Array(calls.rows).fill(1), column).map(([value, count]) => ({ value, count }));
    lists.set(column, values);
  }
  return values;
}

function sizeOf(calls: Calls, column: ViewerColumn): number {
  let size = 0;
  for (let chunk = 0; chunk < calls.chunks; chunk += 1) {
    const part = calls.part(column, chunk);
    if (part && "values" in part) size += part.values.length;
  }
  return size;
}

/** What may be written at the caret, as in the window's filter: names of fields, and values of this bundle with their counts. */
export async function suggestionsOf(calls: Calls, completion: Completion): Promise<Suggestion[]> {
  const { field, kind } = completion;
  const column =
    kind === "value" && field !== undefined && field in LISTED ? LISTED[field as keyof typeof LISTED] : undefined;
  const values = column === undefined ? [] : await valuesOf(calls, column);
  return suggestions(completion, {
    hasPolicy: calls.catalog.times.cutoff !== undefined,
    rules: calls.catalog.rules.map(({ rule }) => rule),
    months: monthsOf(calls),
    tags: field === "tag" ? values.map(({ value = "" }) => value) : [],
    values,
  });
}

/** Those of the first call to that of the last; none before the times are there. */
function monthsOf({ times }: Calls): string[] {
  if (times.length === 0) return [];
  const months: string[] = [];
  const last = monthOf(times.at(-1) as number);
  let [year = 0, month = 1] = monthOf(times[0] as number)
    .split("-")
    .map(Number);
  for (;;) {
    const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    months.push(name);
    if (name >= last) return months;
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}
