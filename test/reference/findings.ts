import { restrictedIn } from "./fields.ts";
import { matches, wildcard } from "./filter.ts";
import type { Call, Input, People, RegistryRows, Rule } from "./model.ts";
import { consented, listed, nobody, peopleOf, referencePeople } from "./people.ts";
import { empty, iso, meet, micros, span, within } from "./time.ts";

/*
 * A second, slow and obvious implementation of the findings, over arrays: FORMATS, "Policy", and docs/decisions.
 * It leaves out what does not follow from events, registry and policy: a developer's `status` and `remedy`.
 */

const DAY = 86_400_000_000;
export const LEVELS = ["entitled", "attempted", "possible", "obtained"] as const;
export type Level = (typeof LEVELS)[number];

/** A call that counts under a rule. */
export interface Counted {
  call: Call;
  time: number;
  level: Exclude<Level, "entitled">;
  developer: string;
  fields: string[];
}

/** µs; undefined where there is neither `as_of` nor an event. */
function asOf({ events, policy }: Input): number | undefined {
  // A day without a clock is its end.
  if (policy.as_of !== undefined)
    return policy.as_of.includes("T") ? micros(policy.as_of) : midnight(policy.as_of) + DAY;
  const times = events.map((call) => micros(call.time));
  return times.length === 0 ? undefined : Math.max(...times);
}

const midnight = (day: string): number => micros(`${day}T00:00:00Z`);

const cutoff = ({ effective_from: from, grace_days }: Rule): number =>
  (from.includes("T") ? micros(from) : midnight(from)) + grace_days * DAY;

/** [cutoff, as_of) */
export function ruleSpan(input: Input, rule: Rule): [number, number] {
  return [cutoff(rule), asOf(input) ?? -Infinity];
}

/** [as_of - recent_days, as_of), no earlier than the cutoff. */
export function recentSpan(input: Input, rule: Rule): [number, number] {
  const end = asOf(input) ?? -Infinity;
  return meet([end - input.policy.recent_days * DAY, end], ruleSpan(input, rule));
}

/** Scope and span, whatever called. */
const asks = (input: Input, rule: Rule, call: Call): boolean =>
  within(micros(call.time), ruleSpan(input, rule)) && isAbout(rule, call);

/** Scope, whatever called and whenever. */
function isAbout(rule: Rule, call: Call): boolean {
  const { api, operations, filter } = rule.applies_to;
  if (api !== undefined && !api.some((name) => name.toLowerCase() === call.api?.toLowerCase())) return false;
  const operation = call.operation;
  if (operations !== undefined) {
    if (operation === undefined || !operations.some((pattern) => wildcard(pattern, operation))) return false;
  }
  return matches(filter ?? "", call);
}

/** Scope and span. */
const holds = (input: Input, rule: Rule, call: Call): boolean => isMeant(rule, call) && asks(input, rule, call);

function isMeant({ applies_to: { caller } }: Rule, call: Call): boolean {
  return caller === undefined ? call.caller !== "service" : call.caller !== undefined && caller.includes(call.caller);
}

/** The calls of a developer that a rule speaks of and that no level judges: none is before `as_of`. */
export const unjudgedCalls = (input: Input, rule: Rule, developer: string): Call[] =>
  input.events.filter(
    (call) =>
      micros(call.time) >= (asOf(input) ?? Infinity) &&
      !call.duplicate &&
      !exempt(rule, call.app) &&
      isMeant(rule, call) &&
      isAbout(rule, call) &&
      developerOf(input.registry, call) === developer,
  );

/** Calls of the platform's own services that a rule would speak of. */
function serviceCalls(input: Input, rule: Rule): { service_calls?: number } {
  if (rule.applies_to.caller !== undefined) return {};
  const calls = input.events.filter(
    (call) => call.caller === "service" && !call.duplicate && !exempt(rule, call.app) && asks(input, rule, call),
  );
  return calls.length === 0 ? {} : { service_calls: calls.length };
}

