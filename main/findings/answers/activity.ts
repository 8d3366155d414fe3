import { Refusal } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import { DAY, isoOf, type Micros, monthOf } from "../../../shared/base/time.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { Activity, ActivityPeople, DeveloperActivity, DeveloperRecord } from "../../../shared/model/activity.ts";
import type { HeldGrant } from "../../../shared/model/dossier.ts";
import { OUTCOMES } from "../../../shared/model/event.ts";
import type { Dataset } from "../../query/dataset.ts";
import type { Inquiry } from "../inquiry.ts";
import { PeopleCount } from "../people/people-count.ts";
import { resourceSizes } from "../people/resource-sizes.ts";
import { Grants } from "../rules/grants.ts";
import { asRequested } from "../rules/judge.ts";
import { unregisteredOwner } from "../rules/unregistered-owner.ts";
import { appNames } from "./answer.ts";
import { plainTermsOf } from "./developer-term.ts";
import { appSpan, callsOf } from "./owner-calls.ts";

/** Everybody in logs and registry, with what each did. No policy is needed. */
export function activity(inquiry: Inquiry): Activity {
  const { dataset } = inquiry;
  const tallies = tally(dataset);
  const months = monthsOf(tallies.rows);
  const ends = tallies.rows.filter((row) => row.events > 0);
  const first = Math.min(...ends.map((row) => row.first));
  const last = Math.max(...ends.map((row) => row.last));
  return {
    developers: developersOf(dataset, tallies.rows, months),
    events: ends.reduce((sum, row) => sum + row.events, 0),
    ...(ends.length === 0 ? {} : { first: isoOf(first), last: isoOf(last) }),
    months,
    grants: grantsOfAll(dataset),
    requested: tallies.requested,
  };
}

interface Row {
  events: number;
  first: Micros;
  last: Micros;
  readonly apps: Set<number>;
  readonly apis: Set<number>;
  readonly fields: Set<number>;
  readonly months: Map<string, number>;
}

/** One pass over all calls. */
function tally({ columns, owners }: Dataset): { rows: readonly Row[]; requested: number } {
  const rows = owners.list.map(
    (): Row => ({
      events: 0,
      first: 0,
      last: 0,
      apps: new Set(),
      apis: new Set(),
      fields: new Set(),
      months: new Map(),
    }),
  );
  const { time, originals } = columns;
  const appOf = columns.codes("app");
  const apiOf = columns.codes("api");
  const fieldsOf = columns.codes("fields");
  const flags = columns.codes("flags");
  let requested = 0;
  let month = "";
  let monthEnds = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < columns.rows; p += 1) {
    if (!originals.has(p)) continue;
    const at = time[p] as Micros;
    // in the order of time: a day that has begun is not looked up again
    if (at >= monthEnds) {
      month = monthOf(at);
      monthEnds = (Math.floor(at / DAY) + 1) * DAY;
    }
    const row = rows[owners.of[p] as number] as Row;
    if (row.events === 0) row.first = at;
    row.last = at;
    row.events += 1;
    row.months.set(month, (row.months.get(month) ?? 0) + 1);
    if (appOf[p] !== 0) row.apps.add(appOf[p] as number);
    if (apiOf[p] !== 0) row.apis.add(apiOf[p] as number);
    if (fieldsOf[p] === 0) continue;
    row.fields.add(fieldsOf[p] as number);
    if (asRequested(flags[p] as number)) requested += 1;
  }
  return { rows, requested };
}

/** Every month from the first call's to the last one's. */
function monthsOf(rows: readonly Row[]): string[] {
  const met = rows.flatMap(({ months }) => [...months.keys()]).sort();
  const [first, last] = [met[0], met.at(-1)];
  if (first === undefined || last === undefined) return [];
  const months: string[] = [];
  for (let [year, month] = first.split("-").map(Number) as [number, number]; ; month += 1) {
    if (month > 12) [year, month] = [year + 1, 1];
    const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    if (name > last || months.length >= MAX_MONTHS) return months;
    months.push(name);
  }
}

/** A century. A log whose clock was at zero begins in 1970. */
const MAX_MONTHS = 1200;

