import { gapSpans, gapsOf } from "./coverage.ts";
import { filterTime, matches, namesOf } from "./filter.ts";
import {
  appsOf,
  type Counted,
  countedCalls,
  developersOf,
  entitled,
  LEVELS,
  type Level,
  peopleOfCounted,
  recentSpan,
  ruleSpan,
} from "./findings.ts";
import type { Call, Claim, Input, People, Rule } from "./model.ts";
import { empty, meet, micros, within } from "./time.ts";

export interface Verdict {
  id: string;
  verdict: "supported" | "contradicted" | "undetermined";
  measured?: People;
}

function levelsOf(claim: Claim): Level[] {
  const [word, above] = [claim.level?.replace("+", "") as Level, claim.level?.endsWith("+")];
  return above ? LEVELS.slice(LEVELS.indexOf(word)) : [word];
}

/** The claim's own time: cutoff to `as_of`, or the recent window, within its filter's times. */
function timeOf(input: Input, rule: Rule, claim: Claim): [number, number] {
  const span = claim.recent ? recentSpan(input, rule) : ruleSpan(input, rule);
  return meet(span, filterTime(claim.filter ?? ""));
}

/** A gap of one of the rule's APIs, over all its sources together, reaches into `time`. */
function gapIn(input: Input, rule: Rule, time: [number, number], filter: string): boolean {
  // A call of another API than the filter's could not be counted, logged or not.
  const asked = [...filter.matchAll(/\bapi:(\S+)/g)].map(([, api]) => (api as string).toLowerCase());
  const spoken = (api: string | undefined) => asked.every((one) => one === api);
  const wanted = rule.applies_to.api?.map((api) => api.toLowerCase()).filter(spoken);
  const times = new Map<string | undefined, number[]>();
  for (const call of input.events) {
    const api = call.api?.toLowerCase();
    if (call.duplicate || (wanted !== undefined && (api === undefined || !wanted.includes(api)))) continue;
    if (!spoken(api)) continue;
    times.set(api, [...(times.get(api) ?? []), micros(call.time)]);
  }
  // An API that the rule names and no log has: nothing is known of it.
  const unheard = wanted?.some((api) => !times.has(api)) && !empty(meet(ruleSpan(input, rule), time));
  if (unheard) return true;
  return [...times.values()].some((list) =>
    gapSpans(gapsOf(list, ruleSpan(input, rule))).some((gap) => !empty(meet(gap, time))),
  );
}

function measure(input: Input, rule: Rule, claim: Claim, counted: Counted[], held: [string, string][]): People {
  switch (claim.measure) {
    case "developers":
      return {
        value: new Set([...developersOf(counted), ...held.map(([developer]) => developer)]).size,
        basis: "exact",
      };
    case "apps":
      return { value: new Set([...appsOf(counted), ...held.map(([, app]) => app)]).size, basis: "exact" };
    case "events":
      return { value: counted.length, basis: "exact" };
    case "bytes":
    case "resources":
      return partly(claim.measure, counted);
    default:
      return peopleOfCounted(input, rule, counted);
  }
}

/** Of calls that do not say it, a sum or a number of names is unknown. */
function partly(measure: "bytes" | "resources", counted: Counted[]): People {
  const bytes = counted.flatMap(({ call }) => call.bytes ?? []);
  const resources = counted.flatMap(({ call }) => call.resource ?? []);
  const said = measure === "bytes" ? bytes.length : resources.length;
  if (said === 0 && counted.length > 0) return { value: null, basis: "not-logged" };
  const value = measure === "bytes" ? bytes.reduce((sum, one) => sum + one, 0) : new Set(resources).size;
  return { value, basis: said < counted.length ? "at-least" : "exact" };
}

