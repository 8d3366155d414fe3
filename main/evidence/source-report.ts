import type { Database } from "better-sqlite3";
import { Refusal } from "../../shared/base/errors.ts";
import { isoOf } from "../../shared/base/time.ts";
import type { SourceReport, SourceState } from "../../shared/model/source.ts";
import { referenceState } from "./reference.ts";

/** A row of `source`. */
export interface SourceRow {
  readonly id: number;
  readonly state: "importing" | "complete";
  readonly name: string;
  readonly member: string | null;
  readonly path: string;
  /** 1: the original stays at `path` and is not copied. */
  readonly by_reference: 0 | 1;
  readonly sha256: string | null;
  readonly bytes: number;
  readonly content_bytes: number | null;
  readonly format: string;
  readonly encoding: string;
  readonly compression: string | null;
  /** JSON: the steps from the evidence to the content (packed/steps.ts); null where compression alone says it. */
  readonly packing: string | null;
  readonly timezone: string;
  readonly timezone_from: SourceReport["timezone_from"];
  readonly mapping: string;
  readonly lines: number;
  readonly events: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly duplicates: number;
  readonly lines_events: number;
  readonly lines_rejected: number;
  readonly lines_skipped: number;
  readonly ambiguous_times: number;
  readonly broken_text: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly withdrawn: string | null;
  readonly withdrawn_at: string | null;
  readonly withdrawn_by: string | null;
  readonly replaces: number | null;
  readonly checkpoint: string | null;
}

const REJECTS_SHOWN = 20;

/** @throws Refusal `source-missing` */
export function sourceRow(db: Database, id: number): SourceRow {
  const row = db.prepare("select * from source where id = ?").get(id) as SourceRow | undefined;
  if (!row) throw new Refusal("source-missing", `The case has no source ${id}`, "see `exhibit info` for those it has");
  return row;
}

/** A source as `exhibit import --json` prints it, keys in FORMATS' order. */
export function sourceReport(db: Database, id: number): SourceReport {
  const row = sourceRow(db, id);
  const rejects = db
    .prepare('select line, reason from reject where source = ? order by line, "offset" limit ?')
    .all(id, REJECTS_SHOWN) as { line: number; reason: string }[];
  return {
    source: row.id,
    file: row.name,
    ...(row.member === null ? {} : { member: row.member }),
    sha256: row.sha256 ?? "",
    format: row.format,
    encoding: row.encoding,
    ...(row.compression === null ? {} : { compression: row.compression }),
    timezone: row.timezone,
    timezone_from: row.timezone_from,
    bytes: row.bytes,
    lines: row.lines,
    events: row.events,
    rejected: row.rejected,
    skipped: row.skipped,
    duplicates: row.duplicates,
    line_ledger: { events: row.lines_events, rejected: row.lines_rejected, skipped: row.lines_skipped },
    ...(row.first === null ? {} : { first: isoOf(row.first) }),
    ...(row.last === null ? {} : { last: isoOf(row.last) }),
    rejects,
  };
}

/** Reports of all complete sources, by number. */
export function sourceReports(db: Database): SourceReport[] {
  const ids = db.prepare("select id from source where state = 'complete' order by id").pluck().all() as number[];
  return ids.map((id) => sourceReport(db, id));
}

/** All complete sources as the case has them now. */
export function sourceStates(db: Database): SourceState[] {
  return sourceReports(db).map((report) => {
    const row = sourceRow(db, report.source);
    const { withdrawn: reason, withdrawn_at: at, withdrawn_by: by } = row;
    return {
      ...report,
      ...(reason === null ? {} : { withdrawn: { reason, at: at ?? "", by: by ?? "" } }),
      ...(row.by_reference ? { reference: referenceState(db, row) } : {}),
    };
  });
}

/** Names of the files whose import was begun and not finished. */
export function unfinished(db: Database): string[] {
  return db
    .prepare(
      "select name from (select name, began from source where state = 'importing' and packing is null and replaces is null union all select name, began from archive_begun) order by began",
    )
    .pluck()
    .all() as string[];
}
