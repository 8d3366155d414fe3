import type { Database } from "better-sqlite3";
import { figure } from "../../shared/base/figure.ts";
import { idKey } from "../../shared/base/same-id.ts";
import { HOUR, isoOf, type Micros } from "../../shared/base/time.ts";
import { CallCounts } from "./call-counts.ts";
import { type Conflict, openConflicts } from "./conflict-key.ts";
import { setAside } from "./decided/resolved.ts";
import type { RegistryState, StoredRow } from "./state.ts";

/** Of one kind of contradiction, as many are told one by one. */
const MAX_TOLD = 100;
/** Ids that one sentence names. */
const MAX_NAMED = 5;
/** An end and a beginning on one day, both without a clock, overlap by that day: it was given anew, not held twice. */
const SAME_DAY: Micros = 25 * HOUR;

/**
 * What the registry says in two ways, or otherwise than the logs: the rows, and what hangs on them. None of it is decided here;
 * docs/decisions/08 says what counts meanwhile.
 */
export function conflictsOf(state: RegistryState, db: Database): string[] {
  const open = openConflicts(db);
  return conflictGroups(state, db).flatMap(({ kind, told, more }) => [
    ...told.filter((each) => open(kind, each)).map(({ text }) => text),
    ...(more > 0 ? [`and ${figure(more)} more ${kind}`] : []),
  ]);
}

export interface ConflictGroup {
  readonly kind: string;
  readonly told: readonly Conflict[];
  /** That are not told one by one. */
  readonly more: number;
}

/** The same by kind, of all rows that nobody set aside. */
export function conflictGroups(whole: RegistryState, db: Database): ConflictGroup[] {
  const calls = new CallCounts(db);
  const state = whole.without(setAside(db));
  const group = (found: readonly (string | Conflict)[], kind: string): ConflictGroup => ({
    kind,
    told: found.slice(0, MAX_TOLD).map((each) => (typeof each === "string" ? { text: each } : each)),
    more: Math.max(0, found.length - MAX_TOLD),
  });
  return [
    group(grantsAtOnce(state, calls), "grants that overlap"),
    group(ownersAtOnce(state, calls), "apps with two owners at once"),
    group(sharedNames(state, calls), "names that several developers bear"),
    group(strangers(state, calls), "owners who are not among the developers"),
    group(tooFewPeople(state, calls), "resources with fewer people than a call returned"),
    group(inNoLog(state, calls), "ids that no log has"),
  ];
}

const textOf = (value: unknown): string => String(value ?? "");
const timeOf = (value: unknown, absent: number): Micros => (typeof value === "number" ? value : absent);
const placeOf = (row: StoredRow): string => row.place ?? "a row of an older import";
const callsText = (count: number): string => `${figure(count)} ${count === 1 ? "call" : "calls"}`;

/** Rows by a text, each with the span in which it holds. */
interface Span {
  readonly row: StoredRow;
  readonly from: Micros;
  readonly until: Micros;
}

function spansBy(
  rows: Iterable<StoredRow>,
  keyOf: (row: StoredRow) => string | undefined,
  [from, until]: readonly [string, string],
): Map<string, Span[]> {
  const found = new Map<string, Span[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const span = {
      row,
      from: timeOf(row.values[from], Number.NEGATIVE_INFINITY),
      until: timeOf(row.values[until], Number.POSITIVE_INFINITY),
    };
    const spans = found.get(key);
    if (spans) spans.push(span);
    else found.set(key, [span]);
  }
  for (const spans of found.values()) spans.sort((a, b) => a.from - b.from || a.until - b.until);
  return found;
}

/** Each span with the one before it that reaches furthest into it. */
function* overlaps(spans: readonly Span[]): Generator<[Span, Span]> {
  let furthest = spans[0] as Span;
  for (const span of spans.slice(1)) {
    if (span.from < furthest.until && span.from < span.until) yield [furthest, span];
    if (span.until > furthest.until) furthest = span;
  }
}

