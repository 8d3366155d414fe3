import type { RegistryKind } from "../../shared/model/registry.ts";

type Kind = "text" | "time" | "count";

interface Column {
  readonly kind: Kind;
  readonly needed?: true;
  /** Other names the column goes by, as `columnKey` writes them. */
  readonly also: readonly string[];
}

const text = (...also: string[]): Column => ({ kind: "text", also });
const time = (...also: string[]): Column => ({ kind: "time", also });
const needed = (column: Column): Column => ({ ...column, needed: true });

const APP = needed(text("app_id", "application", "application_id", "client_id"));
const PERMISSION = needed(text("scope", "permission_name", "grant"));

/** The columns of each registry table, by FORMATS' names, with the synonyms that are accepted. */
export const REGISTRY_COLUMNS = {
  developers: {
    developer_id: needed(text("owner_id", "partner_id", "id")),
    developer: text("developer_name", "name", "company", "partner", "owner"),
    contact: text("mail", "email", "contact_email"),
    country: text("country_code"),
  },
  apps: {
    app: APP,
    app_name: text("application_name", "name", "title"),
    developer_id: text("owner_id", "partner_id", "developer"),
    status: text("state"),
    owned_from: time("from", "valid_from"),
    owned_until: time("until", "to", "valid_until"),
  },
  grants: {
    app: APP,
    permission: PERMISSION,
    granted_at: needed(time("granted", "granted_on", "from")),
    revoked_at: time("revoked", "revoked_on", "until", "to"),
  },
  consents: {
    subject: needed(text("subject_id", "member", "member_id", "person", "user", "user_id")),
    app: APP,
    permission: PERMISSION,
    given_at: needed(time("given", "given_on", "consented_at", "from")),
    withdrawn_at: time("withdrawn", "withdrawn_on", "until", "to"),
  },
  resources: {
    resource: needed(text("resource_id", "group_id", "object_id")),
    title: text("name", "group_name"),
    people: { kind: "count", also: ["members", "member_count", "size"] },
    visibility: text("privacy"),
  },
} as const satisfies Record<RegistryKind, Record<string, Column>>;

/** A kind's columns with one type for all, for walks over them. */
export const columnsOf = (kind: RegistryKind): [name: string, column: Column][] =>
  Object.entries(REGISTRY_COLUMNS[kind]);

/**
 * The kind of a table, by the columns that only this kind has; undefined where they fit none. Consents are tested before
 * grants and grants before apps, because each has all the columns of the next.
 */
export function kindOf(columns: readonly string[]): RegistryKind | undefined {
  const has = (kind: RegistryKind, name: string) => {
    const column = columnsOf(kind).find(([own]) => own === name)?.[1];
    return columns.includes(name) || (column?.also ?? []).some((other) => columns.includes(other));
  };
  const app = has("apps", "app");
  if (app && has("grants", "permission") && has("consents", "subject")) return "consents";
  if (app && has("grants", "permission")) return "grants";
  if (app) return "apps";
  if (columns.includes("resource") || columns.includes("resource_id") || columns.includes("group_id"))
    return "resources";
  if (has("developers", "developer_id")) return "developers";
  return undefined;
}
