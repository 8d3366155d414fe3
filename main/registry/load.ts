import type { Database } from "better-sqlite3";
import type { App, Consent, Developer, Grant, Registry, RegistryKind, Resource } from "../../shared/model/registry.ts";
import { joinedDevelopers } from "./decided/joined.ts";
import { rowText, setAside } from "./decided/resolved.ts";
import { columnsOf } from "./kinds.ts";

/**
 * The registry as it stands in the case, absent values as absent keys. Rows are compared with their acts, indexes are not:
 * they are not read from.
 */
export function loadRegistry(db: Database): Registry {
  const aside = setAside(db);
  const joined = joinedDevelopers(db);
  const rows = <T>(kind: RegistryKind, sql: string) => {
    const found = db.prepare(sql).all() as Record<string, unknown>[];
    return withoutThose(found, kind, aside.get(kind)).map(withoutNulls) as T[];
  };
  return {
    developers: rows<Developer>(
      "developers",
      "select developer_id, developer, contact, country from developer order by developer_id",
    ),
    apps: rows<App>(
      "apps",
      "select app, app_name, developer_id, status, owned_from, owned_until from app not indexed order by app, owned_from, id",
    ),
    grants: rows<Grant>(
      "grants",
      "select app, permission, granted_at, revoked_at from grant_held not indexed order by app, permission, granted_at, id",
    ),
    consents: rows<Consent>(
      "consents",
      "select subject, app, permission, given_at, withdrawn_at from consent not indexed order by app, permission, subject, given_at, id",
    ),
    resources: rows<Resource>(
      "resources",
      "select resource, title, people, visibility from resource order by resource",
    ),
    ...(joined.length > 0 ? { joined } : {}),
  };
}

/** Rows that a person set aside are not read: of two that contradict each other the other one stands. */
function withoutThose(
  rows: readonly Record<string, unknown>[],
  kind: RegistryKind,
  aside: ReadonlySet<string> | undefined,
): readonly Record<string, unknown>[] {
  if (aside === undefined) return rows;
  const columns = columnsOf(kind).map(([name]) => name);
  return rows.filter((row) => !aside.has(rowText(columns, row)));
}

const withoutNulls = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
