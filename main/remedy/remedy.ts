import { instant, isLater, type Moment } from "../../shared/base/moment.ts";
import { idKey } from "../../shared/base/same-id.ts";
import type { Micros } from "../../shared/base/time.ts";
import {
  type Against,
  type DeveloperRemedy,
  type Remedy,
  type RemedyEntry,
  type RuleRemedy,
  STEPS,
  type Step,
} from "../../shared/model/accountability/remedy.ts";
import type { DeveloperFinding } from "../../shared/model/finding.ts";
import type { Inquiry } from "../findings/inquiry.ts";
import { Grants } from "../findings/rules/grants.ts";
import type { Judged } from "../findings/rules/judge.ts";
import { ruleNamed } from "../findings/rules/policy.ts";
import { unregisteredOwner } from "../findings/rules/unregistered-owner.ts";
import { callsAfter, type Since } from "./calls-after.ts";
import { type DoneEntry, isDone, type TimedEntry, timed } from "./steps/done-steps.ts";
import { stepsNow } from "./steps/entries.ts";

/** Steps against which a later call speaks. */
const CALLS_SPEAK_AGAINST: ReadonlySet<Step> = new Set<Step>(["revoked", "certified", "audited", "closed"]);
/** Is often made with the request for deletion. */
const MAY_BE_MISSING: Step = "notified";

export interface RemedyQuestion {
  readonly rule?: string | undefined;
  /** Absent: now. */
  readonly at?: Moment | undefined;
}

/** What `exhibit remedy --json` prints: how far each developer is under each rule, and what speaks against it. */
export function remedyOf(inquiry: Inquiry, question: RemedyQuestion = {}): Remedy {
  const at = question.at ?? instant(Date.now() * 1000);
  const { attribution, caseFile } = inquiry.dataset;
  const entries = stepsNow(caseFile.db, (id) => attribution.idNow(id)).map(timed);
  const byRule = Map.groupBy(entries, ({ entry }) => entry.rule);
  const wanted = question.rule === undefined ? undefined : ruleNamed(inquiry.policy, question.rule).id;
  const known = inquiry.judged
    .filter(({ rule }) => wanted === undefined || rule.id === wanted)
    .map((judged) => {
      const rule = judged.rule.id;
      const { developers } = inquiry.summaryOf(judged);
      return ruleRemedy(inquiry, { rule, judged, developers }, byRule.get(rule) ?? [], at);
    });
  // Of a rule that the policy has no more: its steps stay, and no call speaks against them.
  const gone = [...byRule]
    .filter(([rule]) => wanted === undefined && inquiry.judged.every((judged) => judged.rule.id !== rule))
    .map(([rule, own]) => ruleRemedy(inquiry, { rule, judged: undefined, developers: [] }, own, at));
  return { at: at.text, rules: [...known, ...gone] };
}

interface RuleAsked {
  readonly rule: string;
  readonly judged: Judged | undefined;
  /** Those with a level, in the order of findings. */
  readonly developers: readonly DeveloperFinding[];
}

function ruleRemedy(
  inquiry: Inquiry,
  { rule, judged, developers }: RuleAsked,
  entries: readonly TimedEntry[],
  at: Moment,
): RuleRemedy {
  const byDeveloper = Map.groupBy(entries, ({ entry }) => entry.developer_id);
  const speaking = judged === undefined ? () => [] : recordAgainst(inquiry, judged, entries, at);
  const row = (id: string, name: string, level?: DeveloperFinding["level"]) =>
    developerRemedy({ id, name, level }, byDeveloper.get(id) ?? [], at, speaking);
  const found = new Set(developers.map(({ developer_id }) => developer_id));
  const others = [...byDeveloper.keys()].filter((id) => !found.has(id)).sort();
  return {
    rule,
    developers: [
      ...developers.map(({ developer_id, developer, level }) => row(developer_id, developer, level)),
      ...others.map((id) => row(id, nameOf(inquiry, id))),
    ],
  };
}

/** Whom no finding names: by the registry, else as its id says. */
function nameOf({ dataset: { attribution, registry } }: Inquiry, id: string): string {
  if (id.startsWith("name:")) return id.slice("name:".length);
  if (id.startsWith("app:")) return attribution.unregisteredOwner(id.slice("app:".length), undefined).name;
  return registry.developers.find(({ developer_id }) => idKey(developer_id) === idKey(id))?.developer ?? id;
}

