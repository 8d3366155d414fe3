import { createHash } from "node:crypto";
import type { Database } from "better-sqlite3";
import { lineOf, type RowDigests } from "../custody/row-digests.ts";

/** Tables of the registry as it stands, with the order of their rows. */
const TABLES = {
  developer: { columns: "developer_id, developer, contact, country, file, place", order: "developer_id" },
  app: { columns: "id, app, app_name, developer_id, status, owned_from, owned_until, file, place", order: "id" },
  grant_held: { columns: "id, app, permission, granted_at, revoked_at, file, place", order: "id" },
  consent: { columns: "id, subject, app, permission, given_at, withdrawn_at, file, place", order: "id" },
  resource: { columns: "resource, title, people, visibility, file, place", order: "resource" },
} as const;

/** A digest of each table: which file each row is from, and where it stood there, are part of it. */
export function tableDigests(db: Database): RowDigests {
  const registry: Record<string, string> = {};
  for (const [table, { columns, order }] of Object.entries(TABLES)) {
    const hash = createHash("sha256");
    const rows = db.prepare(`select ${columns} from ${table} order by ${order}`).raw().iterate();
    for (const row of rows as IterableIterator<unknown[]>) hash.update(lineOf(row));
    registry[table] = hash.digest("hex");
  }
  return { registry };
}
