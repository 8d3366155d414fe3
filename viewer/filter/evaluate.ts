import { contains } from "../../shared/filter/match.ts";
import { parse } from "../../shared/filter/parse.ts";
import { namesDuplicate, resolve } from "../../shared/filter/resolve.ts";
import { never, type Resolved, type Segments } from "../../shared/filter/tree.ts";
import { CHUNK_ROWS, type ViewerColumn } from "../../shared/viewer/data.ts";
import { type Calls, groupOf, type Progress } from "../data/calls.ts";
import type { NumberPart } from "../data/columns.ts";
import { recordsThat } from "../data/lines.ts";
import { leafMask, type Mask } from "./leaf.ts";

export interface Found {
  readonly text: string;
  readonly mask: Mask;
  readonly count: number;
}

/**
 * The calls that match a filter, as the program itself would find them among the bundle's. What the filter needs is read first;
 * words are sought in every original line.
 * @throws Refusal where the text is no filter
 */
export async function find(
  calls: Calls,
  text: string,
  progress: Progress = () => {},
  isOff: () => boolean = () => false,
): Promise<Found> {
  const filter = resolve(parse(text), calls.catalog.times);
  const columns = [...columnsOf(filter)];
  await calls.demand(["core", ...columns.map(groupOf)], undefined, progress);
  const words = new Map<Segments, Mask>();
  for (const segments of textsOf(filter)) words.set(segments, await wordMask(calls, segments, progress, isOff));
  const mask = evaluate(calls, filter, words);
  if (!namesDuplicate(filter)) leaveOut(mask, leafMask(calls, "duplicate", { kind: "flag", value: true }));
  let count = 0;
  for (let row = 0; row < mask.length; row += 1) count += mask[row] as number;
  return { text, mask, count };
}

function columnsOf(filter: Resolved, into = new Set<ViewerColumn>()): Set<ViewerColumn> {
  switch (filter.kind) {
    case "and":
    case "or":
      for (const term of filter.terms) columnsOf(term, into);
      return into;
    case "not":
      return columnsOf(filter.term, into);
    case "text":
      return into.add("offset");
    case "field": {
      const { field } = filter;
      if (field === "note") return into.add("notes");
      return field === "tag" || field === "finding" || field === "level" ? into.add("said") : into.add(field);
    }
    default:
      return never(filter);
  }
}

function textsOf(filter: Resolved): readonly Segments[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.flatMap(textsOf);
    case "not":
      return textsOf(filter.term);
    case "text":
      return [filter.segments];
    default:
      return [];
  }
}

/** Words that were sought, the last of them first forgotten. */
const MAX_WORDS = 16;
const soughtIn = new WeakMap<Calls, Map<string, Mask>>();

async function wordMask(calls: Calls, segments: Segments, progress: Progress, isOff: () => boolean): Promise<Mask> {
  const key = JSON.stringify(segments);
  const sought = soughtIn.get(calls) ?? new Map<string, Mask>();
  soughtIn.set(calls, sought);
  const known = sought.get(key);
  if (known) return known;
  const hits = await recordsThat(calls, contains(segments), progress, isOff);
  const mask = new Uint8Array(calls.rows);
  for (let chunk = 0; chunk < calls.chunks; chunk += 1) {
    const sources = calls.part("source", chunk) as NumberPart | undefined;
    const offsets = calls.part("offset", chunk) as NumberPart | undefined;
    if (!sources || !offsets) continue;
    for (let row = 0; row < offsets.numbers.length; row += 1)
      if (hits.get(sources.numbers[row] as number)?.has(offsets.numbers[row] as number))
        mask[chunk * CHUNK_ROWS + row] = 1;
  }
  if (!isOff()) {
    if (sought.size >= MAX_WORDS) sought.delete(sought.keys().next().value as string);
    sought.set(key, mask);
  }
  return mask;
}

/** Always a new mask. */
function evaluate(calls: Calls, filter: Resolved, words: ReadonlyMap<Segments, Mask>): Mask {
  switch (filter.kind) {
    case "and": {
      const mask = new Uint8Array(calls.rows).fill(1);
      for (const term of filter.terms) {
        const other = evaluate(calls, term, words);
        for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] as number) & (other[row] as number);
      }
      return mask;
    }
    case "or": {
      const mask = new Uint8Array(calls.rows);
      for (const term of filter.terms) {
        const other = evaluate(calls, term, words);
        for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] as number) | (other[row] as number);
      }
      return mask;
    }
    case "not": {
      const mask = evaluate(calls, filter.term, words);
      for (let row = 0; row < mask.length; row += 1) mask[row] = 1 - (mask[row] as number);
      return mask;
    }
    case "text":
      return (words.get(filter.segments) ?? new Uint8Array(calls.rows)).slice();
    case "field":
      return leafMask(calls, filter.field, filter.test);
    default:
      return never(filter);
  }
}

function leaveOut(mask: Mask, other: Mask): void {
  for (let row = 0; row < mask.length; row += 1) if (other[row] === 1) mask[row] = 0;
}
