import { Refusal } from "../../../shared/base/errors.ts";
import { DAY, HOUR, isoOf } from "../../../shared/base/time.ts";
import { fold, matcher } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { print } from "../../../shared/filter/print.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import type { Resolved } from "../../../shared/filter/tree.ts";
import type { Claim, Verdict } from "../../../shared/model/claims.ts";
import { OUTCOMES } from "../../../shared/model/event.ts";
import type { ClaimResult, People } from "../../../shared/model/finding.ts";
import { LEVELS, type Level } from "../../../shared/model/level.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { evaluate } from "../../query/filter/evaluate.ts";
import { type HourRun, type Silences, silencesOfApi } from "../coverage/coverage.ts";
import type { Inquiry } from "../inquiry.ts";
import { PeopleCount } from "../people/people-count.ts";
import { resourceSizes } from "../people/resource-sizes.ts";
import { Grants } from "../rules/grants.ts";
import { APART_UNKNOWN, type Judged, OBTAINED, POSSIBLE } from "../rules/judge.ts";
import { loadClaims, noRuleNamed, ruleNamed } from "../rules/policy.ts";
import { unregisteredOwner } from "../rules/unregistered-owner.ts";
import { asIfAllowed } from "./as-if-allowed.ts";
import { NOTHING_TO_COUNT, type Unknown, whyOf } from "./claim-sentences.ts";
import { namedValues } from "./claim-values.ts";

/** What the record says of a measure. It is at least `least`, and may be more where the logs leave something open. */
interface Measured {
  readonly measured: People;
  readonly least: number;
  /** What the logs do not show and what could add to the measure; none: `least` is all. */
  readonly unknown: readonly Unknown[];
  /** Silences in the claim's own time of which it cannot be told whether they are gaps. They leave the verdict as it is. */
  readonly untold: readonly HourRun[];
  /** That the filter names what the claim cannot count anyhow. It leaves the verdict as it is, too. */
  readonly outside: readonly Unknown[];
}

/** A call's code of `outcome` where nothing says how it ended. */
const UNKNOWN = OUTCOMES.indexOf("unknown");

/** Leaves a claim open whatever was measured: it would be decided by what nobody meant. */
function decidesNothing({ code }: Unknown, claim: Claim): boolean {
  // Who called counts for `entitled+` too.
  return code === "value-unmet" || code === "grants-only" || (code === "no-grants" && claim.level === "entitled");
}

/** Every claim of the case compared with the record. */
export function claimResults(inquiry: Inquiry): ClaimResult[] {
  return (loadClaims(inquiry.dataset.caseFile)?.claims ?? []).map((claim) => claimResult(inquiry, claim));
}

/** A claim that the policy or the filter language of today can no longer judge is undetermined, and says why. */
export function claimResult(inquiry: Inquiry, claim: Claim): ClaimResult {
  try {
    return judgedResult(inquiry, claim);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { id: claim.id, verdict: "undetermined", why: noLonger(inquiry, claim, error), filter: "" };
  }
}

/** Claims are checked when they come in: what fails now has changed since. */
function noLonger({ policy }: Inquiry, { rule }: Claim, error: Refusal): string {
  const ids = policy?.rules.map(({ id }) => id) ?? [];
  if (error.code !== "rule-unknown" || rule === undefined) return error.what;
  return `The policy has no rule "${rule}" (renamed or left out since the claim was given); it has ${ids.join(", ")}`;
}

/** @throws Refusal `rule-unknown`, `policy-missing`, `filter-wrong` */
function judgedResult(inquiry: Inquiry, claim: Claim): ClaimResult {
  const judged = judgedFor(inquiry, claim);
  const filter = rowsFilter(claim, judged, recentDaysOf(inquiry.policy));
  if (claim.measure === undefined || claim.is === undefined || claim.value === undefined) {
    return { id: claim.id, verdict: "undetermined", why: NOTHING_TO_COUNT, filter };
  }
  const record = measure(inquiry, claim, judged);
  const isOpen = record.unknown.some((unknown) => decidesNothing(unknown, claim));
  const verdict = isOpen ? "undetermined" : hold(record, claim.is, claim.value);
  return {
    id: claim.id,
    verdict,
    measured: record.measured,
    why: whyOf(claim, record.measured, [
      ...record.outside,
      ...(verdict === "undetermined" ? record.unknown : doubts(record, claim, verdict)),
    ]),
    filter,
  };
}

