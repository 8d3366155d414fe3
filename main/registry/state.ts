import type { Database } from "better-sqlite3";
import { idKey } from "../../shared/base/same-id.ts";
import { isoOf } from "../../shared/base/time.ts";
import { REGISTRY_KINDS, type RegistryKind } from "../../shared/model/registry.ts";
import { rowText } from "./decided/resolved.ts";
import { columnsOf, KEYS } from "./kinds.ts";
import type { IncomingRow, Value, Values } from "./read-file.ts";
import { TABLE } from "./rows.ts";

/** A row in force, with the import that it came from and where it stood there. */
export interface StoredRow {
  readonly values: Values;
  readonly file: number;
  readonly place: string | null;
}

/** What a table of a file did to what was there. */
export interface Joined {
  rows: number;
  added: number;
  changed: number;
  same: number;
  /** Rows that took the place of an older import's row, in words. */
  readonly changes: string[];
  /** Rows of one file that contradict one another, in words. */
  readonly contradictions: string[];
}

const IDS: Readonly<Record<RegistryKind, ReadonlySet<string>>> = Object.fromEntries(
  REGISTRY_KINDS.map((kind) => [
    kind,
    new Set(columnsOf(kind).flatMap(([name, column]) => (column.kind === "id" ? [name] : []))),
  ]),
) as Record<RegistryKind, Set<string>>;

/** What names a row: the same key is the same row. */
const keyOf = (kind: RegistryKind, values: Values): string =>
  KEYS[kind]
    .map((name) => (IDS[kind].has(name) ? idKey(String(values[name] ?? "")) : String(values[name] ?? "")))
    .join("\u0000");

/** The registry in memory: a row by its key. Cases of older versions can have several of one key. */
export class RegistryState {
  readonly #rows: Record<RegistryKind, Map<string, StoredRow[]>> = {
    developers: new Map(),
    apps: new Map(),
    grants: new Map(),
    consents: new Map(),
    resources: new Map(),
  };
  readonly #touched = new Set<RegistryKind>();

  static load(db: Database): RegistryState {
    const state = new RegistryState();
    for (const kind of REGISTRY_KINDS) {
      const names = columnsOf(kind).map(([name]) => name);
      const rows = db.prepare(`select ${names.join(", ")}, file, place from ${TABLE[kind]}`).all();
      for (const { file, place, ...values } of rows as (Record<string, Value> & {
        file: number;
        place: string | null;
      })[]) {
        state.#put(kind, { values, file, place });
      }
    }
    return state;
  }

  /** As it stands, beside others of its key: what a case of an older version held. */
  lay(kind: RegistryKind, row: StoredRow): void {
    this.#put(kind, row);
    this.#touched.add(kind);
  }

  #put(kind: RegistryKind, row: StoredRow): void {
    const key = keyOf(kind, row.values);
    const before = this.#rows[kind].get(key);
    if (before) before.push(row);
    else this.#rows[kind].set(key, [row]);
  }

  *rows(kind: RegistryKind): Generator<StoredRow> {
    for (const rows of this.#rows[kind].values()) yield* rows;
  }

  has(kind: RegistryKind, key: string): boolean {
    return this.#rows[kind].has(key);
  }

  /** The ids that logs are looked up by. */
  ids(): Record<"app" | "developer" | "resource", ReadonlySet<string>> {
    const of = (column: string, ...kinds: RegistryKind[]) =>
      new Set(kinds.flatMap((kind) => [...this.rows(kind)].map(({ values }) => String(values[column]))));
    return {
      app: of("app", "apps", "grants"),
      developer: of("developer_id", "developers"),
      resource: of("resource", "resources"),
    };
  }

  count(kind: RegistryKind): number {
    let count = 0;
    for (const rows of this.#rows[kind].values()) count += rows.length;
    return count;
  }

  /** The same without rows that a person set aside, by kind as `rowText` writes them. */
  without(aside: ReadonlyMap<RegistryKind, ReadonlySet<string>>): RegistryState {
    if (aside.size === 0) return this;
    const state = new RegistryState();
    for (const kind of REGISTRY_KINDS) {
      const [those, names] = [aside.get(kind), columnsOf(kind).map(([name]) => name)];
      for (const row of this.rows(kind)) if (!those?.has(rowText(names, row.values))) state.#put(kind, row);
    }
    return state;
  }

  /** Takes out all rows of a kind, and gives them. */
  clear(kind: RegistryKind): ReadonlyMap<string, readonly StoredRow[]> {
    const before = this.#rows[kind];
    this.#rows[kind] = new Map();
    this.#touched.add(kind);
    return before;
  }

  /**
   * Adds the rows of a file. One with the key of another takes its place; columns that the file does not have stay as they
   * were. `before`: what `clear` took out, to compare with. `beside`: an app's owner as a list of grants has it says nothing of
   * when, so it counts only for an app that nothing else is known of.
   */
  join(
    kind: RegistryKind,
    incoming: readonly IncomingRow[],
    file: number,
    {
      before,
      beside = false,
    }: { before?: ReadonlyMap<string, readonly StoredRow[]> | undefined; beside?: boolean } = {},
  ): Joined {
    const joined: Joined = { rows: incoming.length, added: 0, changed: 0, same: 0, changes: [], contradictions: [] };
    const met = new Map<string, IncomingRow>();
    const known = beside ? this.#rowsOfApps(kind) : undefined;
    for (const row of incoming) {
      const registered = known?.get(idKey(String(row.values.app)));
      if (registered) {
        joined.same += 1;
        const { app, developer_id: owner } = row.values;
        if (
          typeof owner === "string" &&
          !registered.some(({ values }) => isSame("apps", "developer_id", values.developer_id, owner))
        )
          joined.contradictions.push(
            `${row.place}: app ${app} is of ${owner} here, which no row of the apps says (${registered[0]?.place ?? "a row of an older import"}); it is not used`,
          );
        continue;
      }
      const key = keyOf(kind, row.values);
      const there = this.#rows[kind].get(key);
      const older = there ?? before?.get(key);
      const stored = { values: merged(kind, there?.at(-1)?.values, row.values), file, place: row.place };
      const differs = older === undefined ? [] : difference(kind, older.at(-1)?.values ?? {}, stored.values);
      const earlier = met.get(key);
      met.set(key, row);
      if (older === undefined) joined.added += 1;
      else if (differs.length === 0 && older.length === 1) joined.same += 1;
      else {
        joined.changed += 1;
        const words = `${row.place}: ${nameOf(kind, stored.values)} was ${differs.map((name) => `${name} ${shown(name, older.at(-1)?.values[name])}`).join(", ")}, is now ${differs.map((name) => shown(name, stored.values[name])).join(", ")}`;
        if (earlier) joined.contradictions.push(`${words} (${earlier.place} says otherwise)`);
        else joined.changes.push(words);
      }
      if (there !== undefined && differs.length === 0 && there.length === 1) continue;
      this.#rows[kind].set(key, [stored]);
      this.#touched.add(kind);
    }
    return joined;
  }

  #rowsOfApps(kind: RegistryKind): Map<string, StoredRow[]> {
    const known = new Map<string, StoredRow[]>();
    for (const row of this.rows(kind)) {
      const app = idKey(String(row.values.app));
      known.set(app, [...(known.get(app) ?? []), row]);
    }
    return known;
  }

  /** Writes the kinds that changed. Call it inside the transaction of the act. */
  save(db: Database): void {
    for (const kind of this.#touched) {
      const names = columnsOf(kind).map(([name]) => name);
      db.exec(`delete from ${TABLE[kind]}`);
      const put = db.prepare(
        `insert into ${TABLE[kind]} (${names.join(", ")}, file, place) values (${names.map((name) => `@${name}`).join(", ")}, @file, @place)`,
      );
      const none = Object.fromEntries(names.map((name) => [name, null]));
      for (const { values, file, place } of this.rows(kind)) put.run({ ...none, ...values, file, place });
    }
    this.#touched.clear();
  }
}

