import { contains, fold } from "../../shared/filter/match.ts";
import type { Segments } from "../../shared/filter/tree.ts";
import { type Lines, textAt, textsOf } from "../data/lines.ts";

/** A piece of lines as one text in which words are sought. */
export interface Sought {
  readonly lines: Lines;
  readonly folded: string;
  /** A letter of it is a byte of the lines: no folded letter is longer than its UTF-8, so that all are as long or none need be. */
  readonly isPlain: boolean;
}

export function soughtIn(lines: Lines): Sought {
  const folded = fold(textsOf(lines));
  return { lines, folded, isPlain: folded.length === lines.bytes.length };
}

/** The records that hold the segments, one after the other, any case. What none of them holds is found without a look at each. */
export function recordHits({ lines, folded, isPlain }: Sought, segments: Segments): number[] {
  const { ends } = lines;
  const passes = contains(segments);
  const probe = segments.map(fold).reduce((longest, each) => (each.length > longest.length ? each : longest), "");
  const hits: number[] = [];
  let at = folded.indexOf(probe);
  if (at < 0) return hits;
  if (!isPlain || probe === "") {
    for (let record = 0; record < ends.length; record += 1) if (passes(textAt(lines, record))) hits.push(record);
    return hits;
  }
  for (let record = 0; at >= 0 && record < ends.length; record += 1) {
    const end = ends[record] as number;
    if (end <= at) continue;
    if (passes(folded.slice(ends[record - 1] ?? 0, end))) hits.push(record);
    at = folded.indexOf(probe, end);
  }
  return hits;
}
