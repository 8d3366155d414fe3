import type { Reply } from "../../../shared/contract/contract.ts";
import type { Selection } from "../../query/results/selection.ts";
import type { Session } from "../session/session.ts";

/** Ids are gathered and sorted once a selection, then paged. */
const gathered = new WeakMap<Selection, { people: Reply<"peopleIds">["people"]; ids: string[] }>();

/** A page of the distinct ids that a filter's calls list. @throws Refusal `filter-wrong`, `policy-missing` */
export function peoplePage(
  session: Session,
  { filter, offset, limit }: { filter: string; offset: number; limit: number },
): Reply<"peopleIds"> {
  const selection = session.selection(filter);
  let found = gathered.get(selection);
  if (!found) {
    found = { people: session.inquiry.people(filter).people, ids: session.inquiry.peopleList(filter) };
    gathered.set(selection, found);
  }
  const ids = found.ids.slice(offset, offset + limit);
  return { filter, people: found.people, listed: found.ids.length, offset, ids };
}
