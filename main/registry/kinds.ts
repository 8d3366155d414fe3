import type { RegistryKind } from "../../shared/model/registry.ts";
import type { Sense } from "./columns/column-words.ts";

interface Column {
  readonly kind: "text" | "id" | "time" | "count";
  readonly needed?: true;
  /** For a date without a clock: which end of its day is meant. */
  readonly day?: "begin" | "end";
  /** What its name may mean, the surest first. A name of two columns goes to the one that has it as the surer. */
  readonly senses: readonly Sense[];
}

const text = (...senses: Sense[]): Column => ({ kind: "text", senses });
const begin = (...senses: Sense[]): Column => ({ kind: "time", day: "begin", senses });
const end = (...senses: Sense[]): Column => ({ kind: "time", day: "end", senses });
const id = (...senses: Sense[]): Column => ({ kind: "id", senses });
const needed = (column: Column): Column => ({ ...column, needed: true });

const APP = needed(id("app:id", "app:either"));
const PERMISSION = needed(text("permission"));

/** The columns of each registry table, by FORMATS' names. */
export const REGISTRY_COLUMNS = {
  developers: {
    developer_id: needed(id("developer:id", "developer:either", "bare:id")),
    developer: text("developer:name", "developer:either", "bare:name"),
    contact: text("contact"),
    country: text("country"),
  },
  apps: {
    app: needed(id("app:id", "app:either", "bare:id")),
    app_name: text("app:name", "app:either", "bare:name"),
    developer_id: id("developer:id", "developer:either", "developer:name"),
    status: text("status:app", "status", "status:active"),
    owned_from: begin("begin:app", "begin"),
    owned_until: end("end:app", "end"),
  },
  grants: {
    app: APP,
    permission: PERMISSION,
    granted_at: needed(begin("begin:grant", "begin")),
    revoked_at: end("end:grant", "end"),
  },
  consents: {
    subject: needed(id("subject")),
    app: APP,
    permission: PERMISSION,
    given_at: needed(begin("begin:consent", "begin:grant", "begin")),
    withdrawn_at: end("end:consent", "end:grant", "end"),
  },
  resources: {
    resource: needed(id("resource:id", "resource:either", "bare:id")),
    title: text("resource:name", "bare:name"),
    people: { kind: "count", senses: ["people"] },
    visibility: text("visibility"),
  },
} as const satisfies Record<RegistryKind, Record<string, Column>>;

/** A kind's columns with one type for all, for walks over them. */
export const columnsOf = (kind: RegistryKind): [name: string, column: Column][] =>
  Object.entries(REGISTRY_COLUMNS[kind]);

/** Every name of a column that a header can be mapped to. */
export const COLUMN_NAMES: ReadonlySet<string> = new Set(
  Object.values(REGISTRY_COLUMNS).flatMap((columns) => Object.keys(columns)),
);

/** The columns that name a row: a newer row with the same values in them takes the older one's place. */
export const KEYS: Readonly<Record<RegistryKind, readonly string[]>> = {
  developers: ["developer_id"],
  apps: ["app", "owned_from"],
  grants: ["app", "permission", "granted_at"],
  consents: ["subject", "app", "permission", "given_at"],
  resources: ["resource"],
};
