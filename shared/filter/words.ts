import type { Filter, Segments } from "./tree.ts";

/** The bare words of a filter, each sought in every original line. */
export function wordsOf(filter: Filter): Segments[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.terms.flatMap(wordsOf);
    case "not":
      return wordsOf(filter.term);
    case "text":
      return [filter.segments];
    default:
      return [];
  }
}
