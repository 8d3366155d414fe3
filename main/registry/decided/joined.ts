import type { Database } from "better-sqlite3";
import { idKey } from "../../../shared/base/same-id.ts";
import type { JoinedDeveloper } from "../../../shared/model/registry.ts";

/** A join as it was recorded. */
export interface JoinRow {
  readonly n: number;
  readonly developer_id: string;
  readonly into: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
  readonly taken_back: string | null;
}

/** Every join, also those taken back, in their order. */
export const joinRows = (db: Database): JoinRow[] =>
  db
    .prepare(
      'select id as n, developer_id, into_id as "into", reason, at, by_whom as "by", taken_back from developer_join order by id',
    )
    .all() as JoinRow[];

/** Ids of developers are one whatever their case where ids are; names and apps without one are as they are written. */
export const developerKey = (id: string): string => (id.startsWith("name:") ? id : idKey(id));

/** Who counts for whom, those behind several joins for the last of them. By id. */
export function joinsInForce(rows: readonly Pick<JoinRow, "developer_id" | "into">[]): JoinedDeveloper[] {
  const into = new Map(rows.map((row) => [developerKey(row.developer_id), row.into]));
  const last = (id: string): string => {
    const next = into.get(developerKey(id));
    return next === undefined ? id : last(next);
  };
  return rows
    .map(({ developer_id, into: first }) => ({ developer_id, into: last(first) }))
    .sort((a, b) => (a.developer_id < b.developer_id ? -1 : 1));
}

export const joinedDevelopers = (db: Database): JoinedDeveloper[] =>
  joinsInForce(joinRows(db).filter(({ taken_back }) => taken_back === null));