const spanText = ({ from, until }: Span): string =>
  `${Number.isFinite(from) ? `from ${isoOf(from)}` : "from ever"} ${Number.isFinite(until) ? `until ${isoOf(until)}` : "without an end"}`;

/** Two grants of one permission that hold at once and end at different times: after the first end it still counts as held. */
function grantsAtOnce(state: RegistryState, calls: CallCounts): Conflict[] {
  const found: { one: Span; other: Span }[] = [];
  const byGrant = spansBy(
    state.rows("grants"),
    ({ values }) => `${idKey(textOf(values.app))}\u0000${textOf(values.permission)}`,
    ["granted_at", "revoked_at"],
  );
  for (const spans of byGrant.values()) {
    for (const [one, other] of overlaps(spans)) {
      if (one.until === other.until || Math.min(one.until, other.until) - other.from <= SAME_DAY) continue;
      found.push({ one, other });
    }
  }
  const after = calls.ofApps(
    found.map(({ one, other }) => ({
      app: textOf(one.row.values.app),
      from: Math.min(one.until, other.until),
      until: Math.max(one.until, other.until),
    })),
  );
  return found.map(({ one, other }, index) => {
    const { app, permission } = one.row.values;
    const text = `${placeOf(one.row)} and ${placeOf(other.row)}: app ${app} holds ${permission} ${spanText(one)}, and ${spanText(other)}; ${callsText(after[index] as number)} of the app between the two ends count as made while it was held`;
    return { text, kind: "grants", rows: [one.row, other.row] };
  });
}

/** Two developers who own an app at once: the one with the later beginning counts. */
function ownersAtOnce(state: RegistryState, calls: CallCounts): Conflict[] {
  const found: { one: Span; other: Span }[] = [];
  const byApp = spansBy(
    state.rows("apps"),
    ({ values }) =>
      values.developer_id === null || values.developer_id === undefined ? undefined : idKey(textOf(values.app)),
    ["owned_from", "owned_until"],
  );
  for (const spans of byApp.values())
    for (const [one, other] of overlaps(spans))
      if (idKey(textOf(one.row.values.developer_id)) !== idKey(textOf(other.row.values.developer_id)))
        found.push({ one, other });
  const during = calls.ofApps(
    found.map(({ one, other }) => ({
      app: textOf(one.row.values.app),
      from: other.from,
      until: Math.min(one.until, other.until),
    })),
  );
  return found.map(({ one, other }, index) => {
    const { app } = one.row.values;
    const text = `${placeOf(one.row)} and ${placeOf(other.row)}: app ${app} is owned by ${one.row.values.developer_id} and by ${other.row.values.developer_id} at the same time; ${callsText(during[index] as number)} of that time count for ${other.row.values.developer_id}`;
    return { text, kind: "apps", rows: [one.row, other.row] };
  });
}

/** A call that only names a developer belongs to none of those who bear the name. */
function sharedNames(state: RegistryState, calls: CallCounts): string[] {
  const byName = new Map<string, StoredRow[]>();
  for (const row of state.rows("developers")) {
    const name = textOf(row.values.developer).toLowerCase();
    if (name === "") continue;
    const rows = byName.get(name);
    if (rows) rows.push(row);
    else byName.set(name, [row]);
  }
  const shared = [...byName].filter(([, rows]) => rows.length > 1);
  const owned = new Set(
    [...state.rows("apps")].flatMap(({ values }) => (values.developer_id == null ? [] : [textOf(values.app)])),
  );
  const counts = calls.naming(
    shared.map(([name]) => name),
    owned,
  );
  return shared.map(([, rows], index) => {
    const ids = rows.map(({ values }) => textOf(values.developer_id)).sort();
    return `${rows.map(placeOf).join(" and ")}: ${ids.join(" and ")} bear the name ${textOf(rows[0]?.values.developer)}; ${callsText(counts[index] as number)} that only ${counts[index] === 1 ? "names" : "name"} it count for neither`;
  });
}