export const countsOf = (state: RegistryState): Record<RegistryKind, number> =>
  Object.fromEntries(REGISTRY_KINDS.map((kind) => [kind, state.count(kind)])) as Record<RegistryKind, number>;

/** A newer row over the older one. An id stays as it was first spelled. */
function merged(kind: RegistryKind, older: Values | undefined, newer: Values): Values {
  if (!older) return newer;
  const values: Record<string, Value> = { ...older, ...newer };
  for (const name of IDS[kind]) if (isSame(kind, name, older[name], newer[name])) values[name] = older[name] ?? null;
  return values;
}

const isSame = (kind: RegistryKind, name: string, one: Value | undefined, other: Value | undefined): boolean =>
  (one ?? null) === (other ?? null) ||
  (IDS[kind].has(name) && typeof one === "string" && typeof other === "string" && idKey(one) === idKey(other));

const difference = (kind: RegistryKind, older: Values, newer: Values): string[] =>
  columnsOf(kind).flatMap(([name]) => (isSame(kind, name, older[name], newer[name]) ? [] : [name]));

const shown = (name: string, value: Value | undefined): string =>
  value === null || value === undefined
    ? "absent"
    : typeof value === "number" && name !== "people"
      ? isoOf(value)
      : String(value);

/** A row in words: `app a1, permission p, granted_at 2018-04-04T00:00:00Z`. */
const nameOf = (kind: RegistryKind, values: Values): string =>
  KEYS[kind]
    .flatMap((name) =>
      values[name] === null || values[name] === undefined ? [] : [`${name} ${shown(name, values[name])}`],
    )
    .join(", ");

/**
 * One row a key, for the tables of a sheet that is first of all something else: an app's name stands beside each of its
 * grants. What one row leaves empty another may say; where two say different things both are kept.
 */
export function distinct(kind: RegistryKind, rows: readonly IncomingRow[]): IncomingRow[] {
  const found = new Map<string, IncomingRow>();
  const others: IncomingRow[] = [];
  for (const row of rows) {
    const key = keyOf(kind, row.values);
    const known = found.get(key);
    const said = Object.entries(row.values).filter(([, value]) => value !== null);
    if (!known) found.set(key, row);
    else if (
      said.every(([name, value]) => known.values[name] === null || isSame(kind, name, known.values[name], value))
    )
      found.set(key, { place: known.place, values: merged(kind, known.values, Object.fromEntries(said)) });
    else others.push({ place: row.place, values: Object.fromEntries(said) });
  }
  return [...found.values(), ...others];
}
