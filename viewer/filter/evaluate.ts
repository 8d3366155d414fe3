import { parse } from "../../shared/filter/parse.ts";
import { namesDuplicate, resolve } from "../../shared/filter/resolve.ts";
import { never, type Resolved, type Segments } from "../../shared/filter/tree.ts";
import type { ViewerColumn } from "../../shared/viewer/data.ts";
import { type Calls, groupOf, type Progress } from "../data/calls.ts";
import { leafMask, type Mask } from "./leaf.ts";
import { piecesToSeek, seekWords, textsIn, type Word, wordOf } from "./words.ts";

export interface Found {
  readonly text: string;
  readonly mask: Mask;
  readonly count: number;
  /** Where words were sought in some of the lines only: how many of the pieces that may hold them, and how many there are. */
  readonly sought?: { readonly done: number; readonly all: number };
}

/** Whoever waits for what a filter finds. */
export interface Watch {
  readonly progress?: Progress;
  /** It is not waited for any more. */
  readonly isOff?: () => boolean;
  /** What was found so far, from time to time while words are sought. Calls that match stay: none is where the rest may take one away. */
  readonly some?: (found: Found) => void | Promise<void>;
}

/** ms between two views of what was found so far. */
const SHOWN_EVERY = 400;

/**
 * The calls that match a filter, as the program itself would find them among the bundle's. What the filter needs is read first;
 * words are sought in the original lines of those calls that may match by all else.
 * @throws Refusal where the text is no filter
 */
export async function find(calls: Calls, text: string, watch: Watch = {}): Promise<Found> {
  const { progress, isOff = () => false, some } = watch;
  const filter = resolve(parse(text), calls.catalog.times);
  const columns = [...columnsOf(filter)];
  await calls.demand(["core", ...columns.map(groupOf)], undefined, progress);
  const texts = textsIn(filter);
  const words = new Map(texts.map(({ segments }) => [segments, wordOf(calls, segments)]));
  const now = (sought?: Found["sought"]): Found => {
    const mask = matching(calls, filter, (segments) => (words.get(segments) as Word).mask);
    return { text, mask, count: countOf(mask), ...(sought && { sought }) };
  };
  if (words.size === 0) return now();
  const all = new Uint8Array(calls.rows).fill(1);
  const none = new Uint8Array(calls.rows);
  const positive = new Set(texts.flatMap(({ segments, isPositive }) => (isPositive ? [segments] : [])));
  const isGrowing = positive.size === words.size;
  const mayMatch = matching(calls, filter, (segments) => (positive.has(segments) ? all : none));
  const toSeek = () => piecesToSeek(calls, [...words.values()], mayMatch);
  const pieces = toSeek();
  const soFar = (done: number): Found => {
    const sought = { done, all: pieces.length };
    return isGrowing ? now(sought) : { text, mask: none, count: 0, sought };
  };
  let shownAt = Number.NEGATIVE_INFINITY;
  await seekWords(
    calls,
    [...words.values()],
    pieces,
    async (done) => {
      if (!some || isOff() || done === pieces.length || performance.now() - shownAt < SHOWN_EVERY) return;
      await some(soFar(done));
      shownAt = performance.now();
    },
    isOff,
  );
  const left = toSeek().length;
  return left === 0 ? now() : soFar(pieces.length - left);
}

/** Whether lines have to be read for it that were not sought in yet. Its columns must be there. */
export function asksForLines(calls: Calls, text: string): boolean {
  const texts = textsIn(resolve(parse(text), calls.catalog.times));
  return texts.some(({ segments }) => wordOf(calls, segments).isSought.includes(0));
}

function matching(calls: Calls, filter: Resolved, maskOf: (segments: Segments) => Mask): Mask {
  const mask = evaluate(calls, filter, maskOf);
  if (!namesDuplicate(filter)) leaveOut(mask, leafMask(calls, "duplicate", { kind: "flag", value: true }));
  return mask;
}

function countOf(mask: Mask): number {
  let count = 0;
  for (let row = 0; row < mask.length; row += 1) count += mask[row] as number;
  return count;
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

/** Always a new mask. */
function evaluate(calls: Calls, filter: Resolved, maskOf: (segments: Segments) => Mask): Mask {
  switch (filter.kind) {
    case "and": {
      const mask = new Uint8Array(calls.rows).fill(1);
      for (const term of filter.terms) {
        const other = evaluate(calls, term, maskOf);
        for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] as number) & (other[row] as number);
      }
      return mask;
    }
    case "or": {
      const mask = new Uint8Array(calls.rows);
      for (const term of filter.terms) {
        const other = evaluate(calls, term, maskOf);
        for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] as number) | (other[row] as number);
      }
      return mask;
    }
    case "not": {
      const mask = evaluate(calls, filter.term, maskOf);
      for (let row = 0; row < mask.length; row += 1) mask[row] = 1 - (mask[row] as number);
      return mask;
    }
    case "text":
      return maskOf(filter.segments).slice();
    case "field":
      return leafMask(calls, filter.field, filter.test);
    default:
      return never(filter);
  }
}

function leaveOut(mask: Mask, other: Mask): void {
  for (let row = 0; row < mask.length; row += 1) if (other[row] === 1) mask[row] = 0;
}