/** Whoever was joined to another by hand is that one. */
export const now = ({ joined = [] }: RegistryRows, developer: string): string =>
  joined.find((row) => row.developer_id === developer)?.into ?? developer;

/** The registered owner of an app at a time. */
function ownerAt(registry: RegistryRows, app: string, time: number): string | undefined {
  const owner = registry.apps.find(
    (row) => row.app === app && within(time, span(row.owned_from, row.owned_until)),
  )?.developer_id;
  return owner === undefined ? undefined : now(registry, owner);
}

/** The developer a log names: by id, else by name in any case, else one of that name. */
function named(registry: RegistryRows, word: string): string {
  const byId = registry.developers.find((row) => row.developer_id === word);
  const bearers = registry.developers.filter((row) => row.developer?.toLowerCase() === word.toLowerCase());
  // A name that several bear names none of them.
  return (byId ?? (bearers.length === 1 ? bearers[0] : undefined))?.developer_id ?? `name:${word}`;
}

function developerOf(registry: RegistryRows, call: Call): string {
  const owner = call.app === undefined ? undefined : ownerAt(registry, call.app, micros(call.time));
  if (owner !== undefined) return owner;
  if (call.developer !== undefined) return now(registry, named(registry, call.developer));
  return call.app === undefined ? "unknown" : now(registry, `app:${call.app}`);
}

/** Whose an app is while nobody is registered as its owner. */
function holderOf({ events, registry }: Input, app: string): string {
  const naming = events.filter((call) => call.app === app && call.developer !== undefined);
  const first = naming.sort((a, b) => micros(a.time) - micros(b.time))[0];
  return now(registry, first?.developer === undefined ? `app:${app}` : named(registry, first.developer));
}

function displayName(registry: RegistryRows, developer: string): string | undefined {
  const row = registry.developers.find((one) => one.developer_id === developer);
  return row === undefined && developer.startsWith("name:") ? developer.slice("name:".length) : row?.developer;
}

const exempt = (rule: Rule, app: string | undefined): boolean =>
  app !== undefined && (rule.exempt_apps ?? []).includes(app);

/** The rule's grants of apps that are not exempt, without those that held for no time at all. */
function grantsOf({ registry }: Input, rule: Rule): { app: string; held: [number, number] }[] {
  return registry.grants
    .filter((grant) => grant.permission === rule.permission && !exempt(rule, grant.app))
    .map((grant) => ({ app: grant.app, held: span(grant.granted_at, grant.revoked_at) }))
    .filter((grant) => !empty(grant.held));
}

/** Developers and apps that held the permission at some instant of `time`, as [developer, app]. */
export function entitled(input: Input, rule: Rule, time: [number, number]): [string, string][] {
  const found: [string, string][] = [];
  for (const { app, held } of grantsOf(input, rule)) {
    const grant = meet(held, time);
    if (empty(grant)) continue;
    let unowned = [grant];
    for (const row of input.registry.apps) {
      if (row.app !== app || row.developer_id === undefined) continue;
      const owned = span(row.owned_from, row.owned_until);
      if (empty(owned)) continue;
      if (!empty(meet(grant, owned))) found.push([now(input.registry, row.developer_id), app]);
      unowned = unowned.flatMap((left) => [meet(left, [-Infinity, owned[0]]), meet(left, [owned[1], Infinity])]);
      unowned = unowned.filter((left) => !empty(left));
    }
    if (unowned.length > 0) found.push([holderOf(input, app), app]);
  }
  return found;
}

/** The fields of a call that a rule restricts: all, and unnamed ones too, where it names none. */
function gotten(rule: Rule, call: Call): string[] {
  if (rule.restricted_fields !== undefined) return restrictedIn(call.fields ?? [], rule.restricted_fields);
  return call.fields !== undefined && call.fields.length > 0 ? call.fields : ["*"];
}

