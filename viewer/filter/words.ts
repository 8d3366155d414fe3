import { fold } from "../../shared/filter/match.ts";
import { never, type Resolved, type Segments } from "../../shared/filter/tree.ts";
import { CHUNK_ROWS } from "../../shared/viewer/data.ts";
import type { Calls } from "../data/calls.ts";
import { type Lines, readLines } from "../data/lines.ts";
import type { Mask } from "./leaf.ts";
import { recordHits, soughtIn } from "./record-hits.ts";

/** What is known of a word: the calls whose line holds it, and the pieces of lines that were looked through. */
export interface Word {
  readonly segments: Segments;
  readonly mask: Mask;
  readonly isSought: Uint8Array;
}

/** Words that were sought, the last of them first forgotten. */
const MAX_WORDS = 16;
const wordsOf = new WeakMap<Calls, Map<string, Word>>();

export function wordOf(calls: Calls, segments: Segments): Word {
  const known = wordsOf.get(calls) ?? new Map<string, Word>();
  wordsOf.set(calls, known);
  const key = JSON.stringify(segments.map(fold));
  const word = known.get(key) ?? {
    segments,
    mask: new Uint8Array(calls.rows),
    isSought: new Uint8Array(calls.catalog.lines.length),
  };
  known.delete(key);
  known.set(key, word);
  if (known.size > MAX_WORDS) known.delete(known.keys().next().value as string);
  return word;
}

/** The words of a filter, and whether more calls match where more lines hold them: not where it says `not`. */
export function textsIn(filter: Resolved, isPositive = true): { segments: Segments; isPositive: boolean }[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.flatMap((term) => textsIn(term, isPositive));
    case "not":
      return textsIn(filter.term, !isPositive);
    case "text":
      return [{ segments: filter.segments, isPositive }];
    case "field":
      return [];
    default:
      return never(filter);
  }
}

/** The pieces with a line of a call that may match, and in which a word was not sought yet. */
export function piecesToSeek(calls: Calls, words: readonly Word[], mayMatch: Mask): number[] {
  const { starts, rows } = calls.byPiece;
  const pieces: number[] = [];
  for (let piece = 0; piece < calls.catalog.lines.length; piece += 1) {
    if (words.every(({ isSought }) => isSought[piece] === 1)) continue;
    const end = starts[piece + 1] as number;
    let at = starts[piece] as number;
    while (at < end && mayMatch[rows[at] as number] !== 1) at += 1;
    if (at < end) pieces.push(piece);
  }
  return pieces;
}

/**
 * Much more than a piece needs, which costs nothing as long as it is not written to: a browser counts it, and so collects in time what
 * the scripts of pieces left behind (measured: 740 MB at the most without it for a million calls, 520 to 560 with it).
 */
const ROOM_BYTES = 1 << 25;

/**
 * Looks for words in pieces of lines, one after the other. Each piece is let go once it was looked through: the browser keeps the
 * text of its script, packed as it is, and nothing else stays. While one is looked through the next is read.
 */
export async function seekWords(
  calls: Calls,
  words: readonly Word[],
  pieces: readonly number[],
  each: (done: number) => void | Promise<void>,
  isOff: () => boolean,
): Promise<void> {
  const read = (at: number): Promise<Lines> =>
    readLines(calls.load, pieces[at] as number, (size) => new Uint8Array(Math.max(size, ROOM_BYTES)).subarray(0, size));
  let next = pieces.length > 0 ? read(0) : undefined;
  for (let at = 0; next && at < pieces.length && !isOff(); at += 1) {
    const lines: Lines = await next;
    next = at + 1 < pieces.length ? read(at + 1) : undefined;
    next?.catch(() => undefined);
    const sought = soughtIn(lines);
    const piece = pieces[at] as number;
    for (const word of words)
      if (word.isSought[piece] === 0) {
        mark(calls, word.mask, piece, lines, recordHits(sought, word.segments));
        word.isSought[piece] = 1;
      }
    await each(at + 1);
  }
}

/** Marks the calls of these records. */
function mark(calls: Calls, mask: Mask, piece: number, { offsets }: Lines, records: readonly number[]): void {
  if (records.length === 0) return;
  const hits = new Set(records.map((record) => offsets[record]));
  const { starts, rows } = calls.byPiece;
  for (let at = starts[piece] as number; at < (starts[piece + 1] as number); at += 1) {
    const row = rows[at] as number;
    const part = calls.part("offset", Math.floor(row / CHUNK_ROWS));
    if (part?.kind === "number" && hits.has(part.numbers[row % CHUNK_ROWS] as number)) mask[row] = 1;
  }
}