/** Owners whom no developers table names, by id or by name. */
function strangers(state: RegistryState, calls: CallCounts): string[] {
  if (state.count("developers") === 0) return [];
  const known = new Set<string>();
  for (const { values } of state.rows("developers")) {
    known.add(idKey(textOf(values.developer_id)));
    if (values.developer != null) known.add(`name:${textOf(values.developer).toLowerCase()}`);
  }
  const found = new Map<string, StoredRow[]>();
  for (const row of state.rows("apps")) {
    const id = row.values.developer_id;
    if (typeof id !== "string" || known.has(idKey(id)) || known.has(`name:${id.toLowerCase()}`)) continue;
    const rows = found.get(id);
    if (rows) rows.push(row);
    else found.set(id, [row]);
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  const counts = calls.ofApps(
    sorted.map(([, rows]) => ({
      app: textOf(rows[0]?.values.app),
      from: Number.NEGATIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
    })),
  );
  return sorted.map(
    ([id, rows], index) =>
      `${placeOf(rows[0] as StoredRow)}: developer ${id} owns ${rows.length === 1 ? "an app" : `${figure(rows.length)} apps`} but is not among the developers; ${callsText(counts[index] as number)} of ${rows[0]?.values.app} count for it all the same`,
  );
}

function tooFewPeople(state: RegistryState, calls: CallCounts): string[] {
  const known = [...state.rows("resources")].filter(({ values }) => typeof values.people === "number");
  const most = calls.mostReturned(known.map(({ values }) => textOf(values.resource)));
  return known.flatMap((row) => {
    const { resource, people } = row.values;
    const returned = most.get(idKey(textOf(resource)));
    return returned === undefined || returned <= (people as number)
      ? []
      : [
          `${placeOf(row)}: resource ${resource} has ${figure(people as number)} people, but a call returned ${figure(returned)}; upper bounds of people rest on the smaller number`,
        ];
  });
}

/** Ids that no log has: misspelt here, or of nobody who called. */
function inNoLog(state: RegistryState, calls: CallCounts): string[] {
  const apps = new Map<string, { id: string; row: StoredRow; grants: number }>();
  for (const kind of ["apps", "grants", "consents"] as const) {
    for (const row of state.rows(kind)) {
      const id = textOf(row.values.app);
      const known = apps.get(idKey(id));
      const grants = kind === "grants" ? 1 : 0;
      if (known) known.grants += grants;
      else apps.set(idKey(id), { id, row, grants });
    }
  }
  const lost = calls
    .unmet("app", [...apps.keys()])
    .map((key) => apps.get(key) as { id: string; row: StoredRow; grants: number });
  const resources = new Map([...state.rows("resources")].map((row) => [idKey(textOf(row.values.resource)), row]));
  const lostResources = calls.unmet("resource", [...resources.keys()]).map((key) => resources.get(key) as StoredRow);
  const named = (ids: readonly string[]) =>
    `${ids.slice(0, MAX_NAMED).join(", ")}${ids.length > MAX_NAMED ? ` and ${figure(ids.length - MAX_NAMED)} more` : ""}`;
  const places = (rows: readonly StoredRow[]) => named(rows.map(placeOf));
  const grants = lost.reduce((sum, each) => sum + each.grants, 0);
  return [
    ...(lost.length > 0
      ? [
          `${places(lost.map(({ row }) => row))}: ${lost.length === 1 ? "an app is" : `${figure(lost.length)} apps are`} in no log: ${named(lost.map(({ id }) => id))}; ${figure(grants)} ${grants === 1 ? "grant hangs" : "grants hang"} on ${lost.length === 1 ? "it" : "them"}`,
        ]
      : []),
    ...(lostResources.length > 0
      ? [
          `${places(lostResources)}: ${lostResources.length === 1 ? "a resource is" : `${figure(lostResources.length)} resources are`} in no log: ${named(lostResources.map(({ values }) => textOf(values.resource)))}; no bound of people rests on ${lostResources.length === 1 ? "it" : "them"}`,
        ]
      : []),
  ];
}
