import type { Database } from "better-sqlite3";
import { idKey } from "../../../shared/base/same-id.ts";
import type { ColumnName } from "./column-types.ts";

/** Columns that hold ids. */
const IDS: ReadonlySet<ColumnName> = new Set(["app", "developer", "actor", "resource"]);

/**
 * Ids of `text_<column>` that are another spelling of a text met before → the first of them. Only UUIDs and e-mail addresses
 * have spellings, and only where one has capitals.
 */
export function sameIds(db: Database, column: ColumnName): ReadonlyMap<number, number> {
  if (!IDS.has(column)) return new Map();
  const rows = () =>
    db
      .prepare(`select id, value from text_${column} where length(value) = 36 or instr(value, '@') > 0 order by id`)
      .raw()
      .iterate() as IterableIterator<[number, string]>;
  const spelt = new Set<string>();
  for (const [, value] of rows()) if (idKey(value) !== value) spelt.add(idKey(value));
  const same = new Map<number, number>();
  if (spelt.size === 0) return same;
  const first = new Map<string, number>();
  for (const [id, value] of rows()) {
    const key = idKey(value);
    if (!spelt.has(key)) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, id);
    else same.set(id, before);
  }
  return same;
}
