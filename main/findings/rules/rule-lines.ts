import type { RuleLine } from "../../../shared/model/accountability/dry-run.ts";
import { FLAG } from "../../../shared/model/event.ts";
import type { Rule } from "../../../shared/model/policy.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { PersonIndex } from "../people/person-index.ts";
import type { Judged, ReturnedPeople } from "./judge.ts";
import { FIELDS_OPEN, scopeOf } from "./rule-scope.ts";

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
  const keys: readonly [RuleLine["line"], (p: number) => boolean][] = [
    ["api", ofApi.asks],
    ["operations", ofOperations.asks],
    ["filter", whole.inside],
    ["effective_from", (p) => (time[p] as number) >= cutoff],
    ["as_of", (p) => (time[p] as number) < asOf],
    ["restricted_fields", (p) => fields.kind[lists[p] as number] !== FIELDS_OPEN],
    ["consent_permission", (p) => !allConsented(p)],
    ["exempt_apps", whole.counts],
  ];
  const left = keys.map(() => 0);
  for (let p = 0; p < columns.rows; p += 1) {
    if (((flags[p] as number) & FLAG.duplicate) !== 0) continue;
    for (let key = 0; key < keys.length && (keys[key] as (typeof keys)[number])[1](p); key += 1)
      left[key] = (left[key] as number) + 1;
  }
  return keys.map(([line], key) => ({ line, events: left[key] as number }));
}
