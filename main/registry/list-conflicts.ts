import { figure } from "../../shared/base/figure.ts";
import { idKey } from "../../shared/base/same-id.ts";
import { isoOf } from "../../shared/base/time.ts";
import { quote } from "../../shared/filter/print.ts";
import type { RegistryConflict, RegistryConflicts } from "../../shared/model/registry.ts";
import { REGISTRY_KINDS } from "../../shared/model/registry.ts";
import type { Case } from "../case/case.ts";
import { conflictGroups } from "./conflicts.ts";
import { notJoined } from "./spellings/not-joined.ts";
import { RegistryState } from "./state.ts";

/** Of one kind, as many are listed one by one. */
const MAX_TOLD = 100;

/** An app of the logs, with its calls. */
export interface LoggedApp {
  readonly app: string;
  readonly events: number;
}

/** Every contradiction of the registry in itself and with the logs. None of it is decided here. */
export function listConflicts({ db }: Pick<Case, "db">, logged: readonly LoggedApp[]): RegistryConflicts {
  const state = RegistryState.load(db);
  const groups = [
    ...conflictGroups(state, db).map(({ kind, told }) => ({ kind, told: told.map((text) => ({ text })) })),
    { kind: "grants that end before they begin", told: endsFirst(state) },
    { kind: "apps of the logs that nobody registered", told: unregistered(state, logged) },
    { kind: "one id in several spellings", told: notJoined(db).map((text) => ({ text })) },
  ];
  return {
    groups: groups.filter(({ told }) => told.length > 0),
    rows: REGISTRY_KINDS.reduce((sum, kind) => sum + state.count(kind), 0),
  };
}

function endsFirst(state: RegistryState): RegistryConflict[] {
  return cut(
    [...state.rows("grants")].flatMap(({ values, place }) => {
      const { app, permission, granted_at: from, revoked_at: until } = values;
      if (typeof from !== "number" || typeof until !== "number" || until > from) return [];
      return [
        {
          text: `${place ?? "a row of an older import"}: the grant of ${permission} to app ${app} ends at ${isoOf(until)}, not after it begins at ${isoOf(from)}; it was never held`,
          filter: `app:${quote(String(app))}`,
        },
      ];
    }),
  );
}

/** Only where there is a list of apps that could name them. */
function unregistered(state: RegistryState, logged: readonly LoggedApp[]): RegistryConflict[] {
  if (state.count("apps") === 0) return [];
  const known = new Set([...state.rows("apps")].map(({ values }) => idKey(String(values.app))));
  return cut(
    logged
      .filter(({ app }) => !known.has(idKey(app)))
      .map(({ app, events }) => ({
        text: `app ${app} made ${figure(events)} ${events === 1 ? "call" : "calls"} and is in no list of apps; the log's own word says whose it is`,
        filter: `app:${quote(app)}`,
      })),
  );
}

const cut = (found: readonly RegistryConflict[]): RegistryConflict[] =>
  found.length <= MAX_TOLD
    ? [...found]
    : [...found.slice(0, MAX_TOLD), { text: `and ${figure(found.length - MAX_TOLD)} more` }];