/** What is to be said beside a verdict that a gap would have left open. */
function doubts(record: Measured, { is, value }: Claim, verdict: Verdict): Unknown[] {
  if (record.untold.length === 0 || is === undefined || value === undefined) return [];
  const silences: Unknown = { code: "untold", silences: record.untold };
  return hold({ ...record, unknown: [silences] }, is, value) === verdict ? [] : [silences];
}

function judgedFor(inquiry: Inquiry, claim: Claim): Judged | undefined {
  if (claim.rule !== undefined) ruleNamed(inquiry.policy, claim.rule);
  if (claim.rule === undefined && claim.level === undefined && !claim.recent) return undefined;
  if (claim.rule === undefined && inquiry.judged.length === 0) ruleNamed(inquiry.policy, "");
  if (claim.rule === undefined && inquiry.judged.length > 1) throw noRuleNamed(inquiry.judged.map(({ rule }) => rule));
  return inquiry.judged.find((judged) => claim.rule === undefined || judged.rule.id === claim.rule);
}

/**
 * What the logs do not show can only add: it never weakens an "at least" that is met or an "at most" that is broken, and
 * leaves everything else open.
 */
function hold({ least, unknown }: Measured, is: NonNullable<Claim["is"]>, value: number): Verdict {
  const open = unknown.length > 0;
  const atLeast = (met: boolean): Verdict => (met ? "supported" : open ? "undetermined" : "contradicted");
  const atMost = (broken: boolean): Verdict => (broken ? "contradicted" : open ? "undetermined" : "supported");
  switch (is) {
    case ">=":
      return atLeast(least >= value);
    case ">":
      return atLeast(least > value);
    case "<=":
      return atMost(least > value);
    case "<":
      return atMost(least >= value);
    case "=":
      return least > value ? "contradicted" : open ? "undetermined" : least === value ? "supported" : "contradicted";
  }
}

function measure(inquiry: Inquiry, claim: Claim, judged: Judged | undefined): Measured {
  const levels = levelsOf(claim.level);
  const unmet =
    inquiry.lanes.length === 0 ? [] : namedValues(inquiry.dataset, claim.filter).filter((value) => value.isUnmet);
  const spelling: Unknown[] = unmet.length === 0 ? [] : [{ code: "value-unmet", terms: unmet.map(({ term }) => term) }];
  if (judged && levels.includes("entitled")) {
    const entitled = measureEntitled(inquiry, claim, judged, levels);
    if (entitled) return { ...entitled, unknown: [...spelling, ...entitled.unknown] };
  }
  const { dataset } = inquiry;
  const resolved = resolve(parse(claim.filter), dataset.times);
  const set = evaluate(resolved, dataset);
  // Which calls of unknown outcome the filter would hold, had they been allowed.
  const then = evaluate(resolve(asIfAllowed(parse(claim.filter)), dataset.times), dataset);
  const outcome = dataset.columns.codes("outcome");
  const time = dataset.columns.time;
  const recentFrom =
    claim.recent && judged ? judged.asOf - recentDaysOf(inquiry.policy) * DAY : Number.NEGATIVE_INFINITY;
  const wanted = (verdict: number) => levels.length === 0 || levels.includes(LEVELS[verdict] as Level);
  const inside = (p: number) => set.has(p) && (time[p] as number) >= recentFrom;
  const wouldBe = (p: number) => outcome[p] === UNKNOWN && then.has(p) && (time[p] as number) >= recentFrom;
  const counted: number[] = [];
  // Calls that may have got a restricted field. They leave a claim about `obtained` alone open.
  let silent = 0;
  // Calls that would count had they been allowed, which nothing says.
  const unsaid: number[] = [];
  const countsThen = (verdict: number) =>
    verdict > 0 && (wanted(verdict) || (verdict === POSSIBLE && claim.level?.startsWith("obtained")));
  const [from, to] = judged ? [judged.from, judged.to] : [0, dataset.columns.rows];
  for (let p = from; p < to; p += 1) {
    const verdict = judged?.verdicts[p] ?? 0;
    if (!inside(p)) {
      if (wouldBe(p) && (judged === undefined || countsThen(thenVerdict(judged, p)))) unsaid.push(p);
      continue;
    }
    if (judged === undefined || (verdict > 0 && verdict <= OBTAINED && wanted(verdict))) counted.push(p);
    else if (verdict === POSSIBLE && claim.level?.startsWith("obtained")) silent += 1;
    else if (verdict === APART_UNKNOWN && judged && countsThen(judged.whenAllowed(p))) unsaid.push(p);
  }
  const unknown: Unknown[] = [...spelling];
  if (levels.length === 1 && levels[0] === "entitled") unknown.push({ code: "grants-only" });
  const found = numberOf(inquiry, claim, judged, counted);
  if (claim.measure === "people" && found.basis !== "exact") unknown.push({ code: "people-unlisted" });
  if (silent > 0) unknown.push({ code: "fields-unlogged", calls: silent });
  const adding = unsaid.filter(addsTo(inquiry, claim.measure, counted));
  if (adding.length > 0) unknown.push({ code: "outcome-unknown", ...namedCalls(inquiry, adding) });
  const nameless = unmeasured(inquiry, claim.measure, counted);
  if (nameless) unknown.push(nameless);
  const missing = unlogged(inquiry, judged, resolved, recentFrom);
  unknown.push(...missing.unknown);
  return {
    measured: found,
    least: found.basis === "at-most" ? 0 : (found.value ?? 0),
    unknown,
    untold: missing.untold,
    outside: missing.outside,
  };
}

