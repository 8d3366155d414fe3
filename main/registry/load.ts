import type { Database } from "better-sqlite3";
import type { App, Consent, Developer, Grant, Registry, Resource } from "../../shared/model/registry.ts";

/**
 * The registry as it stands in the case, absent values as absent keys. Rows are compared with their acts, indexes are not:
 * they are not read from.
 */
export function loadRegistry(db: Database): Registry {
  const rows = <T>(sql: string) => (db.prepare(sql).all() as Record<string, unknown>[]).map(withoutNulls) as T[];
  return {
    developers: rows<Developer>(
      "select developer_id, developer, contact, country from developer order by developer_id",
    ),
    apps: rows<App>(
      "select app, app_name, developer_id, status, owned_from, owned_until from app not indexed order by app, owned_from, id",
    ),
    grants: rows<Grant>(
      "select app, permission, granted_at, revoked_at from grant_held not indexed order by app, permission, granted_at, id",
    ),
    consents: rows<Consent>(
      "select subject, app, permission, given_at, withdrawn_at from consent not indexed order by app, permission, subject, given_at, id",
    ),
    resources: rows<Resource>("select resource, title, people, visibility from resource order by resource"),
  };
}

const withoutNulls = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