/** A call of unknown outcome that would count had it been allowed. */
function untold(
  input: Input,
  rule: Rule,
  claim: Claim,
  levels: Level[],
  time: [number, number],
  known: { developers: string[]; apps: string[]; resources: string[] },
): boolean {
  return input.events.some((call) => {
    if (
      call.outcome !== "unknown" ||
      !within(micros(call.time), time) ||
      !matches(claim.filter ?? "", { ...call, outcome: "allowed" })
    )
      return false;
    const isAsked = matches(claim.filter ?? "", call);
    if (isAsked && countedCalls({ ...input, events: [call] }, rule).length > 0) return false;
    const [then] = countedCalls({ ...input, events: [{ ...call, outcome: "allowed" }] }, rule);
    if (then === undefined) return false;
    // Who or what is counted already adds nothing.
    if (claim.measure === "developers" && known.developers.includes(then.developer)) return false;
    if (claim.measure === "apps" && (call.app === undefined || known.apps.includes(call.app))) return false;
    if (claim.measure === "resources" && call.resource !== undefined && known.resources.includes(call.resource))
      return false;
    // One that does not say which fields may have got them.
    return levels.includes(then.level) || (levels.join() === "obtained" && then.level === "possible");
  });
}

/** The filter names a value that no log has, nor the registry an app of that name. */
function unmet({ events, registry }: Input, filter: string): boolean {
  return namesOf(filter).some(
    ({ field, term }) =>
      !events.some((call) => !call.duplicate && matches(term, call)) &&
      !(field === "app" && registry.apps.concat(registry.grants).some(({ app }) => matches(term, { app } as Call))),
  );
}

function judge(claim: Claim, low: number, open: boolean): Verdict["verdict"] {
  const value = claim.value as number;
  switch (claim.is) {
    case ">=":
      return low >= value ? "supported" : open ? "undetermined" : "contradicted";
    case ">":
      return low > value ? "supported" : open ? "undetermined" : "contradicted";
    case "<=":
      return low > value ? "contradicted" : open ? "undetermined" : "supported";
    case "<":
      return low >= value ? "contradicted" : open ? "undetermined" : "supported";
    default:
      if (low > value) return "contradicted";
      return open ? "undetermined" : low === value ? "supported" : "contradicted";
  }
}

/** One claim held against the record. What the logs do not show can only add to what was measured. */
function verdictOf(input: Input, claim: Claim): Verdict {
  if (claim.measure === undefined) return { id: claim.id, verdict: "undetermined" };
  const rule = input.policy.rules.find((one) => one.id === claim.rule);
  if (rule === undefined) return { id: claim.id, verdict: "undetermined" };
  const levels = levelsOf(claim);
  const time = timeOf(input, rule, claim);
  const inside = countedCalls(input, rule).filter(
    (one) => within(one.time, time) && matches(claim.filter ?? "", one.call),
  );
  const counted = inside.filter((one) => levels.includes(one.level));
  // A filter speaks of calls; which grants it would leave is not defined.
  if (levels.includes("entitled") && claim.filter)
    throw new RangeError("entitled with a filter: beyond this reference");
  const held = levels.includes("entitled") ? entitled(input, rule, time) : [];
  const measured = measure(input, rule, claim, counted, held);
  const logs = levels.some((level) => level !== "entitled");
  const fields = levels.length === 1 && levels[0] === "obtained" && inside.some((one) => one.level === "possible");
  const people = claim.measure === "people" && measured.basis !== "exact";
  const nameless = (claim.measure === "bytes" || claim.measure === "resources") && measured.basis !== "exact";
  const grants = input.registry.grants.some((grant) => grant.permission === rule.permission);
  if (claim.level === "entitled" && !grants) return { id: claim.id, verdict: "undetermined", measured };
  if (input.events.some((call) => !call.duplicate) && unmet(input, claim.filter ?? ""))
    return { id: claim.id, verdict: "undetermined", measured };
  const known = {
    developers: [...developersOf(counted), ...held.map(([developer]) => developer)],
    apps: [...appsOf(counted), ...held.map(([, app]) => app)],
    resources: counted.flatMap(({ call }) => call.resource ?? []),
  };
  const hidden = fields || people || nameless || untold(input, rule, claim, levels, time, known);
  const ungranted = levels.includes("entitled") && !grants;
  const open = ungranted || (logs && (hidden || gapIn(input, rule, time, claim.filter ?? "")));
  const low = measured.basis === "at-most" ? 0 : (measured.value ?? 0);
  return { id: claim.id, verdict: judge(claim, low, open), measured };
}

/** The `claims` of `claims --json`, without `why` and `filter`. */
export function referenceClaims(input: Input, claims: Claim[]): Verdict[] {
  return claims.map((claim) => verdictOf(input, claim));
}