/** The verdict on a call of unknown outcome, had it been allowed; as it is where it counts already. */
const thenVerdict = (judged: Judged, p: number): number => {
  const verdict = judged.verdicts[p] as number;
  return verdict === APART_UNKNOWN ? judged.whenAllowed(p) : verdict <= OBTAINED ? verdict : 0;
};

/** Calls that a sentence names. */
const MAX_NAMED_CALLS = 3;

/** How many calls, and the first of them by operation and time, which read the same wherever the records lie. */
function namedCalls(
  { dataset: { columns } }: Inquiry,
  positions: readonly number[],
): { calls: number; first: string[] } {
  const operations = columns.dictionary("operation");
  const operationOf = columns.codes("operation");
  const first = positions.slice(0, MAX_NAMED_CALLS).map((p) => {
    const at = isoOf(columns.time[p] as number);
    const operation = operations.get(operationOf[p] as number);
    return operation === undefined ? `at ${at}` : `${operation} at ${at}`;
  });
  return { calls: positions.length, first };
}

/** `possible+`: that level and above. No level: every call of the rule's that has one, or every call of the filter. */
function levelsOf(level: Claim["level"]): readonly Level[] {
  if (level === undefined) return [];
  if (!level.endsWith("+")) return [level as Level];
  return LEVELS.slice(LEVELS.indexOf(level.slice(0, -1) as Level));
}

/** Whether a call could change the measure: of developers, apps and resources only one that is not counted already. */
function addsTo(
  { dataset: { owners, columns } }: Inquiry,
  measure: Claim["measure"],
  counted: readonly number[],
): (position: number) => boolean {
  const by = { developers: owners.of, apps: columns.codes("app"), resources: columns.codes("resource") };
  if (measure !== "developers" && measure !== "apps" && measure !== "resources") return () => true;
  const codes = by[measure];
  const known = new Set(counted.map((p) => codes[p]));
  // A call without an app is by none; one without a resource asked for one that may be new.
  if (measure === "apps") known.add(0);
  if (measure === "resources") known.delete(0);
  return (p) => !known.has(codes[p]);
}

function numberOf(inquiry: Inquiry, claim: Claim, judged: Judged | undefined, positions: readonly number[]): People {
  const { owners, columns } = inquiry.dataset;
  const exact = (value: number): People => ({ value, basis: "exact" });
  switch (claim.measure) {
    case "developers":
      return exact(new Set(positions.map((p) => owners.of[p])).size);
    case "apps":
      return exact(new Set(positions.map((p) => columns.codes("app")[p]).filter((app) => app !== 0)).size);
    case "people":
      return peopleOf(inquiry, judged, positions);
    case "bytes":
      return bytesOf(inquiry, positions);
    case "resources":
      return resourcesOf(inquiry, positions);
    default:
      return exact(positions.length);
  }
}

function peopleOf(inquiry: Inquiry, judged: Judged | undefined, positions: readonly number[]): People {
  const { columns } = inquiry.dataset;
  const counter = new PeopleCount(resourceSizes(inquiry.dataset));
  const appOf = columns.codes("app");
  for (const p of positions) {
    const list = inquiry.returned.listOf(p);
    if (list === 0) counter.addUnlisted(columns.codes("resource")[p] as number, inquiry.returned.countOfAny(p));
    else if (!judged) for (const person of inquiry.affected(p)) counter.addPerson(person);
    else
      for (const person of inquiry.personIndex.of(list)) {
        if (!judged.consents.covers(person, appOf[p] as number, columns.time[p] as number)) counter.addPerson(person);
      }
  }
  return counter.result();
}

