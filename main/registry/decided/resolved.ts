import type { Database } from "better-sqlite3";
import type { RegistryKind } from "../../../shared/model/registry.ts";

/** What somebody decided about a contradiction of the registry, as it was recorded. */
export interface ResolutionRow {
  readonly n: number;
  readonly conflict: string;
  readonly said: string;
  readonly kind: RegistryKind | null;
  /** JSON, as `rowText` writes it. */
  readonly values: string | null;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
  readonly taken_back: string | null;
}

/** Every resolution, also those taken back, in their order. */
export const resolutionRows = (db: Database): ResolutionRow[] =>
  db
    .prepare(
      'select id as n, conflict, said, kind, "values", reason, at, by_whom as "by", taken_back from conflict_resolved order by id',
    )
    .all() as ResolutionRow[];

export const resolutionsInForce = (db: Database): ResolutionRow[] =>
  resolutionRows(db).filter(({ taken_back }) => taken_back === null);

/** A row of a table, column by column, as it is known again: one that an import changed is another. */
export const rowText = (columns: readonly string[], values: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.fromEntries(columns.map((name) => [name, values[name] ?? null])));

/** Rows that are set aside, by kind. */
export function setAside(db: Database): ReadonlyMap<RegistryKind, ReadonlySet<string>> {
  const found = new Map<RegistryKind, Set<string>>();
  for (const { kind, values } of resolutionsInForce(db)) {
    if (kind === null || values === null) continue;
    const ofKind = found.get(kind) ?? new Set();
    found.set(kind, ofKind.add(values));
  }
  return found;
}
