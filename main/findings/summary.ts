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
import { ATTEMPTED, asRequested, type Judged, NONE, OBTAINED, POSSIBLE, type ReturnedPeople } from "./rules/judge.ts";
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

  get fieldsAre(): FieldsBasis | undefined {
    if (!this.requested && !this.returned) return undefined;
    return this.requested && this.returned ? "both" : this.requested ? "requested" : "returned";
  }
}

type LevelTallies = { [ATTEMPTED]: Tally; [POSSIBLE]: Tally; [OBTAINED]: Tally };

interface OwnerTallies extends LevelTallies {
  readonly recent: Tally;
  readonly fields: Set<string>;
  readonly apps: Set<string>;
  afterRevocation: number;
}

/** Sums up a judged rule: totals, months, one row a developer. One pass over the span's calls. */
export function summarise(
  dataset: Dataset,
  personIndex: PersonIndex,
  returned: ReturnedPeople,
  judged: Judged,
  recentDays: number,
  statusOf: (developer: string) => Disposition,
): RuleFindings {
  const { columns, owners } = dataset;
  const { rule, verdicts, cutoff, asOf } = judged;
  const grants = new Grants(dataset, rule, unregisteredOwner(dataset));
  const sizes = resourceSizes(dataset);
  const tally = () => new Tally(sizes);
  const levels = (): LevelTallies => ({ [ATTEMPTED]: tally(), [POSSIBLE]: tally(), [OBTAINED]: tally() });
  const totals = levels();
  const recent = tally();
  const months = new Map<string, LevelTallies>();
  const byOwner = new Map<Owner, OwnerTallies>();
  const ownerTallies = (owner: Owner): OwnerTallies => {
    let tallies = byOwner.get(owner);
    if (!tallies) {
      tallies = { ...levels(), recent: tally(), fields: new Set(), apps: new Set(), afterRevocation: 0 };
      byOwner.set(owner, tallies);
    }
    return tallies;
  };
  const appTexts = columns.dictionary("app").all();
  const time = columns.time;
  const appOf = columns.codes("app");
  const resourceOf = columns.codes("resource");
  const fieldsOf = columns.codes("fields");
  const flags = columns.codes("flags");
  const recentFrom = asOf - recentDays * DAY;
  const recentUntil = asOf;
  let month: LevelTallies = levels();
  let monthName = "";

  for (let p = judged.from; p < judged.to; p += 1) {
    const verdict = verdicts[p] as number;
    if (verdict === NONE || verdict > OBTAINED) continue;
    const level = verdict as typeof ATTEMPTED | typeof POSSIBLE | typeof OBTAINED;
    const at = time[p] as Micros;
    const ownerIndex = owners.of[p] as number;
    const app = appOf[p] as number;
    const mine = ownerTallies(owners.list[ownerIndex] as Owner);
    const name = monthOf(at);
    if (name !== monthName) {
      monthName = name;
      month = levels();
      months.set(name, month);
    }
    const into = [totals[level], month[level], mine[level]];
    if (level >= POSSIBLE && at >= recentFrom && at < recentUntil) into.push(recent, mine.recent);
    if (app !== 0) mine.apps.add(appTexts[app] as string);
    if (level >= POSSIBLE && app !== 0 && grants.ended(appTexts[app] as string, at)) mine.afterRevocation += 1;
    if (level === OBTAINED) for (const field of judged.fields.got[fieldsOf[p] as number] ?? []) mine.fields.add(field);
    const requested = asRequested(flags[p] as number);
    for (const each of into) {
      each.events += 1;
      if (Number.isNaN(each.first)) each.first = at;
      each.last = at;
      each.owners.add(ownerIndex);
      if (app !== 0) each.apps.add(app);
      if (requested) each.requested = true;
      else each.returned = true;
    }
    if (level === ATTEMPTED) continue;
    const list = returned.listOf(p);
    if (list === 0) {
      const count = returned.countOf(p);
      for (const each of into) each.people.addUnlisted(resourceOf[p] as number, count);
    } else {
      const consented = judged.consents.concern(app);
      for (const person of personIndex.of(list)) {
        if (consented && judged.consents.covers(person, app, at)) continue;
        for (const each of into) each.people.addPerson(person);
      }
    }
  }

  const entitled = grants.entitled(cutoff, asOf);
  for (const [owner, apps] of entitled) for (const app of apps) ownerTallies(owner).apps.add(app);
  const revocations = grants.revocations(asOf);
  const entitledApps = new Set([...entitled.values()].flatMap((apps) => [...apps]));
  return {
    rule: rule.id,
    totals: {
      entitled: { developers: entitled.size, apps: entitledApps.size },
      attempted: counts(totals[ATTEMPTED]),
      possible: { ...counts(totals[POSSIBLE]), people: totals[POSSIBLE].people.result() },
      obtained: {
        ...counts(totals[OBTAINED]),
        people: totals[OBTAINED].people.result(),
        ...fieldsAre(totals[OBTAINED]),
      },
      recent: { ...counts(recent), people: recent.people.result() },
    },
    by_month: [...months].map(([name, tallies]) => monthRow(name, tallies)),
    developers: [...byOwner]
      .map(([owner, tallies]) =>
        developerRow(owner, tallies, entitled.has(owner), revocations.get(owner.id), statusOf(owner.id)),
      )
      .sort(byWeight),
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

const ORDER: readonly Level[] = ["obtained", "possible", "attempted", "entitled"];

function byWeight(a: DeveloperFinding, b: DeveloperFinding): number {
  return (
    ORDER.indexOf(a.level) - ORDER.indexOf(b.level) ||
    b.obtained.events - a.obtained.events ||
    b.possible.events - a.possible.events ||
    b.attempted.events - a.attempted.events ||
    (a.developer_id < b.developer_id ? -1 : 1)
  );
}