/** A sum or a number of names over calls of which some do not say. */
function partly(value: number, said: number, calls: number): People {
  if (said === calls) return { value, basis: "exact" };
  return said === 0 ? { value: null, basis: "not-logged" } : { value, basis: "at-least" };
}

function bytesOf({ dataset }: Inquiry, positions: readonly number[]): People {
  const bytes = dataset.columns.numbers("bytes");
  const said = positions.map((p) => bytes[p] as number).filter((count) => !Number.isNaN(count));
  return partly(
    said.reduce((sum, count) => sum + count, 0),
    said.length,
    positions.length,
  );
}

function resourcesOf({ dataset }: Inquiry, positions: readonly number[]): People {
  const resources = dataset.columns.codes("resource");
  const said = positions.map((p) => resources[p] as number).filter((resource) => resource !== 0);
  return partly(new Set(said).size, said.length, positions.length);
}

/** How many of the counted calls do not say what the claim measures. */
function unmeasured(
  { dataset }: Inquiry,
  measure: Claim["measure"],
  positions: readonly number[],
): Unknown | undefined {
  const { columns } = dataset;
  const count = (lacks: (p: number) => boolean) => positions.filter(lacks).length;
  if (measure === "bytes") {
    const bytes = columns.numbers("bytes");
    const calls = count((p) => Number.isNaN(bytes[p] as number));
    return calls > 0 ? { code: "bytes-unlogged", calls } : undefined;
  }
  if (measure !== "resources") return undefined;
  const resources = columns.codes("resource");
  const calls = count((p) => resources[p] === 0);
  return calls > 0 ? { code: "resources-unlogged", calls } : undefined;
}

/** `entitled` rests on grants, so no gap in the logs changes it. It is a level of developers and apps only. */
function measureEntitled(
  inquiry: Inquiry,
  claim: Claim,
  judged: Judged,
  levels: readonly Level[],
): Measured | undefined {
  if (claim.measure !== "developers" && claim.measure !== "apps") return undefined;
  const { owners, columns } = inquiry.dataset;
  const grants = new Grants(inquiry.dataset, judged.rule, unregisteredOwner(inquiry.dataset));
  const recentFrom = claim.recent ? judged.asOf - recentDaysOf(inquiry.policy) * DAY : judged.cutoff;
  const entitled = grants.entitled(Math.max(judged.cutoff, recentFrom), judged.asOf);
  const byDeveloper = claim.measure === "developers";
  const found = new Set<string>(
    byDeveloper ? [...entitled.keys()].map((owner) => owner.id) : [...entitled.values()].flatMap((apps) => [...apps]),
  );
  const open: Unknown[] = [];
  const { permission } = judged.rule;
  if (!inquiry.dataset.registry.grants.some((grant) => grant.permission === permission))
    open.push({ code: "no-grants", permission });
  if (levels.length === 1) {
    if (claim.filter.trim() !== "") open.push({ code: "grants-only" });
    return {
      measured: { value: found.size, basis: "exact" },
      least: found.size,
      unknown: open,
      untold: [],
      outside: [],
    };
  }
  // "and above": who called is a matter of the logs again.
  const resolved = resolve(parse(claim.filter), inquiry.dataset.times);
  const set = evaluate(resolved, inquiry.dataset);
  const apps = columns.dictionary("app").all();
  const nameOf = (p: number) =>
    byDeveloper ? (owners.list[owners.of[p] as number] as { id: string }).id : apps[columns.codes("app")[p] as number];
  const then = evaluate(resolve(asIfAllowed(parse(claim.filter)), inquiry.dataset.times), inquiry.dataset);
  const outcome = columns.codes("outcome");
  const unsaid: { name: string; position: number }[] = [];
  for (let p = judged.from; p < judged.to; p += 1) {
    const verdict = judged.verdicts[p] as number;
    const wouldBe = outcome[p] === UNKNOWN && then.has(p);
    if (!(set.has(p) || wouldBe) || verdict === 0 || (columns.time[p] as number) < recentFrom) continue;
    const name = nameOf(p);
    if (name === undefined) continue;
    if (set.has(p) && verdict <= OBTAINED) found.add(name);
    else if (wouldBe && thenVerdict(judged, p) > 0) unsaid.push({ name, position: p });
  }
  const adding = unsaid.filter(({ name }) => !found.has(name)).map(({ position }) => position);
  if (adding.length > 0) open.push({ code: "outcome-unknown", ...namedCalls(inquiry, adding) });
  const missing = unlogged(inquiry, judged, resolved, recentFrom);
  return {
    measured: { value: found.size, basis: "exact" },
    least: found.size,
    unknown: [...open, ...missing.unknown],
    untold: missing.untold,
    outside: missing.outside,
  };
}

