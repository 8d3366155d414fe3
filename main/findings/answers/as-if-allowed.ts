import { matcher } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import { type Filter, never, type Resolved, type Test } from "../../../shared/filter/tree.ts";

const HOLDS = parse("time:*");
const NEVER = parse("-time:*");

/**
 * A filter as calls of unknown outcome would meet it, had they been allowed: what it asks of the outcome is answered by
 * `allowed`, what it asks of the status by any from 200 to 399.
 */
export function asIfAllowed(filter: Filter): Filter {
  switch (filter.kind) {
    case "and":
    case "or":
      return { ...filter, terms: filter.terms.map(asIfAllowed) };
    case "not":
      return { ...filter, term: asIfAllowed(filter.term) };
    case "field":
      if (filter.field !== "outcome" && filter.field !== "status") return filter;
      return passes(resolve(filter, {})) ? HOLDS : NEVER;
    default:
      return filter;
  }
}

/** Whether a filter says anything of how calls ended. */
export function asksHowItEnded(filter: Filter): boolean {
  if (filter.kind === "and" || filter.kind === "or") return filter.terms.some(asksHowItEnded);
  if (filter.kind === "not") return asksHowItEnded(filter.term);
  return filter.kind === "field" && (filter.field === "outcome" || filter.field === "status");
}

function passes(filter: Resolved): boolean {
  switch (filter.kind) {
    case "and":
      return filter.terms.every(passes);
    case "or":
      return filter.terms.some(passes);
    case "not":
      return !passes(filter.term);
    case "text":
      return false;
    case "field":
      return filter.field === "outcome" ? passesAllowed(filter.test) : passesSuccess(filter.test);
    default:
      return never(filter);
  }
}

const passesAllowed = (test: Test): boolean =>
  test.kind === "present" || (test.kind === "pattern" && matcher(test.segments)("allowed"));

const passesSuccess = (test: Test): boolean =>
  test.kind === "present" ||
  (test.kind === "range" &&
    (test.fromInclusive ? test.from < 400 : test.from < 399) &&
    (test.toInclusive ? test.to >= 200 : test.to > 200));
