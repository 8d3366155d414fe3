import { createHash } from "node:crypto";
import type { Database } from "better-sqlite3";
import { preparedRaw } from "../platform/database/prepared.ts";

/**
 * What an act holds of the rows that it made: by table the digest of each row, by its key; null where none is left.
 * `verify CASE` compares the rows with the latest act that tells of them.
 */
export type RowDigests = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

interface PinnedTable {
  /** Column that tells a row, or the rows that have one digest together, from the others. */
  readonly key: string;
  /** In the order in which they are hashed. Columns of later versions are not among them: a digest keeps its meaning. */
  readonly columns: readonly string[];
  /** SQL: the order of rows that have one digest together. Absent where each has its own. */
  readonly order?: string;
  /** SQL: which rows have a digest. */
  readonly where?: string;
}

/** Tables whose rows are hashed as they stand. */
export const PINNED_TABLES = {
  meta: { key: "key", columns: ["value"], where: "key in ('id', 'title', 'examiner', 'created')" },
  // Without what acts on other sources change (duplicates).
  source: {
    key: "id",
    columns: [
      ...["state", "name", "member", "path", "by_reference", "sha256", "packing", "bytes", "content_bytes"],
      ...["format", "encoding", "compression", "timezone", "timezone_from", "zone_data", "mapping"],
      ...["lines", "events", "rejected", "skipped", "lines_events", "lines_rejected", "lines_skipped"],
      ...["ambiguous_times", "broken_text", "impossible_numbers", "no_values", "headers", "first", "last"],
      ...["began", "ended", "withdrawn", "withdrawn_at", "withdrawn_by"],
    ],
    where: "state = 'complete'",
  },
  reject: { key: "source", columns: ["line", "lines", '"offset"', "length", "reason"], order: 'line, "offset"' },
  // The digests of copies are made when they are first needed; verify compares them with the copies themselves.
  reference: { key: "source", columns: ["bytes", "modified", "block_bytes", "digests"], where: "modified <> ''" },
  registry_file: {
    key: "id",
    columns: [
      ...["name", "sha256", "kind", "rows", "at", "replaces", "kept"],
      ...["taken_back", "taken_back_at", "taken_back_by"],
    ],
  },
  registry_row: { key: "file", columns: ["kind", "beside", "place", '"values"'], order: "id" },
  developer_join: {
    key: "id",
    columns: [
      ...["developer_id", "into_id", "reason", "at", "by_whom"],
      ...["taken_back", "taken_back_at", "taken_back_by"],
    ],
  },
  conflict_resolved: {
    key: "id",
    columns: [
      ...["conflict", "said", "kind", '"values"', "reason", "at", "by_whom"],
      ...["taken_back", "taken_back_at", "taken_back_by"],
    ],
  },
  policy: { key: "id", columns: ["name", "sha256", "document", "at"] },
  claims: { key: "id", columns: ["name", "sha256", "document", "at"] },
  clocks: { key: "id", columns: ["name", "sha256", "document", "at"] },
  fact: { key: "id", columns: ["fact", "value", "reason", "file", "sha256", "bytes", "at", "by_whom"] },
  decision: { key: "id", columns: ["rule", "developer_id", "disposition", "reason", "at", "by_whom"] },
  remedy_entry: {
    key: "id",
    columns: [
      ...["rule", "developer_id", "step", '"on"', "due", "responsible", "result", "note", "at", "by_whom"],
      ...["taken_back", "taken_back_at", "taken_back_by"],
    ],
  },
  remedy_file: { key: "entry", columns: ["name", "sha256", "bytes"], order: "id" },
  tag: { key: "name", columns: ["id"] },
  note: { key: "act", columns: ["id", "text", "at", "by_whom"] },
  act: { key: "id", columns: ["kind", "tag", "filter", "events", "at", "by_whom", "undone"] },
  act_run: { key: "act", columns: ["first", "last"], order: "first" },
  saved_filter: { key: "name", columns: ["filter", "layout", "at", "by_whom"] },
  acquisition: {
    key: "id",
    columns: ["source", "from_whom", "received_on", "medium", "method", "digest", "seal", "note", "at", "by_whom"],
  },
} as const satisfies Record<string, PinnedTable>;

export type PinnedTableName = keyof typeof PINNED_TABLES;

/** The digests of these rows as they are now, by table and key. Inside the transaction of the act that made them. */
export function rowDigests(
  db: Database,
  keys: Partial<Record<PinnedTableName, readonly (string | number)[]>>,
): RowDigests {
  const digests: Record<string, Record<string, string | null>> = {};
  for (const [table, those] of Object.entries(keys) as [PinnedTableName, readonly (string | number)[]][]) {
    const ofTable: Record<string, string | null> = {};
    for (const key of those) ofTable[String(key)] = allDigests(db, table, key).get(String(key)) ?? null;
    digests[table] = ofTable;
  }
  return digests;
}

/** The digests of a table's rows, by key: of all, or of those of one key. */
export function allDigests(db: Database, table: PinnedTableName, of?: string | number): Map<string, string> {
  const { key, columns, order, where }: PinnedTable = PINNED_TABLES[table];
  const conditions = [...(where ? [where] : []), ...(of === undefined ? [] : [`"${key}" is ?`])];
  const rows = preparedRaw(
    db,
    `select "${key}", ${columns.join(", ")} from ${table}
       ${conditions.length > 0 ? `where ${conditions.join(" and ")}` : ""} order by "${key}"${order ? `, ${order}` : ""}`,
  ).iterate(...(of === undefined ? [] : [of])) as IterableIterator<unknown[]>;
  const digests = new Map<string, string>();
  let last: string | undefined;
  let hash = createHash("sha256");
  for (const [value, ...values] of rows) {
    const now = String(value);
    if (now !== last) {
      if (last !== undefined) digests.set(last, hash.digest("hex"));
      hash = createHash("sha256");
      last = now;
    }
    hash.update(lineOf(values));
  }
  if (last !== undefined) digests.set(last, hash.digest("hex"));
  return digests;
}

/** A row as it is hashed: its values as JSON, bytes as hex digits, and a line end. */
export const lineOf = (values: readonly unknown[]): string =>
  `${JSON.stringify(values.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value)))}\n`;
