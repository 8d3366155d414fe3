import { given } from "../../shared/base/given.ts";
import { DAY, isoOf, type Micros, monthOf } from "../../shared/base/time.ts";
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
import { PeopleCount } from "./people/people-count.ts";
import type { PersonIndex } from "./people/person-index.ts";
import { resourceSizes } from "./people/resource-sizes.ts";
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

/** A set of calls as findings show it. */
class Tally {
  events = 0;
  first = Number.NaN;
  last = Number.NaN;
  requested = false;
  returned = false;
  readonly owners = new Set<number>();
  readonly apps = new Set<number>();
  readonly people: PeopleCount;

  constructor(sizes: (resource: number) => number | undefined) {
    this.people = new PeopleCount(sizes);
  }

  add(time: Micros, owner: number, app: number, isRequested: boolean): void {
    this.events += 1;
    if (Number.isNaN(this.first)) this.first = time;
    this.last = time;
    this.owners.add(owner);
    if (app !== 0) this.apps.add(app);
    if (isRequested) this.requested = true;
    else this.returned = true;
  }

  get fieldsAre(): FieldsBasis | undefined {
    if (!this.requested && !this.returned) return undefined;
    return this.requested && this.returned ? "both" : this.requested ? "requested" : "returned";
  }
}

type ReachedLevel = typeof ATTEMPTED | typeof POSSIBLE | typeof OBTAINED;
type LevelTallies = Record<ReachedLevel, Tally>;

interface OwnerTallies extends LevelTallies {
  readonly recent: Tally;
  readonly fields: Set<string>;
  readonly apps: Set<string>;
  afterRevocation: number;
}

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

/** The tallies of one rule: of all its calls, of each month and of each owner. */
class RuleTallies {
  readonly totals: LevelTallies;
  readonly recent: Tally;
  readonly byMonth = new Map<string, LevelTallies>();
  readonly byOwner = new Map<Owner, OwnerTallies>();
  readonly #sizes: (resource: number) => number | undefined;
  #month = "";
  #ofMonth: LevelTallies;

  constructor(dataset: Dataset) {
    this.#sizes = resourceSizes(dataset);
    this.totals = this.#levels();
    this.recent = this.#tally();
    this.#ofMonth = this.#levels();
  }

  ofOwner(owner: Owner): OwnerTallies {
    let tallies = this.byOwner.get(owner);
    if (!tallies) {
      tallies = { ...this.#levels(), recent: this.#tally(), fields: new Set(), apps: new Set(), afterRevocation: 0 };
      this.byOwner.set(owner, tallies);
    }
    return tallies;
  }

  /** Asked in the order of time: a month that has begun is not looked up again. */
  ofMonth(time: Micros): LevelTallies {
    const month = monthOf(time);
    if (month !== this.#month) {
      this.#month = month;
      this.#ofMonth = this.#levels();
      this.byMonth.set(month, this.#ofMonth);
    }
    return this.#ofMonth;
  }

  #levels(): LevelTallies {
    return { [ATTEMPTED]: this.#tally(), [POSSIBLE]: this.#tally(), [OBTAINED]: this.#tally() };
  }

  #tally(): Tally {
    return new Tally(this.#sizes);
  }
}

/** The one pass. A call counts for the rule, its month and its owner, and among the recent ones from `recentFrom` on. */
function tallyCalls(
  tallies: RuleTallies,
  { columns, owners }: Dataset,
  personIndex: PersonIndex,
  returned: ReturnedPeople,
  judged: Judged,
  grants: Grants,
  recentFrom: Micros,
  meant: readonly boolean[],
): void {
  const { verdicts, consents, asOf } = judged;
  const appTexts = columns.dictionary("app").all();
  const { time } = columns;
  const appOf = columns.codes("app");
  const resourceOf = columns.codes("resource");
  const fieldsOf = columns.codes("fields");
  const flags = columns.codes("flags");
  for (let p = judged.from; p < judged.to; p += 1) {
    const verdict = verdicts[p] as number;
    if (verdict === NONE || verdict > OBTAINED) continue;
    const level = verdict as ReachedLevel;
    const at = time[p] as Micros;
    const owner = owners.of[p] as number;
    if (!meant[owner]) continue;
    const app = appOf[p] as number;
    const ofOwner = tallies.ofOwner(owners.list[owner] as Owner);
    const counting = [tallies.totals[level], tallies.ofMonth(at)[level], ofOwner[level]];
    if (level >= POSSIBLE && at >= recentFrom && at < asOf) counting.push(tallies.recent, ofOwner.recent);
    if (app !== 0) ofOwner.apps.add(appTexts[app] as string);
    if (level >= POSSIBLE && app !== 0 && grants.ended(appTexts[app] as string, at)) ofOwner.afterRevocation += 1;
    if (level === OBTAINED)
      for (const field of judged.fields.got[fieldsOf[p] as number] ?? []) ofOwner.fields.add(field);
    const isRequested = asRequested(flags[p] as number);
    for (const tally of counting) tally.add(at, owner, app, isRequested);
    if (level === ATTEMPTED) continue;
    const list = returned.listOf(p);
    if (list === 0) {
      const count = returned.countOf(p);
      for (const tally of counting) tally.people.addUnlisted(resourceOf[p] as number, count);
      continue;
    }
    const mayConsent = consents.concern(app);
    for (const person of personIndex.of(list)) {
      if (mayConsent && consents.covers(person, app, at)) continue;
      for (const tally of counting) tally.people.addPerson(person);
    }
  }
}

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

const counts = (tally: Tally) => ({ developers: tally.owners.size, apps: tally.apps.size, events: tally.events });

const fieldsAre = (tally: Tally): { fields_are?: FieldsBasis } =>
  tally.fieldsAre === undefined ? {} : { fields_are: tally.fieldsAre };

function span(tally: Tally): { events: number; first?: string; last?: string } {
  return tally.events === 0
    ? { events: 0 }
    : { events: tally.events, first: isoOf(tally.first), last: isoOf(tally.last) };
}

function monthRow(month: string, tallies: LevelTallies): MonthFindings {
  const row = (tally: Tally): { developers: number; events: number; people: People } => ({
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
