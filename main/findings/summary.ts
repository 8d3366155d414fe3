import { given } from "../../shared/base/given.ts";
import { DAY, isoOf, type Micros } from "../../shared/base/time.ts";
import type {
  DeveloperFinding,
  Disposition,
  FieldsBasis,
  MonthFindings,
  People,
  RuleFindings,
} from "../../shared/model/finding.ts";
import type { Level } from "../../shared/model/level.ts";
import type { Dataset } from "../query/dataset.ts";
import type { Owner } from "../registry/attribution.ts";
import type { PersonIndex } from "./people/person-index.ts";
import { Grants } from "./rules/grants.ts";
import {
  APART_SERVICE,
  ATTEMPTED,
  asRequested,
  type Judged,
  NONE,
  OBTAINED,
  POSSIBLE,
  type ReturnedPeople,
} from "./rules/judge.ts";
import { unregisteredOwner } from "./rules/unregistered-owner.ts";
import {
  KnownLists,
  type OwnerTallies,
  type ReachedLevel,
  RuleTallies,
  type SharedTallies,
  type SharedTally,
  type Tally,
} from "./tallies.ts";

/**
 * Sums up a judged rule: totals, months, one row a developer. One pass over the span's calls.
 * @param isMeant whose calls and grants are summed up; without it everybody's
 */
export function summarise(
  dataset: Dataset,
  personIndex: PersonIndex,
  returned: ReturnedPeople,
  judged: Judged,
  recentDays: number,
  statusOf: (developer: string) => Disposition,
  isMeant: (owner: Owner) => boolean = () => true,
): RuleFindings {
  const { rule, cutoff, asOf } = judged;
  const grants = new Grants(dataset, rule, unregisteredOwner(dataset));
  const tallies = new RuleTallies(dataset);
  const meant = dataset.owners.list.map(isMeant);
  tallyCalls(tallies, dataset, personIndex, returned, judged, grants, asOf - recentDays * DAY, meant);
  const entitled = new Map([...grants.entitled(cutoff, asOf)].filter(([owner]) => isMeant(owner)));
  for (const [owner, apps] of entitled) for (const app of apps) tallies.ofOwner(owner).apps.add(app);
  const revocations = grants.revocations(asOf);
  return {
    rule: rule.id,
    totals: totalsOf(tallies, entitled),
    by_month: [...tallies.byMonth].map(([month, ofMonth]) => monthRow(month, ofMonth)),
    developers: [...tallies.byOwner]
      .map(([owner, ofOwner]) =>
        developerRow(owner, ofOwner, entitled.has(owner), revocations.get(owner.id), statusOf(owner.id)),
      )
      .sort(byWeight),
    ...given({ service_calls: serviceCalls(dataset, judged, meant) }),
  };
}

/** Calls of the platform's own services, which the rule leaves out; undefined: none. */
function serviceCalls(
  { owners }: Dataset,
  { verdicts, from, to }: Judged,
  meant: readonly boolean[],
): number | undefined {
  let calls = 0;
  for (let p = from; p < to; p += 1) if (verdicts[p] === APART_SERVICE && meant[owners.of[p] as number]) calls += 1;
  return calls === 0 ? undefined : calls;
}

/** The one pass. A call counts for the rule, its month and its owner, and among the recent ones from `recentFrom` on. */
function tallyCalls(
  tallies: RuleTallies,
  dataset: Dataset,
  personIndex: PersonIndex,
  returned: ReturnedPeople,
  judged: Judged,
  grants: Grants,
  recentFrom: Micros,
  meant: readonly boolean[],
): void {
  const { columns, owners } = dataset;
  const { verdicts, consents, asOf, fields } = judged;
  const appTexts = columns.dictionary("app").all();
  const { time } = columns;
  const appOf = columns.codes("app");
  const resourceOf = columns.codes("resource");
  const fieldsOf = columns.codes("fields");
  const flags = columns.codes("flags");
  const byOwner: (OwnerTallies | undefined)[] = owners.list.map(() => undefined);
  const ended = endedByApp(grants, appTexts);
  // Whose calls of an app, and which list of fields of an owner, were met last: mostly the same again.
  const lastOwner = new Int32Array(appTexts.length).fill(-1);
  const lastFields = new Int32Array(owners.list.length).fill(-1);
  const known = new KnownLists(personIndex.lists);
  for (let p = judged.from; p < judged.to; p += 1) {
    const verdict = verdicts[p] as number;
    if (verdict === NONE || verdict > OBTAINED) continue;
    const level = verdict as ReachedLevel;
    const at = time[p] as Micros;
    const owner = owners.of[p] as number;
    if (!meant[owner]) continue;
    const app = appOf[p] as number;
    const ofOwner = byOwner[owner] ?? tallies.ofOwner(owners.list[owner] as Owner);
    byOwner[owner] = ofOwner;
    const total = tallies.totals[level];
    const month = tallies.ofMonth(at)[level];
    const own = ofOwner[level];
    const isRecent = level >= POSSIBLE && at >= recentFrom && at < asOf;
    if (app !== 0) {
      if (lastOwner[app] !== owner) ofOwner.apps.add(appTexts[app] as string);
      lastOwner[app] = owner;
      if (level >= POSSIBLE && isEnded(ended[app], at)) ofOwner.afterRevocation += 1;
      total.apps.add(app);
      if (isRecent) tallies.recent.apps.add(app);
    }
    const named = fieldsOf[p] as number;
    if (level === OBTAINED && lastFields[owner] !== named) {
      for (const field of fields.got[named] ?? []) ofOwner.fields.add(field);
      lastFields[owner] = named;
    }
    const isRequested = asRequested(flags[p] as number);
    total.add(at, isRequested);
    month.add(at, isRequested);
    own.add(at, isRequested);
    total.owners.add(owner);
    month.owners.add(owner);
    if (isRecent) {
      tallies.recent.add(at, isRequested);
      ofOwner.recent.add(at, isRequested);
      tallies.recent.owners.add(owner);
    }
    if (level === ATTEMPTED) continue;
    const list = returned.listOf(p);
    if (list === 0) {
      const count = returned.countOf(p);
      const resource = resourceOf[p] as number;
      total.people.addUnlisted(resource, count);
      month.people.addUnlisted(resource, count);
      own.people.addUnlisted(resource, count);
      if (isRecent) tallies.recent.people.addUnlisted(resource, count);
    } else if (consents.concern(app)) {
      for (const person of personIndex.of(list)) {
        if (consents.covers(person, app, at)) continue;
        total.people.addPerson(person);
        month.people.addPerson(person);
        own.people.addPerson(person);
        if (isRecent) tallies.recent.people.addPerson(person);
      }
    } else if (known.isNew(list, owner, level, tallies.month, isRecent)) {
      const from = personIndex.startOf(list);
      const to = personIndex.endOf(list);
      const { members } = personIndex;
      total.people.addPeople(members, from, to);
      month.people.addPeople(members, from, to);
      own.people.addPeople(members, from, to);
      if (isRecent) tallies.recent.people.addPeople(members, from, to);
    }
  }
}