function developersOf(dataset: Dataset, rows: readonly Row[], months: readonly string[]): DeveloperActivity[] {
  const { columns, owners, registry, attribution } = dataset;
  const texts = (name: "app" | "api", codes: ReadonlySet<number>) => {
    const all = columns.dictionary(name).all();
    return [...new Set([...codes].map((code) => all[code]).filter((text) => text !== undefined))].sort();
  };
  const lists = columns.dictionary("fields").all();
  const fieldsIn = (codes: ReadonlySet<number>) => [
    ...new Set([...codes].flatMap((code) => JSON.parse(lists[code] ?? "[]") as string[])),
  ];
  const owned = new Map<string, string[]>();
  for (const { app } of registry.apps)
    for (const { owner } of attribution.spansOf(app)) owned.set(owner.id, [...(owned.get(owner.id) ?? []), app]);
  const terms = plainTermsOf(dataset);
  const callers = owners.list.map((owner, index): DeveloperActivity => {
    const row = rows[index] as Row;
    return {
      developer_id: owner.id,
      developer: owner.name,
      term: row.events === 0 ? "" : terms(owner.id, owner.name),
      events: row.events,
      ...(row.events === 0 ? {} : { first: isoOf(row.first), last: isoOf(row.last) }),
      apps: [...new Set([...texts("app", row.apps), ...(owned.get(owner.id) ?? [])])].sort(),
      apis: texts("api", row.apis),
      fields: fieldsIn(row.fields).sort(),
      months: months.map((month) => row.months.get(month) ?? 0),
    };
  });
  const met = new Set(callers.map((row) => row.developer_id));
  const silent = new Map<string, string>();
  for (const { developer_id, developer } of registry.developers)
    if (!met.has(developer_id) && attribution.idNow(developer_id) === developer_id)
      silent.set(developer_id, developer ?? developer_id);
  for (const { app } of registry.apps)
    for (const { owner } of attribution.spansOf(app)) if (!met.has(owner.id)) silent.set(owner.id, owner.name);
  const others = [...silent].map(
    ([id, name]): DeveloperActivity => ({
      developer_id: id,
      developer: name,
      term: "",
      events: 0,
      apps: [...new Set(owned.get(id) ?? [])].sort(),
      apis: [],
      fields: [],
      months: months.map(() => 0),
    }),
  );
  return [...callers, ...others].sort((a, b) => b.events - a.events || (a.developer_id < b.developer_id ? -1 : 1));
}

/** Every grant of any permission, as far as one developer owned its app. */
function allGrants(dataset: Dataset, from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY): HeldGrant[] {
  const permissions = [...new Set(dataset.registry.grants.map(({ permission }) => permission))].sort();
  const names = appNames({ dataset });
  const unregistered = unregisteredOwner(dataset);
  return permissions.flatMap((permission) =>
    Array.from(
      new Grants(dataset, { permission, exempt_apps: [] }, unregistered).holders(from, until),
      ({ owner, app, ...held }) => ({
        developer_id: owner.id,
        developer: owner.name,
        app,
        ...given({ app_name: names.get(app) }),
        permission,
        ...(Number.isFinite(held.from) ? { from: isoOf(held.from) } : {}),
        ...(Number.isFinite(held.until) ? { until: isoOf(held.until) } : {}),
      }),
    ),
  );
}

/** Apps named in one filter at most: beyond them the list says how many, and no filter. */
const MAX_APPS_NAMED = 100;

function grantsOfAll(dataset: Dataset): Activity["grants"] {
  const { columns, registry } = dataset;
  const held = allGrants(dataset);
  const ends = new Map<string, Micros>();
  for (const { app, revoked_at } of registry.grants)
    ends.set(app, Math.max(ends.get(app) ?? Number.NEGATIVE_INFINITY, revoked_at ?? Number.POSITIVE_INFINITY));
  const apps = columns.dictionary("app").all();
  const endOf = Float64Array.from(
    apps,
    (app) => (app === undefined ? undefined : ends.get(app)) ?? Number.POSITIVE_INFINITY,
  );
  const appOf = columns.codes("app");
  const after = new Map<string, Micros>();
  let events = 0;
  for (let p = 0; p < columns.rows; p += 1) {
    const app = appOf[p] as number;
    if ((columns.time[p] as number) < (endOf[app] as number) || !columns.originals.has(p)) continue;
    after.set(apps[app] as string, endOf[app] as number);
    events += 1;
  }
  const spans = [...after]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([app, end]) => `app:${quote(app)} time>=${isoOf(end)}`);
  return {
    events,
    grants: registry.grants.length,
    developers: new Set(held.map((grant) => grant.developer_id)).size,
    ended: registry.grants.filter((grant) => grant.revoked_at !== undefined).length,
    apps_after: after.size,
    filter:
      spans.length > MAX_APPS_NAMED
        ? ""
        : spans.length < 2
          ? (spans[0] ?? "")
          : spans.map((each) => `(${each})`).join(" or "),
  };
}

