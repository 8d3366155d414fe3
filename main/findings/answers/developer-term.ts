import { fold } from "../../../shared/filter/match.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { Dataset } from "../../query/dataset.ts";

/**
 * Filter terms for the calls of developers: by name where that means this developer alone, else by id; whom events do not
 * name, by what findings call it.
 */
export function termsOf({ owners }: Dataset): (id: string, name: string) => string {
  /** By folded word: the ids of those who answer to it. */
  const answering = new Map<string, Set<string>>();
  const nameless = new Set<string>();
  for (const { id, shown } of owners.list) {
    if (shown === undefined) nameless.add(id);
    for (const word of shown === undefined ? [id] : [id, shown]) {
      const ids = answering.get(fold(word));
      if (ids) ids.add(id);
      else answering.set(fold(word), new Set([id]));
    }
  }
  return (id, name) => {
    if (nameless.has(id)) return `finding:${quote(id)}`;
    const ids = answering.get(fold(name));
    const isAlone = ids === undefined || (ids.size === 1 && ids.has(id));
    return `developer:${quote(isAlone ? name : id)}`;
  };
}

/** The same where no policy says what is a finding: an app without a developer by its id, what has neither by having neither. */
export function plainTermsOf(dataset: Dataset): (id: string, name: string) => string {
  const terms = termsOf(dataset);
  const nameless = new Set(dataset.owners.list.flatMap(({ id, shown }) => (shown === undefined ? [id] : [])));
  return (id, name) => {
    if (!nameless.has(id)) return terms(id, name);
    return id.startsWith("app:") ? `app:${quote(id.slice("app:".length))} -developer:*` : "-app:* -developer:*";
  };
}
