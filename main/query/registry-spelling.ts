import { idKey } from "../../shared/base/same-id.ts";
import type { Registry } from "../../shared/model/registry.ts";
import type { Columns } from "./columns/columns.ts";

/**
 * The registry with its apps and resources spelt as the logs first spell them, or, where no log has them, as the registry
 * does first: UUIDs and e-mail addresses are one whatever their case.
 */
export function spelledAsLogged(registry: Registry, columns: Columns): Registry {
  const { apps, grants, consents, resources } = registry;
  const app = speller(
    columns,
    "app",
    [apps, grants, consents].flatMap((rows) => rows.map((row) => row.app)),
  );
  const resource = speller(
    columns,
    "resource",
    resources.map((row) => row.resource),
  );
  return {
    ...registry,
    ...(app && {
      apps: apps.map((row) => ({ ...row, app: app(row.app) })),
      grants: grants.map((row) => ({ ...row, app: app(row.app) })),
      consents: consents.map((row) => ({ ...row, app: app(row.app) })),
    }),
    ...(resource && { resources: resources.map((row) => ({ ...row, resource: resource(row.resource) })) }),
  };
}

/** Undefined where no id of the registry has spellings. */
function speller(
  columns: Columns,
  name: "app" | "resource",
  ids: readonly string[],
): ((id: string) => string) | undefined {
  // An id has spellings if its capitals are no id of their own.
  const ours = ids.filter((id) => idKey(id.toUpperCase()) !== id.toUpperCase());
  if (ours.length === 0) return undefined;
  const first = new Map<string, string>();
  for (const text of [...columns.dictionary(name).all(), ...ours]) {
    if (text === undefined) continue;
    const key = idKey(text);
    if (!first.has(key)) first.set(key, text);
  }
  return (id) => first.get(idKey(id)) ?? id;
}
