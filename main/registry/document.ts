import type { Database } from "better-sqlite3";
import { z } from "zod";
import { instantOf, isoOf } from "../../shared/base/time.ts";
import type { RegistryKind } from "../../shared/model/registry.ts";
import { sha256Of } from "../platform/sha256.ts";
import { loadRegistry } from "./load.ts";

const TIMES = new Set(["owned_from", "owned_until", "granted_at", "revoked_at", "given_at", "withdrawn_at"]);

export type RegistryDocument = Record<RegistryKind, Record<string, unknown>[]> & {
  /** Absent where nobody was joined. */
  joined?: Record<string, unknown>[];
};

/** The registry as a bundle carries it: FORMATS' columns, times as ISO 8601, absent values left out. */
export function registryDocument(db: Database): RegistryDocument {
  const registry = loadRegistry(db);
  const written = (row: object) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, TIMES.has(name) ? isoOf(value as number) : value]),
    );
  return {
    developers: registry.developers.map(written),
    apps: registry.apps.map(written),
    grants: registry.grants.map(written),
    consents: registry.consents.map(written),
    resources: registry.resources.map(written),
    ...(registry.joined === undefined ? {} : { joined: registry.joined.map((row) => ({ ...row })) }),
  };
}

export const registryText = (db: Database): string => `${JSON.stringify(registryDocument(db), undefined, 1)}\n`;

/** What custody remembers of the registry's state: SHA-256 of its document. */
export const registryDigest = (db: Database): string => sha256Of(registryText(db));

const NOBODY = { developers: [], apps: [], grants: [], consents: [], resources: [] };

/** The state of a registry that nothing was taken into. */
export const EMPTY_REGISTRY_DIGEST = sha256Of(`${JSON.stringify(NOBODY, undefined, 1)}\n`);

const row = z.record(z.string(), z.union([z.string(), z.number()]));
const DOCUMENT = z.strictObject({
  developers: z.array(row),
  apps: z.array(row),
  grants: z.array(row),
  consents: z.array(row),
  resources: z.array(row),
  joined: z.array(z.strictObject({ developer_id: z.string(), into: z.string() })).optional(),
});

/** Fills an empty registry from a document. */
export function fillRegistry(db: Database, text: string): void {
  const document = DOCUMENT.parse(JSON.parse(text));
  const put = (table: string, names: readonly string[], rows: readonly Record<string, string | number>[]) => {
    const insert = db.prepare(
      `insert into ${table} (${names.join(", ")}, file) values (${names.map((name) => `@${name}`).join(", ")}, 0)`,
    );
    for (const each of rows) {
      insert.run(
        Object.fromEntries(
          names.map((name) => [
            name,
            each[name] === undefined ? null : TIMES.has(name) ? instantOf(String(each[name])) : each[name],
          ]),
        ),
      );
    }
  };
  db.transaction(() => {
    put("developer", ["developer_id", "developer", "contact", "country"], document.developers);
    put("app", ["app", "app_name", "developer_id", "status", "owned_from", "owned_until"], document.apps);
    put("grant_held", ["app", "permission", "granted_at", "revoked_at"], document.grants);
    put("consent", ["subject", "app", "permission", "given_at", "withdrawn_at"], document.consents);
    put("resource", ["resource", "title", "people", "visibility"], document.resources);
    const join = db.prepare(
      "insert into developer_join (developer_id, into_id, reason, at, by_whom) values (?, ?, '', '', '')",
    );
    for (const { developer_id, into } of document.joined ?? []) join.run(developer_id, into);
  })();
}
