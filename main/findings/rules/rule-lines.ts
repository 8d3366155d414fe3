import type { RuleLine } from "../../../shared/model/accountability/dry-run.ts";
import { FLAG } from "../../../shared/model/event.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { PersonIndex } from "../people/person-index.ts";
import type { Judged, ReturnedPeople } from "./judge.ts";
import { FIELDS_OPEN, scopeOf } from "./rule-scope.ts";

/** The keys in the order in which they narrow a rule. */
const LINES: readonly RuleLine["line"][] = [
  ...(["api", "operations", "filter", "effective_from", "as_of"] as const),
  ...(["restricted_fields", "consent_permission", "exempt_apps"] as const),
];

/**
 * How many calls are left after each key of a rule and all keys before it, from all that are no duplicates. Callers that a rule
 * does not mean go with its filter.
 */
export function ruleLines(
  dataset: Dataset,
  personIndex: PersonIndex,
  returned: ReturnedPeople,
  { rule, cutoff, asOf, fields, consents }: Judged,
): RuleLine[] {
  const { columns } = dataset;
  const { time } = columns;
  const apps = columns.codes("app");
  const lists = columns.codes("fields");
  const flags = columns.codes("flags");
  const { api, operations } = rule.applies_to;
  const scope = (applies_to: Rule["applies_to"]) => scopeOf(dataset, { ...rule, applies_to }, cutoff, asOf);
  const [ofApi, ofOperations, whole] = [
    scope(api ? { api } : {}),
    scope({ ...(api && { api }), ...(operations && { operations }) }),
    scope(rule.applies_to),
  ] as const;
  const allConsented = (p: number): boolean => {
    const app = apps[p] as number;
    const list = returned.listOf(p);
    if (list === 0 || !consents.concern(app)) return false;
    const people = personIndex.of(list);
    return people.length > 0 && people.every((person) => consents.covers(person, app, time[p] as number));
  };
  // for (const [line, passes] of keys) if (!passes(p)) break; else left[line] += 1;
  const left = LINES.map(() => 0);
  const pass = (at: number): void => {
    left[at] = (left[at] as number) + 1;
  };
  for (let p = 0; p < columns.rows; p += 1) {
    if (((flags[p] as number) & FLAG.duplicate) !== 0 || !ofApi.asks(p)) continue;
    pass(0);
    if (!ofOperations.asks(p)) continue;
    pass(1);
    if (!whole.inside(p)) continue;
    pass(2);
    const at = time[p] as number;
    if (at < cutoff) continue;
    pass(3);
    if (at >= asOf) continue;
    pass(4);
    if (fields.kind[lists[p] as number] === FIELDS_OPEN) continue;
    pass(5);
    if (allConsented(p)) continue;
    pass(6);
    if (whole.counts(p)) pass(7);
  }
  return LINES.map((line, at) => ({ line, events: left[at] as number }));
}
