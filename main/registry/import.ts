import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import type { RegistryKind, RegistryReport } from "../../shared/model/registry.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { record } from "../custody/append.ts";
import { parseTime } from "../intake/time/time-reader.ts";
import { sha256Of } from "../platform/sha256.ts";
import { readText } from "../platform/small-file.ts";
import { registryDigest } from "./document.ts";
import { floatIds } from "./float-ids.ts";
import { columnsOf, kindOf } from "./kinds.ts";
import { countRegistry, TABLE } from "./rows.ts";
import { readTable, type TableRow } from "./table.ts";

type Value = string | number | null;
interface Incoming {
  readonly file: string;
  readonly kind: RegistryKind;
  readonly sha256: string;
  readonly rows: { line: number; values: Record<string, Value> }[];
  readonly ignored: string[];
}

/**
 * Adds registry files to the case, all or none. A row that is there already changes nothing. A row that differs from one of
 * the same developer or resource replaces it, and is listed among the conflicts.
 * @throws Refusal `registry-wrong`, `file-missing`, `file-is-folder`, `file-unreadable`
 */
export function importRegistry(
  caseFile: Case,
  files: readonly string[],
  options: { kind?: RegistryKind; by?: string } = {},
): RegistryReport {
  demandWritable(caseFile);
  const incoming = files.map((file) => read(file, options.kind));
  const conflicts: string[] = [];
  caseFile.db.transaction(() => {
    const acts = incoming.map((each) => store(caseFile, each, conflicts));
    // The state after the last act. The registry of a bundle is compared with it.
    for (const [index, act] of acts.entries()) {
      record(
        caseFile,
        "registry",
        index === acts.length - 1 ? { ...act, state_sha256: registryDigest(caseFile.db) } : act,
        options.by,
      );
    }
    conflicts.push(...overlaps(caseFile), ...strangers(caseFile), ...floatIds(caseFile.db));
  })();
  return { ...countRegistry(caseFile.db), conflicts };
}

function read(file: string, wanted: RegistryKind | undefined): Incoming {
  const name = path.basename(file);
  const bytes = readText(file);
  const { columns, rows } = readTable(new TextDecoder("utf-8").decode(bytes), name);
  const kind = wanted ?? kindOf(columns);
  if (!kind) {
    throw new Refusal(
      "registry-wrong",
      `${name} is not recognised as developers, apps, grants, consents or resources (its columns: ${columns.join(", ") || "none"})`,
      "name its kind with --kind, or rename its columns",
    );
  }
  const known = columnsOf(kind);
  const columnOf = new Map(
    known.map(([own, column]) => [own, [own, ...column.also].find((each) => columns.includes(each))]),
  );
  for (const [own, column] of known) {
    if (column.needed && !columnOf.get(own)) {
      throw new Refusal(
        "registry-wrong",
        `${name} has no column ${own}, which ${kind} need`,
        "add the column, or name another --kind",
      );
    }
  }
  return {
    file: name,
    kind,
    sha256: sha256Of(bytes),
    ignored: columns.filter((column) => ![...columnOf.values()].includes(column)),
    rows: rows.map((row) => ({
      line: row.line,
      values: Object.fromEntries(
        known.map(([own, column]) => [
          own,
          cellOf(row, columnOf.get(own), own, column.kind, Boolean(column.needed), name),
        ]),
      ),
    })),
  };
}

function cellOf(
  row: TableRow,
  from: string | undefined,
  column: string,
  kind: string,
  needed: boolean,
  file: string,
): Value {
  const text = from === undefined ? undefined : row.cells.get(from);
  const wrong = (why: string) =>
    new Refusal(
      "registry-wrong",
      `${file} line ${row.line}: ${why}`,
      "correct the line and import the file again; nothing was changed",
    );
  if (text === undefined) {
    if (needed) throw wrong(`${column} is empty`);
    return null;
  }
  if (kind === "time") {
    const time = parseTime(text);
    if (time === undefined) throw wrong(`${column} is not a time: "${text.slice(0, 40)}"`);
    return time;
  }
  if (kind === "count") {
    if (!/^\d{1,12}$/u.test(text)) throw wrong(`${column} is not a whole number: "${text.slice(0, 40)}"`);
    return Number(text);
  }
  return text;
}