/** What of the claim's own time the logs do not show; none where they have no gap. */
function unlogged(
  inquiry: Inquiry,
  judged: Judged | undefined,
  filter: Resolved,
  recentFrom: number,
): Pick<Measured, "unknown" | "untold" | "outside"> {
  // Nothing was read: that nobody called cannot be told from that.
  if (inquiry.lanes.length === 0) return { unknown: [{ code: "no-calls" }], untold: [], outside: [] };
  const { gaps, untold, outside } = silencesFor(inquiry, judged, filter, recentFrom);
  return { unknown: gaps.length > 0 ? [{ code: "gap", gaps }] : [], untold, outside };
}

/** The gaps and untold silences inside the claim's own time, of the APIs that it speaks of, all sources together. */
function silencesFor(
  inquiry: Inquiry,
  judged: Judged | undefined,
  filter: Resolved,
  recentFrom: number,
): Record<keyof Silences, HourRun[]> & { outside: Unknown[] } {
  const { lanes } = inquiry;
  const first = Math.min(...lanes.map((lane) => Math.floor(lane.first / HOUR))) * HOUR;
  const last = Math.max(...lanes.map((lane) => Math.floor(lane.last / HOUR) + 1)) * HOUR;
  const times = necessary(filter, "time");
  const from = Math.max(
    judged?.cutoff ?? first,
    recentFrom,
    ...times.map((time) => (time.kind === "range" ? time.from : Number.NEGATIVE_INFINITY)),
  );
  const until = Math.min(
    judged?.asOf ?? inquiry.asOf ?? last,
    ...times.map((time) => (time.kind === "range" ? time.to : Number.POSITIVE_INFINITY)),
  );
  const tests = necessary(filter, "api").map((test) => (test.kind === "pattern" ? matcher(test.segments) : () => true));
  const spoken = (text: string | undefined) => tests.every((passes) => text !== undefined && passes(text));
  // Upper and lower case do not matter. An API that the rule names and no log has is one gap from end to end.
  const foldOf = (name: string | undefined) => (name === undefined ? undefined : fold(name));
  const named = judged?.rule.applies_to.api ?? lanes.map((lane) => lane.api);
  const names = new Set(named.filter(spoken).map(foldOf));
  const ofLane = (name: string | undefined) => lanes.filter((lane) => foldOf(lane.api) === name);
  const silences = [...names].map((name) =>
    silencesOfApi(ofLane(name), judged?.cutoff ?? first, judged?.asOf ?? inquiry.asOf ?? last),
  );
  const inside = (runs: readonly HourRun[]) =>
    runs
      .filter((run) => from < until && run.from * HOUR < until && run.to * HOUR > from)
      .sort((a, b) => a.from - b.from);
  // None is no wonder there: the rule judges no such call, or no log reaches so far.
  const outside: Unknown[] = [];
  if (times.length > 0 && from >= until) outside.push({ code: "times-outside", rule: judged?.rule.id });
  if (judged?.rule.applies_to.api !== undefined && names.size === 0)
    outside.push({ code: "apis-outside", rule: judged.rule.id });
  return {
    gaps: inside(silences.flatMap(({ gaps }) => gaps)),
    untold: inside(silences.flatMap(({ untold }) => untold)),
    outside,
  };
}

type FieldTest = Extract<Resolved, { kind: "field" }>["test"];

/** What every call of the filter must meet on a field: the members of the outermost `and`. */
function necessary(filter: Resolved, field: string): FieldTest[] {
  if (filter.kind === "and") return filter.terms.flatMap((term) => necessary(term, field));
  return filter.kind === "field" && filter.field === field ? [filter.test] : [];
}

/** The filter that shows the rows a claim rests on. */
function rowsFilter(claim: Claim, judged: Judged | undefined, recentDays: number): string {
  const terms: string[] = [];
  if (judged) terms.push(`finding:${judged.rule.id}`);
  if (claim.level !== undefined) terms.push(`level:${claim.level}`);
  if (claim.recent) terms.push(`time:last${recentDays}d`);
  const own = claim.filter.trim() === "" ? "" : print(parse(claim.filter));
  if (own) terms.push(/\bor\b/iu.test(own) ? `(${own})` : own);
  return terms.join(" ");
}