type EndedSpans = ReturnType<Grants["endedSpans"]>;

/** By app: the spans in which it held no grant, although one had been given before; undefined where there are none. */
function endedByApp(grants: Grants, apps: readonly (string | undefined)[]): (EndedSpans | undefined)[] {
  return apps.map((app) => {
    const spans = app === undefined ? [] : grants.endedSpans(app);
    return spans.length === 0 ? undefined : spans;
  });
}

const isEnded = (spans: EndedSpans | undefined, at: Micros): boolean =>
  spans?.some(({ from, until }) => from <= at && at < until) ?? false;

function totalsOf(
  { totals, recent }: RuleTallies,
  entitled: ReadonlyMap<Owner, Iterable<string>>,
): RuleFindings["totals"] {
  const entitledApps = new Set([...entitled.values()].flatMap((apps) => [...apps]));
  return {
    entitled: { developers: entitled.size, apps: entitledApps.size },
    attempted: counts(totals[ATTEMPTED]),
    possible: { ...counts(totals[POSSIBLE]), people: totals[POSSIBLE].people.result() },
    obtained: {
      ...counts(totals[OBTAINED]),
      people: totals[OBTAINED].people.result(),
      ...fieldsAre(totals[OBTAINED]),
    },
    recent: { ...counts(recent), people: recent.people.result() },
  };
}

const counts = (tally: SharedTally) => ({ developers: tally.owners.size, apps: tally.apps.size, events: tally.events });

const fieldsAre = (tally: Tally): { fields_are?: FieldsBasis } =>
  tally.fieldsAre === undefined ? {} : { fields_are: tally.fieldsAre };

function span(tally: Tally): { events: number; first?: string; last?: string } {
  return tally.events === 0
    ? { events: 0 }
    : { events: tally.events, first: isoOf(tally.first), last: isoOf(tally.last) };
}

function monthRow(month: string, tallies: SharedTallies): MonthFindings {
  const row = (tally: SharedTally): { developers: number; events: number; people: People } => ({
    developers: tally.owners.size,
    events: tally.events,
    people: tally.people.result(),
  });
  const attempted = tallies[ATTEMPTED];
  return {
    month,
    attempted: { developers: attempted.owners.size, events: attempted.events },
    possible: row(tallies[POSSIBLE]),
    obtained: { ...row(tallies[OBTAINED]), ...fieldsAre(tallies[OBTAINED]) },
  };
}

function developerRow(
  owner: Owner,
  tallies: OwnerTallies,
  entitled: boolean,
  revoked: Micros | undefined,
  status: Disposition,
): DeveloperFinding {
  const level: Level =
    tallies[OBTAINED].events > 0
      ? "obtained"
      : tallies[POSSIBLE].events > 0
        ? "possible"
        : tallies[ATTEMPTED].events > 0
          ? "attempted"
          : "entitled";
  return {
    developer_id: owner.id,
    developer: owner.name,
    level,
    recent: tallies.recent.events > 0,
    entitled,
    apps: [...tallies.apps].sort(),
    attempted: span(tallies[ATTEMPTED]),
    possible: { ...span(tallies[POSSIBLE]), people: tallies[POSSIBLE].people.result() },
    obtained: {
      ...span(tallies[OBTAINED]),
      people: tallies[OBTAINED].people.result(),
      fields: [...tallies.fields].sort(),
      ...fieldsAre(tallies[OBTAINED]),
    },
    ...(revoked === undefined ? {} : { revoked_at: isoOf(revoked) }),
    allowed_after_revocation: tallies.afterRevocation,
    status,
    remedy: [],
  };
}

const LEVEL_ORDER: readonly Level[] = ["obtained", "possible", "attempted", "entitled"];

function byWeight(a: DeveloperFinding, b: DeveloperFinding): number {
  return (
    LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level) ||
    b.obtained.events - a.obtained.events ||
    b.possible.events - a.possible.events ||
    b.attempted.events - a.attempted.events ||
    (a.developer_id < b.developer_id ? -1 : 1)
  );
}