function developerRemedy(
  { id, name, level }: { id: string; name: string; level: DeveloperFinding["level"] | undefined },
  entries: readonly TimedEntry[],
  at: Moment,
  recordSays: (done: DoneEntry) => Against[],
): DeveloperRemedy {
  const done = entries.filter((each) => isDone(each, at));
  const state = STEPS.findLast((step) => done.some(({ entry }) => entry.step === step));
  const next = STEPS[state === undefined ? 0 : STEPS.indexOf(state) + 1];
  const due = entries.filter((each) => isOverdue(each, entries, at)).map(({ entry }) => entry.step);
  return {
    developer_id: id,
    developer: name,
    ...(level === undefined ? {} : { level }),
    ...(state === undefined ? {} : { state }),
    ...(next === undefined ? {} : { next }),
    overdue: STEPS.filter((step) => due.includes(step)),
    entries: entries.map((each): RemedyEntry => {
      const { rule: _rule, developer_id: _id, taken_back, ...shown } = each.entry;
      const against = isDone(each, at) ? [...recordSays(each), ...stepsAgainst(each, done)] : [];
      return { ...shown, against, ...(taken_back === undefined ? {} : { taken_back }) };
    }),
  };
}

/** Its day has passed, and neither it nor a later entry of the step has been done. */
function isOverdue({ entry, due }: TimedEntry, all: readonly TimedEntry[], at: Moment): boolean {
  if (due === undefined || entry.taken_back !== undefined || !isLater(at, due)) return false;
  return !all.some((each) => each.entry.step === entry.step && each.entry.n >= entry.n && isDone(each, at));
}

/** What a developer's other steps say against one of them. */
function stepsAgainst({ entry, on }: DoneEntry, done: readonly DoneEntry[]): Against[] {
  const against: Against[] = [];
  const place = STEPS.indexOf(entry.step);
  const doneAs = (step: Step) => done.filter((each) => each.entry.step === step);
  const nearest = STEPS.slice(0, place).findLast((step) => doneAs(step).length > 0);
  if (nearest !== undefined) {
    const [earliest] = doneAs(nearest).sort((a, b) => a.on.from - b.on.from);
    if (earliest && isLater(earliest.on, on)) against.push({ kind: "order" });
  }
  const before = STEPS[place - 1];
  if (before !== undefined && before !== MAY_BE_MISSING && doneAs(before).length === 0)
    against.push({ kind: "missing" });
  return against;
}

/** What logs and registry say against the done steps of one rule, of all its developers together. */
function recordAgainst(
  inquiry: Inquiry,
  judged: Judged,
  entries: readonly TimedEntry[],
  at: Moment,
): (done: DoneEntry) => Against[] {
  const asked = new Map<DoneEntry, Since>();
  for (const each of entries)
    if (isDone(each, at) && CALLS_SPEAK_AGAINST.has(each.entry.step))
      asked.set(each, { developer_id: each.entry.developer_id, from: each.on.after });
  const calls = callsAfter(inquiry, judged, [...asked.values()]);
  const holds = holding(inquiry, judged);
  return (done) => {
    const since = asked.get(done);
    const found = since === undefined ? [] : [calls.judged.get(since), calls.later.get(since)];
    const held: Against[] =
      done.entry.step === "revoked" && holds(done.entry.developer_id, done.on.after) ? [{ kind: "grant" }] : [];
    return [...found.filter((each) => each !== undefined), ...held];
  };
}

/** Whether a developer holds the rule's permission at any time from then on, by the registry. */
function holding({ dataset }: Inquiry, { rule }: Judged): (developer: string, from: Micros) => boolean {
  let grants: Grants | undefined;
  const latest = new Map<string, Micros>();
  return (developer, from) => {
    if (grants === undefined) {
      grants = new Grants(dataset, rule, unregisteredOwner(dataset));
      for (const { owner, until } of grants.holders(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY))
        latest.set(owner.id, Math.max(until, latest.get(owner.id) ?? Number.NEGATIVE_INFINITY));
    }
    if ((latest.get(developer) ?? Number.NEGATIVE_INFINITY) <= from) return false;
    // Of an app without a registered owner for a part of a grant, that part alone is looked at.
    for (const { owner } of grants.holders(from, Number.POSITIVE_INFINITY)) if (owner.id === developer) return true;
    return false;
  };
}
