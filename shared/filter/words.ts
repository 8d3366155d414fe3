import type { Filter, Resolved, Segments } from "./tree.ts";

/** The bare words of a filter, as they are sought in every original line: those that an `or` joins in one go. */
export function wordsOf(filter: Filter): (readonly Segments[])[] {
  switch (filter.kind) {
    case "and":
      return filter.terms.flatMap(wordsOf);
    case "or": {
      const { words, others } = wordsJoined(filter.terms);
      return [...(words.length > 0 ? [words] : []), ...others.flatMap(wordsOf)];
    }
    case "not":
      return wordsOf(filter.term);
    case "text":
      return [[filter.segments]];
    default:
      return [];
  }
}

/** The words among the terms of an `or`, and its other terms. */
export function wordsJoined<Term extends Filter | Resolved>(
  terms: readonly Term[],
): { words: readonly Segments[]; others: readonly Term[] } {
  return {
    words: terms.flatMap((term) => (term.kind === "text" ? [term.segments] : [])),
    others: terms.filter(({ kind }) => kind !== "text"),
  };
}