/** The level of one call under one rule; undefined: it counts nowhere. */
function levelOf(input: Input, rule: Rule, call: Call): Counted["level"] | undefined {
  if (call.duplicate || exempt(rule, call.app) || !holds(input, rule, call)) return undefined;
  const known = rule.restricted_fields === undefined || (call.fields?.length ?? 0) > 0;
  if (known && gotten(rule, call).length === 0) return undefined;
  const list = listed(call) ?? [];
  const somebody = list.length > 0 || (listed(call) === undefined && (call.subject_count ?? 0) > 0);
  if (list.length > 0 && list.every((id) => consented(input.registry, rule, call, id))) return undefined;
  if (call.outcome === "denied") return "attempted";
  if (call.outcome === "failed") return undefined;
  if (call.outcome === "unknown" && !somebody) return undefined;
  if (nobody(call)) return "attempted";
  return known ? "obtained" : "possible";
}

/** Every call that counts under a rule, in the order of time. */
export function countedCalls(input: Input, rule: Rule): Counted[] {
  const found: Counted[] = [];
  for (const call of input.events) {
    const level = levelOf(input, rule, call);
    if (level === undefined) continue;
    const fields = gotten(rule, call);
    found.push({ call, time: micros(call.time), level, developer: developerOf(input.registry, call), fields });
  }
  return found.sort((a, b) => a.time - b.time);
}

/** The people of counted calls of a rule, those who consented under it left out. */
export function peopleOfCounted(input: Input, rule: Rule, counted: Counted[]): People {
  const calls = counted.map((one) => one.call);
  return peopleOf(calls, input.registry, (call, id) => consented(input.registry, rule, call, id));
}

export function appsOf(counted: Counted[]): string[] {
  return [...new Set(counted.flatMap(({ call }) => call.app ?? []))].sort();
}

export const developersOf = (counted: Counted[]): string[] => [...new Set(counted.map((one) => one.developer))];

function fieldsAre(counted: Counted[]): { fields_are?: "returned" | "requested" | "both" } {
  const seen = new Set(counted.map(({ call }) => call.fields_are ?? "returned"));
  if (seen.size === 2) return { fields_are: "both" };
  const [only] = seen;
  return only === undefined ? {} : { fields_are: only };
}

const of = (counted: Counted[], ...levels: Level[]): Counted[] => counted.filter((one) => levels.includes(one.level));

function totalsOf(input: Input, rule: Rule, counted: Counted[]) {
  const count = (some: Counted[]) => ({
    developers: developersOf(some).length,
    apps: appsOf(some).length,
    events: some.length,
  });
  const withPeople = (some: Counted[]) => ({ ...count(some), people: peopleOfCounted(input, rule, some) });
  const held = entitled(input, rule, ruleSpan(input, rule));
  const obtained = of(counted, "obtained");
  const recent = of(counted, "possible", "obtained").filter((one) => within(one.time, recentSpan(input, rule)));
  return {
    entitled: {
      developers: new Set(held.map(([developer]) => developer)).size,
      apps: new Set(held.map(([, app]) => app)).size,
    },
    attempted: count(of(counted, "attempted")),
    possible: withPeople(of(counted, "possible")),
    obtained: { ...withPeople(obtained), ...fieldsAre(obtained) },
    recent: withPeople(recent),
  };
}

function monthsOf(input: Input, rule: Rule, counted: Counted[]) {
  const monthOf = (one: Counted) => iso(one.time).slice(0, 7);
  const count = (some: Counted[]) => ({ developers: developersOf(some).length, events: some.length });
  return [...new Set(counted.map(monthOf))].sort().map((month) => {
    const all = counted.filter((one) => monthOf(one) === month);
    const [possible, obtained] = [of(all, "possible"), of(all, "obtained")];
    return {
      month,
      attempted: count(of(all, "attempted")),
      possible: { ...count(possible), people: peopleOfCounted(input, rule, possible) },
      obtained: { ...count(obtained), people: peopleOfCounted(input, rule, obtained), ...fieldsAre(obtained) },
    };
  });
}

