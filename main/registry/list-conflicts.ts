import { figure } from "../../shared/base/figure.ts";
import { idKey } from "../../shared/base/same-id.ts";
import { isoOf } from "../../shared/base/time.ts";
import { quote } from "../../shared/filter/print.ts";
import type { RegistryConflict, RegistryConflicts, ResolvedConflict } from "../../shared/model/registry.ts";
import { REGISTRY_KINDS } from "../../shared/model/registry.ts";
import type { Case } from "../case/case.ts";
import { type Conflict, conflictKey } from "./conflict-key.ts";
import { type ConflictGroup, conflictGroups } from "./conflicts.ts";
import { resolutionsInForce, setAside } from "./decided/resolved.ts";
import { notJoined } from "./spellings/not-joined.ts";
import { RegistryState } from "./state.ts";

/** Of one kind, as many are listed one by one. */
const MAX_TOLD = 100;

/** An app of the logs, with its calls. */
export interface LoggedApp {
  readonly app: string;
  readonly events: number;
}

/** Every contradiction of the registry in itself and with the logs that nobody resolved, and what was resolved. */
export function listConflicts({ db }: Pick<Case, "db">, logged: readonly LoggedApp[]): RegistryConflicts {
  const whole = RegistryState.load(db);
  const resolved = resolutionsInForce(db);
  const keys = new Set(resolved.map(({ conflict }) => conflict));
  const groups = allConflicts({ db }, logged, whole).map(({ kind, told, more }) => ({
    kind,
    told: [
      ...told.map((each) => shown(kind, each)).filter(({ key }) => !keys.has(key)),
      ...(more > 0 ? [{ key: "", text: `and ${figure(more)} more ${kind}` }] : []),
    ],
  }));
  return {
    groups: groups.filter(({ told }) => told.length > 0),
    rows: REGISTRY_KINDS.reduce((sum, kind) => sum + whole.count(kind), 0),
    resolved: resolved.map(
      ({ n, said, kind, values, reason, at, by }): ResolvedConflict => ({
        n,
        text: said,
        ...(kind === null || values === null ? {} : { set_aside: wordsOf(JSON.parse(values)) }),
        reason,
        at,
        by,
      }),
    ),
  };
}

/** The contradictions themselves, with their rows. */
export function allConflicts(
  { db }: Pick<Case, "db">,
  logged: readonly LoggedApp[],
  whole = RegistryState.load(db),
): ConflictGroup[] {
  const state = whole.without(setAside(db));
  const own = (kind: string, found: readonly Conflict[]): ConflictGroup => ({
    kind,
    told: found.slice(0, MAX_TOLD),
    more: Math.max(0, found.length - MAX_TOLD),
  });
  return [
    ...conflictGroups(whole, db),
    own("grants that end before they begin", endsFirst(state)),
    own("apps of the logs that nobody registered", unregistered(state, logged)),
    own(
      "one id in several spellings",
      notJoined(db).map((text) => ({ text })),
    ),
  ];
}

function shown(group: string, conflict: Conflict): RegistryConflict {
  const { text, filter, rows, app } = conflict;
  return {
    key: conflictKey(group, conflict),
    text,
    ...(filter === undefined ? {} : { filter }),
    ...(rows === undefined
      ? {}
      : { rows: rows.map(({ values, place }) => `${place ?? "a row of an older import"}: ${wordsOf(values)}`) }),
    ...(app === undefined ? {} : { app }),
  };
}

/** A row in words: `app a1, developer_id D1`. */
const wordsOf = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .flatMap(([name, value]) =>
      value === null || value === undefined
        ? []
        : [`${name} ${typeof value === "number" && name !== "people" ? isoOf(value) : String(value)}`],
    )
    .join(", ");

function endsFirst(state: RegistryState): Conflict[] {
  return [...state.rows("grants")].flatMap((row): Conflict[] => {
    const { app, permission, granted_at: from, revoked_at: until } = row.values;
    if (typeof from !== "number" || typeof until !== "number" || until > from) return [];
    return [
      {
        text: `${row.place ?? "a row of an older import"}: the grant of ${permission} to app ${app} ends at ${isoOf(until)}, not after it begins at ${isoOf(from)}; it was never held`,
        kind: "grants",
        rows: [row],
        filter: `app:${quote(String(app))}`,
      },
    ];
  });
}

/** Only where there is a list of apps that could name them. */
function unregistered(state: RegistryState, logged: readonly LoggedApp[]): Conflict[] {
  if (state.count("apps") === 0) return [];
  const known = new Set([...state.rows("apps")].map(({ values }) => idKey(String(values.app))));
  return logged
    .filter(({ app }) => !known.has(idKey(app)))
    .map(({ app, events }) => ({
      text: `app ${app} made ${figure(events)} ${events === 1 ? "call" : "calls"} and is in no list of apps; the log's own word says whose it is`,
      filter: `app:${quote(app)}`,
      app,
    }));
}
