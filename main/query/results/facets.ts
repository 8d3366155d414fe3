import { Refusal } from "../../../shared/base/errors.ts";
import { idKey } from "../../../shared/base/same-id.ts";
import { fieldPaths } from "../../../shared/filter/match.ts";
import type { EncodedColumn } from "../../../shared/model/event.ts";
import { CALLERS, callerCode, FLAG, OUTCOMES } from "../../../shared/model/event.ts";
import { runsAt, tagsOf } from "../../annotations/labels.ts";
import type { Dataset } from "../dataset.ts";
import type { Selection } from "./selection.ts";

export interface FacetCount {
  /** Absent: events without the field. */
  readonly value?: string;
  readonly count: number;
}

/** Numbers below this are counted in an array. */
const SMALL_NUMBERS = 1000;

const TEXT_FACETS: readonly string[] = [
  "app",
  "api",
  "operation",
  "method",
  "path",
  "actor",
  "resource",
  "ip",
  "user_agent",
];
export const FACETS: readonly string[] = [
  ...TEXT_FACETS,
  "developer",
  "outcome",
  "caller",
  "status",
  "fields",
  "subjects",
  "source",
  "duplicate",
  "level",
  "tag",
];

/** How often each value occurs in the events of a selection: the most frequent first, equal counts in the order of their text. */
export function facet(
  dataset: Dataset,
  field: string,
  selection: Selection,
  limit = Number.POSITIVE_INFINITY,
): FacetCount[] {
  return countsOf(dataset, field, selection)
    .filter((each) => each.count > 0)
    .sort((a, b) => b.count - a.count || compare(a.value, b.value))
    .slice(0, limit);
}

const compare = (a: string | undefined, b: string | undefined) => ((a ?? "") < (b ?? "") ? -1 : 1);

function countsOf(dataset: Dataset, field: string, selection: Selection): FacetCount[] {
  const { columns, caseFile } = dataset;
  if (TEXT_FACETS.includes(field)) {
    const texts = columns.dictionary(field as EncodedColumn).all();
    return merged(selection.tally(columns.codes(field as EncodedColumn), texts.length), texts);
  }
  switch (field) {
    case "developer": {
      const { of, list } = dataset.owners;
      return merged(
        selection.tally(of, list.length),
        list.map((owner) => owner.shown),
      );
    }
    case "outcome":
      return merged(selection.tally(columns.codes("outcome"), OUTCOMES.length), OUTCOMES);
    case "caller": {
      const counts = new Uint32Array(CALLERS.length + 1);
      for (const [flags, count] of selection.tally(columns.codes("flags"), 256).entries())
        counts[callerCode(flags)] = (counts[callerCode(flags)] as number) + count;
      return merged(counts, [undefined, ...CALLERS]);
    }
    case "source": {
      const { highest } = caseFile.db.prepare("select coalesce(max(id), 0) as highest from source").get() as {
        highest: number;
      };
      return merged(selection.tally(columns.codes("source"), highest + 1), undefined);
    }
    case "status":
      return byNumber(columns.numbers("status"), selection.lent());
    case "fields":
    case "subjects":
      return byElement(dataset, field, selection);
    case "duplicate": {
      const byFlags = selection.tally(columns.codes("flags"), 256);
      const yes = byFlags.reduce((sum, count, flags) => sum + ((flags & FLAG.duplicate) === 0 ? 0 : count), 0);
      return [
        { value: "yes", count: yes },
        { value: "no", count: selection.count - yes },
      ];
    }
    case "level": {
      const levels = selection.tally(dataset.judged.levels(), 8);
      const having = (bit: number) => levels.reduce((sum, count, bits) => sum + ((bits & bit) === 0 ? 0 : count), 0);
      return [
        { count: levels[0] ?? 0 },
        { value: "attempted", count: having(1) },
        { value: "possible", count: having(2) },
        { value: "obtained", count: having(4) },
      ];
    }
    case "tag":
      return tagCounts(dataset, selection);
    default:
      throw new Refusal(
        "column-unknown",
        `"${field}" cannot be counted by value`,
        `choose one of ${FACETS.join(", ")}`,
      );
  }
}

/** Codes with the same text are one value. Without texts the code itself is the value. */
function merged(counts: Uint32Array, texts: readonly (string | undefined)[] | undefined): FacetCount[] {
  if (!texts) return Array.from(counts, (count, code) => ({ value: String(code), count }));
  const byText = new Map<string | undefined, number>();
  for (const [code, count] of counts.entries()) {
    if (count > 0) byText.set(texts[code], (byText.get(texts[code]) ?? 0) + count);
  }
  return [...byText].map(([value, count]) => (value === undefined ? { count } : { value, count }));
}

function byNumber(numbers: Float64Array, positions: Uint32Array): FacetCount[] {
  const counts = new Map<number, number>();
  // Nearly all are small whole numbers, as statuses are.
  const small = new Uint32Array(SMALL_NUMBERS);
  for (let at = 0; at < positions.length; at += 1) {
    const value = numbers[positions[at] as number] as number;
    const whole = value | 0;
    if (whole === value && whole >= 0 && whole < SMALL_NUMBERS) small[whole] = (small[whole] as number) + 1;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  for (const [value, count] of small.entries()) if (count > 0) counts.set(value, count);
  return [...counts].map(([value, count]) => (Number.isNaN(value) ? { count } : { value: String(value), count }));
}

/**
 * An event counts once for each different element of its list. A nested field counts under each name it matches, an id under
 * the spelling that was imported first.
 */
function byElement(dataset: Dataset, field: "fields" | "subjects", selection: Selection): FacetCount[] {
  const lists = dataset.columns.dictionary(field).all();
  const byList = selection.tally(dataset.columns.codes(field), lists.length);
  const counts = new Map<string | undefined, number>();
  const shown = new Map<string, string>();
  const spelled = (id: string) => {
    const key = idKey(id);
    const first = shown.get(key) ?? id;
    shown.set(key, first);
    return first;
  };
  for (const [code, count] of byList.entries()) {
    if (count === 0) continue;
    const list = lists[code];
    const elements = list === undefined ? [] : (JSON.parse(list) as string[]);
    const values: Iterable<string | undefined> =
      elements.length === 0
        ? [undefined]
        : new Set(field === "fields" ? elements.flatMap(fieldPaths) : elements.map(spelled));
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return [...counts].map(([value, count]) => (value === undefined ? { count } : { value, count }));
}

/** An event is in at most one run of ids of a tag. */
function tagCounts({ columns, caseFile }: Dataset, { set }: Selection): FacetCount[] {
  return tagsOf(caseFile.db).map(({ id, name }) => {
    let count = 0;
    for (const [first, last] of runsAt(caseFile.db, "tag_run", "tag", id))
      for (let event = first; event <= last; event += 1) {
        const position = columns.positionOf(event);
        if (position >= 0 && set.has(position)) count += 1;
      }
    return { value: name, count };
  });
}