/** How many people the calls of each developer returned; consents count as they do for any filter. */
export function activityPeople(inquiry: Inquiry): ActivityPeople {
  const { columns, owners } = inquiry.dataset;
  const sizes = resourceSizes(inquiry.dataset);
  const counts = owners.list.map(() => new PeopleCount(sizes));
  for (let p = 0; p < columns.rows; p += 1)
    if (columns.originals.has(p)) inquiry.addPeople(counts[owners.of[p] as number] as PeopleCount, p);
  return {
    people: Object.fromEntries(owners.list.map(({ id }, index) => [id, (counts[index] as PeopleCount).result()])),
  };
}

/** All that the record says of one developer without any rule. @throws Refusal `developer-unknown` */
export function developerRecord(inquiry: Inquiry, asked: string): DeveloperRecord {
  const { dataset } = inquiry;
  const id = dataset.attribution.idNow(asked);
  const { owners, registry, columns } = dataset;
  const index = owners.list.findIndex((owner) => owner.id === id);
  const registered = registry.developers.find((developer) => developer.developer_id === id);
  const grants = allGrants(dataset).filter((grant) => grant.developer_id === id);
  const name = owners.list[index]?.name ?? registered?.developer ?? grants[0]?.developer ?? ownerNamed(dataset, id);
  if (name === undefined)
    throw new Refusal(
      "developer-unknown",
      `The case knows no developer of the id "${id}"`,
      "choose one from the list of developers",
    );
  const calls = callsOf(dataset, index);
  const [first, last] = [calls[0], calls.at(-1)];
  const timeOf = (p: number) => columns.time[p] as Micros;
  return {
    developer_id: id,
    developer: name,
    ...given({ contact: registered?.contact, country: registered?.country }),
    term: calls.length === 0 ? "" : plainTermsOf(dataset)(id, name),
    events: calls.length,
    ...(first === undefined || last === undefined ? {} : { first: isoOf(timeOf(first)), last: isoOf(timeOf(last)) }),
    grants,
    apps: appsOf(dataset, id, calls),
    calls: dailyOutcomes(dataset, calls),
  };
}

/** A registered developer without a row of its own: apps name it as their owner. */
function ownerNamed({ registry, attribution }: Dataset, id: string): string | undefined {
  for (const { app } of registry.apps)
    for (const { owner } of attribution.spansOf(app)) if (owner.id === id) return owner.name;
  return undefined;
}

function appsOf(dataset: Dataset, id: string, calls: readonly number[]): DeveloperRecord["apps"] {
  const { columns, registry } = dataset;
  const texts = columns.dictionary("app").all();
  const appOf = columns.codes("app");
  const names = appNames({ dataset });
  const counts = new Map<string, number>();
  for (const row of registry.apps) if (row.developer_id === id) counts.set(row.app, 0);
  for (const p of calls) {
    const app = texts[appOf[p] as number];
    if (app !== undefined) counts.set(app, (counts.get(app) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([app, events]) => ({ app, ...given({ app_name: names.get(app) }), ...appSpan(dataset, id, app), events }));
}

function dailyOutcomes({ columns }: Dataset, calls: readonly number[]): DeveloperRecord["calls"] {
  const outcomeOf = columns.codes("outcome");
  const dayOf = (p: number | undefined) => (p === undefined ? 0 : Math.floor((columns.time[p] as Micros) / DAY));
  const start = dayOf(calls[0]);
  const length = calls.length === 0 ? 0 : dayOf(calls.at(-1)) - start + 1;
  const zeros = () => new Array<number>(length).fill(0);
  const counts = { allowed: zeros(), denied: zeros(), failed: zeros(), unknown: zeros() };
  for (const p of calls) {
    const kind = counts[OUTCOMES[outcomeOf[p] as number] ?? "unknown"];
    const day = dayOf(p) - start;
    kind[day] = (kind[day] as number) + 1;
  }
  return { from: isoOf(start * DAY), ...counts };
}