const SPANS: readonly (readonly [string, string])[] = [
  ["owned_from", "owned_until"],
  ["granted_at", "revoked_at"],
  ["given_at", "withdrawn_at"],
];

/** Gives what custody is to say of it. */
function store(caseFile: Case, incoming: Incoming, conflicts: string[]): Record<string, unknown> {
  const { db } = caseFile;
  const table = TABLE[incoming.kind];
  const names = columnsOf(incoming.kind).map(([own]) => own);
  const id = db
    .prepare(
      "insert into registry_file (name, sha256, kind, rows, at) values (?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
    )
    .run(incoming.file, incoming.sha256, incoming.kind, incoming.rows.length).lastInsertRowid;
  const same = db
    .prepare(`select 1 from ${table} where ${names.map((name) => `${name} is @${name}`).join(" and ")}`)
    .pluck();
  const put = db.prepare(
    `insert or replace into ${table} (${names.join(", ")}, file) values (${names.map((name) => `@${name}`).join(", ")}, @file)`,
  );
  const key = incoming.kind === "developers" ? "developer_id" : incoming.kind === "resources" ? "resource" : undefined;
  const existing = key ? db.prepare(`select ${names.join(", ")} from ${table} where ${key} = ?`) : undefined;
  let added = 0;
  for (const { line, values } of incoming.rows) {
    for (const [from, until] of SPANS) {
      const [begin, end] = [values[from], values[until]];
      if (typeof begin === "number" && typeof end === "number" && end < begin) {
        throw new Refusal(
          "registry-wrong",
          `${incoming.file} line ${line}: ${until} is before ${from}`,
          "correct the line and import the file again; nothing was changed",
        );
      }
    }
    if (same.get(values)) continue;
    const before = key ? (existing?.get(values[key]) as Record<string, Value> | undefined) : undefined;
    if (before && key) {
      const changed = names.filter((name) => before[name] !== values[name]);
      conflicts.push(
        `${incoming.file} line ${line}: ${key} ${values[key]} was ${changed.map((name) => `${name} ${before[name] ?? "absent"}`).join(", ")}, is now ${changed.map((name) => values[name] ?? "absent").join(", ")}`,
      );
    }
    put.run({ ...values, file: id });
    added += 1;
  }
  const ignored = incoming.ignored.length > 0 ? { ignored_columns: incoming.ignored } : {};
  return {
    file: incoming.file,
    sha256: incoming.sha256,
    kind: incoming.kind,
    rows: incoming.rows.length,
    added,
    ...ignored,
  };
}

/** Two developers who own the same app at the same time: the one with the later `owned_from` counts as the owner. */
function overlaps(caseFile: Case): string[] {
  const rows = caseFile.db
    .prepare(
      `select a.app as app, a.developer_id as first, b.developer_id as second from app a join app b
       on a.app = b.app and a.id < b.id and a.developer_id is not null and b.developer_id is not null and a.developer_id <> b.developer_id
       where coalesce(a.owned_from, -1e18) < coalesce(b.owned_until, 1e18) and coalesce(b.owned_from, -1e18) < coalesce(a.owned_until, 1e18)
       order by a.app limit 100`,
    )
    .all() as { app: string; first: string; second: string }[];
  return rows.map(({ app, first, second }) => `app ${app} is owned by ${first} and by ${second} at the same time`);
}

/** Owners whom no developers table names. */
function strangers(caseFile: Case): string[] {
  const ids = caseFile.db
    .prepare(
      `select distinct developer_id from app where developer_id is not null
       and exists (select 1 from developer) and developer_id not in (select developer_id from developer) order by 1 limit 100`,
    )
    .pluck()
    .all() as string[];
  return ids.map((id) => `developer ${id} owns an app but is not among the developers`);
}