/** The latest end of a grant that a developer's app held; undefined where one of its apps holds a grant at `as_of`. */
function revokedAt(input: Input, rule: Rule, developer: string): number | undefined {
  const owner = (app: string, time: number) => ownerAt(input.registry, app, time) ?? holderOf(input, app);
  const end = asOf(input) ?? -Infinity;
  const grants = grantsOf(input, rule);
  if (grants.some(({ app, held }) => within(end, held) && owner(app, end) === developer)) return undefined;
  const ends = grants.filter(({ app, held }) => held[1] < Infinity && owner(app, held[1]) === developer);
  return ends.length === 0 ? undefined : Math.max(...ends.map(({ held }) => held[1]));
}

/** The app holds no grant at the time of the call and once had. */
function afterRevocation(input: Input, rule: Rule, { call, time }: Counted): boolean {
  const grants = grantsOf(input, rule).filter((grant) => grant.app === call.app);
  return grants.some(({ held }) => held[0] < time) && !grants.some(({ held }) => within(time, held));
}

function developerRow(input: Input, rule: Rule, counted: Counted[], held: [string, string][], developer: string) {
  const mine = counted.filter((one) => one.developer === developer);
  const [attempted, possible, obtained] = [of(mine, "attempted"), of(mine, "possible"), of(mine, "obtained")];
  const allowed = of(mine, "possible", "obtained");
  const grants = held.filter(([holder]) => holder === developer).map(([, app]) => app);
  const level: Level =
    obtained.length > 0
      ? "obtained"
      : possible.length > 0
        ? "possible"
        : attempted.length > 0
          ? "attempted"
          : "entitled";
  const times = (some: Counted[]) => {
    const [first, last] = [some[0], some.at(-1)];
    return {
      events: some.length,
      ...(first === undefined || last === undefined ? {} : { first: iso(first.time), last: iso(last.time) }),
    };
  };
  const withPeople = (some: Counted[]) => ({ ...times(some), people: peopleOfCounted(input, rule, some) });
  const name = displayName(input.registry, developer);
  const revoked = revokedAt(input, rule, developer);
  return {
    developer_id: developer,
    ...(name === undefined ? {} : { developer: name }),
    level,
    recent: allowed.some((one) => within(one.time, recentSpan(input, rule))),
    entitled: grants.length > 0,
    apps: [...new Set([...grants, ...appsOf(mine)])].sort(),
    attempted: times(attempted),
    possible: withPeople(possible),
    obtained: {
      ...withPeople(obtained),
      fields: [...new Set(obtained.flatMap((one) => one.fields))].sort(),
      ...fieldsAre(obtained),
    },
    ...(revoked === undefined ? {} : { revoked_at: iso(revoked) }),
    allowed_after_revocation: allowed.filter((one) => afterRevocation(input, rule, one)).length,
  };
}

/** `as_of` and `rules` as `findings --json` prints them, without `status` and `remedy`. */
export function referenceFindings(input: Input) {
  const end = asOf(input);
  const rules = input.policy.rules.map((rule) => {
    const counted = countedCalls(input, rule);
    const held = entitled(input, rule, ruleSpan(input, rule));
    const names = new Set([...held.map(([developer]) => developer), ...developersOf(counted)]);
    const rows = [...names].map((developer) => developerRow(input, rule, counted, held, developer));
    rows.sort(
      (a, b) =>
        LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) ||
        b.obtained.events - a.obtained.events ||
        b.possible.events - a.possible.events ||
        b.attempted.events - a.attempted.events ||
        (a.developer_id < b.developer_id ? -1 : 1),
    );
    return {
      rule: rule.id,
      totals: totalsOf(input, rule, counted),
      by_month: monthsOf(input, rule, counted),
      developers: rows,
      ...serviceCalls(input, rule),
    };
  });
  return { ...(end === undefined ? {} : { as_of: iso(end) }), rules };
}

/** `people ""`: over every call that is no duplicate. */
export function peopleOfAll(input: Input): People {
  const calls = input.events.filter((call) => !call.duplicate);
  return referencePeople(calls, input, (rule, call) => holds(input, rule, call));
}
