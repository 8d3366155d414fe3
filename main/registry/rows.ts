import type { Database } from "better-sqlite3";
import { REGISTRY_KINDS, type RegistryKind } from "../../shared/model/registry.ts";

/** The table of the case that holds the rows of a kind. */
export const TABLE: Record<RegistryKind, string> = {
  developers: "developer",
  apps: "app",
  grants: "grant_held",
  consents: "consent",
  resources: "resource",
};

/** How many rows of each kind the case holds. */
export function countRegistry(db: Database): Record<RegistryKind, number> {
  const count = (kind: RegistryKind) => db.prepare(`select count(*) from ${TABLE[kind]}`).pluck().get() as number;
  return Object.fromEntries(REGISTRY_KINDS.map((kind) => [kind, count(kind)])) as Record<RegistryKind, number>;
}
