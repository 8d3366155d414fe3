import type { RegistryFileReport, RegistryKind, RegistryReport } from "../../shared/model/registry.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { record, timeOfAct } from "../custody/append.ts";
import { rowDigests } from "../custody/row-digests.ts";
import { conflictsOf } from "./conflicts.ts";
import { registryDigest } from "./document.ts";
import { type IncomingFile, type IncomingTable, type ReadOptions, readRegistryFile } from "./read-file.ts";
import { checkChoices } from "./recognise.ts";
import { notJoined } from "./spellings/not-joined.ts";
import { countsOf, distinct, RegistryState } from "./state.ts";
import { tableDigests } from "./table-digests.ts";

export interface ImportOptions extends ReadOptions {
  /** Makes the files the whole of their kinds. */
  readonly replace?: boolean | undefined;
  /** Says what would be, and changes nothing. */
  readonly dry_run?: boolean | undefined;
  readonly by?: string | undefined;
}

/** Changes that an answer names, of each file. */
const MAX_CHANGES = 20;

/**
 * Adds registry files to the case, all or none. A row with the key of another takes its place.
 * @throws Refusal `registry-wrong`, and as `readRegistryFile` does
 */
export async function importRegistry(
  caseFile: Case,
  files: readonly string[],
  options: ImportOptions = {},
): Promise<RegistryReport> {
  if (!options.dry_run) demandWritable(caseFile);
  const incoming: IncomingFile[] = [];
  for (const file of files) incoming.push(await readRegistryFile(file, options));
  checkChoices(
    options.columns ?? [],
    incoming.flatMap(({ headers }) => headers),
  );
  return options.dry_run
    ? join(caseFile, incoming, options)
    : caseFile.db.transaction(() => join(caseFile, incoming, options))();
}

function join(caseFile: Case, incoming: readonly IncomingFile[], options: ImportOptions): RegistryReport {
  const state = RegistryState.load(caseFile.db);
  const contradictions: string[] = [];
  /** Of the kinds that are replaced: what was there, until a file of this act first had rows of the kind. */
  const replaced = new Map<RegistryKind, ReturnType<RegistryState["clear"]>>();
  const files: RegistryFileReport[] = [];
  for (const file of incoming) {
    const tables = file.tables.map((table, index) => {
      const first = firstOfItsSheet(file.tables, index);
      return {
        ...table,
        rows: first === table ? table.rows : distinct(table.kind, table.rows),
        beside: first !== table && table.kind === "apps",
      };
    });
    const cleared: RegistryKind[] = [];
    for (const { kind } of tables) {
      if (!options.replace || replaced.has(kind)) continue;
      replaced.set(kind, state.clear(kind));
      cleared.push(kind);
    }
    const n = options.dry_run ? undefined : keep(caseFile, file, tables, cleared);
    const changes: string[] = [];
    const reports = tables.map(({ kind, sheet, columns, rows, beside }) => {
      const joined = state.join(kind, rows, n ?? 0, { before: replaced.get(kind), beside });
      contradictions.push(...joined.contradictions);
      changes.push(...joined.changes);
      return {
        ...(sheet === undefined ? {} : { sheet }),
        kind,
        rows: joined.rows,
        added: joined.added,
        changed: joined.changed,
        same: joined.same,
        columns,
      };
    });
    const report: RegistryFileReport = {
      ...(n === undefined ? {} : { n }),
      file: file.file,
      ...(file.encoding === undefined ? {} : { encoding: file.encoding }),
      timezone: file.timezone,
      timezone_from: file.timezone_from,
      tables: reports,
      ignored: file.ignored,
      said: file.said,
      changes: changes.slice(0, MAX_CHANGES),
    };
    files.push(report);
    if (n === undefined) continue;
    const before = registryDigest(caseFile.db);
    state.save(caseFile.db);
    record(
      caseFile,
      "registry",
      {
        ...actOf(file, report, cleared),
        before_sha256: before,
        state_sha256: registryDigest(caseFile.db),
        digests: {
          ...rowDigests(caseFile.db, { registry_file: [n], registry_row: [n] }),
          ...tableDigests(caseFile.db),
        },
      },
      options.by,
    );
  }
  return {
    ...countsOf(state),
    conflicts: [...contradictions, ...conflictsOf(state, caseFile.db), ...notJoined(caseFile.db, state.ids())],
    files: withRemoved(files, replaced, state),
    ...(options.dry_run ? { dry_run: true as const } : {}),
  };
}

/** A sheet's other tables stand beside its first: an app's owner, once for each of its grants. */
const firstOfItsSheet = (tables: readonly IncomingTable[], index: number): IncomingTable | undefined =>
  tables.find(({ sheet }) => sheet === tables[index]?.sheet);

/** Rows that a replaced kind had and now has not, said with the first table of the kind. */
function withRemoved(
  files: readonly RegistryFileReport[],
  replaced: ReadonlyMap<RegistryKind, ReturnType<RegistryState["clear"]>>,
  state: RegistryState,
): RegistryFileReport[] {
  const left = new Map(
    [...replaced].map(([kind, before]) => [kind, [...before.keys()].filter((key) => !state.has(kind, key)).length]),
  );
  return files.map((file) => ({
    ...file,
    tables: file.tables.map((table) => {
      const removed = left.get(table.kind);
      left.delete(table.kind);
      return removed === undefined ? table : { ...table, removed };
    }),
  }));
}

/** Keeps a file's rows as it said them. Gives the import's number. */
function keep(
  caseFile: Case,
  file: IncomingFile,
  tables: readonly (IncomingTable & { readonly beside: boolean })[],
  replaces: readonly RegistryKind[],
): number {
  const { db } = caseFile;
  const kinds = [...new Set(tables.map(({ kind }) => kind))];
  const n = db
    .prepare(
      `insert into registry_file (name, sha256, kind, rows, replaces, kept, at)
       values (?, ?, ?, ?, ?, 1, ?)`,
    )
    .run(
      file.file,
      file.sha256,
      kinds.join(", "),
      tables.reduce((sum, { rows }) => sum + rows.length, 0),
      JSON.stringify(replaces),
      timeOfAct(caseFile).at,
    ).lastInsertRowid as number;
  const put = db.prepare('insert into registry_row (file, kind, beside, place, "values") values (?, ?, ?, ?, ?)');
  for (const { kind, rows, beside } of tables)
    for (const { place, values } of rows) put.run(n, kind, beside ? 1 : 0, place, JSON.stringify(values));
  return n;
}

/** What custody says of it. */
function actOf(
  file: IncomingFile,
  report: RegistryFileReport,
  replaces: readonly RegistryKind[],
): Record<string, unknown> {
  const sum = (key: "rows" | "added" | "changed" | "same") => report.tables.reduce((all, table) => all + table[key], 0);
  return {
    import: report.n,
    file: file.file,
    sha256: file.sha256,
    kind: [...new Set(report.tables.map(({ kind }) => kind))].join(", "),
    rows: sum("rows"),
    added: sum("added"),
    changed: sum("changed"),
    same: sum("same"),
    columns: Object.assign({}, ...report.tables.map(({ columns }) => columns)),
    ...(replaces.length > 0 ? { replaces } : {}),
    ...(file.ignored.length > 0 ? { ignored_columns: file.ignored } : {}),
    ...(file.said.length > 0 ? { read_as: file.said } : {}),
    timezone: file.timezone,
    timezone_from: file.timezone_from,
  };
}
