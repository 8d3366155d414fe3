import type { Call, Input, People, RegistryRows, Rule } from "./model.ts";
import { micros, span, within } from "./time.ts";

/** The ids a call lists; undefined where they are not logged. An empty list beside a count above 0 is not logged: the count stands. */
export function listed(call: Call): string[] | undefined {
  return call.subjects?.length === 0 && (call.subject_count ?? 0) > 0 ? undefined : call.subjects;
}

/** The log says, or its status does, that nobody was returned. */
export function nobody(call: Call): boolean {
  const list = listed(call);
  if (list !== undefined) return list.length === 0;
  if (call.subject_count !== undefined) return call.subject_count === 0;
  const status = call.status ?? 0;
  return status === 204 || status === 205 || (status >= 300 && status <= 399);
}

/** UUIDs and e-mail addresses are one whatever their case. */
const known = (id: string): string => (/@|^[0-9a-f-]{36}$/i.test(id) ? id.toLowerCase() : id);

export function consented(registry: RegistryRows, rule: Rule, call: Call, subject: string): boolean {
  return registry.consents.some(
    (consent) =>
      known(consent.subject) === known(subject) &&
      consent.app === call.app &&
      consent.permission === rule.consent_permission &&
      within(micros(call.time), span(consent.given_at, consent.withdrawn_at)),
  );
}

/**
 * The people of a set of calls. `left` says who is left out of a call. Calls known to have returned nobody (also denied
 * and failed ones that neither list nor count) add nobody and leave the others' number as exact as it is.
 */
export function peopleOf(calls: Call[], registry: RegistryRows, left: (call: Call, id: string) => boolean): People {
  const ids = new Set<string>();
  const largest: number[] = [0];
  const groups = new Map<string | undefined, { counts: number; unknown: boolean }>();
  for (const call of calls) {
    const list = listed(call);
    if (list !== undefined) {
      for (const id of list) if (!left(call, id)) ids.add(known(id));
      continue;
    }
    const count = call.subject_count;
    if (nobody(call) || (count === undefined && (call.outcome === "denied" || call.outcome === "failed"))) continue;
    const group = groups.get(call.resource) ?? { counts: 0, unknown: false };
    groups.set(call.resource, group);
    if (count === undefined) group.unknown = true;
    else {
      group.counts += count;
      largest.push(count);
    }
  }
  if (groups.size === 0) return { value: ids.size, basis: "exact" };
  const lower = Math.max(ids.size, ...largest);
  let upper = ids.size;
  for (const [resource, { counts, unknown }] of groups) {
    const size = registry.resources.find((row) => row.resource === resource)?.people ?? Infinity;
    upper += unknown ? size : Math.min(counts, size);
  }
  if (upper === Infinity)
    return lower === 0 ? { value: null, basis: "not-logged" } : { value: lower, basis: "at-least" };
  if (lower === 0) return { value: upper, basis: "at-most" };
  return { value: lower, at_most: Math.max(lower, upper), basis: "between" };
}

/** `people FILTER` over the calls that match it: left out are those who consented for every rule that holds the call. */
export function referencePeople(calls: Call[], input: Input, holds: (rule: Rule, call: Call) => boolean): People {
  return peopleOf(calls, input.registry, (call, id) => {
    const rules = input.policy.rules.filter((rule) => holds(rule, call));
    return rules.length > 0 && rules.every((rule) => consented(input.registry, rule, call, id));
  });
}
