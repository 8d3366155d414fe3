import type { Database } from "better-sqlite3";
import { Refusal } from "../../shared/base/errors.ts";
import type { SourceReport } from "../../shared/model/source.ts";
import { prepared, preparedPluck } from "../platform/database/prepared.ts";

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
  /** JSON: the steps from the evidence to the content (evidence/unpack-steps.ts); null where compression alone says it. */
  readonly packing: string | null;
  readonly timezone: string;
  readonly timezone_from: SourceReport["timezone_from"];
  /** The release of the IANA data by which its local times were read; null where a version before noted none. */
  readonly zone_data: string | null;
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
  readonly impossible_numbers: number;
  readonly no_values: number;
  /** JSON: `LaterHeader[]`. */
  readonly headers: string | null;
  readonly first: number | null;
  readonly last: number | null;
  readonly withdrawn: string | null;
  readonly withdrawn_at: string | null;
  readonly withdrawn_by: string | null;
  readonly replaces: number | null;
  readonly checkpoint: string | null;
}

/** SQL, of `source`: what counts has come in whole, and nobody withdrew it. The view `event` says the same (0002-sources.sql). */
export const COUNTS = "state = 'complete' and withdrawn is null";

/** The number of the next source. */
export const nextSourceId = (db: Database): number =>
  preparedPluck(db, "select coalesce(max(id), 0) + 1 from source").get() as number;

/** How many sources count. */
export const countedSources = (db: Database): number =>
  db.prepare(`select count(*) from source where ${COUNTS}`).pluck().get() as number;

/** Every source that came in whole, withdrawn ones too, by number. */
export const completeSources = (db: Database): SourceRow[] =>
  db.prepare("select * from source where state = 'complete' order by id").all() as SourceRow[];

/** @throws Refusal `source-missing` */
export function sourceRow(db: Database, id: number): SourceRow {
  const row = prepared(db, "select * from source where id = ?").get(id) as SourceRow | undefined;
  if (!row) throw new Refusal("source-missing", `The case has no source ${id}`, "see `exhibit info` for those it has");
  return row;
}

/** @throws Refusal `source-missing`; `import-unfinished` for one that is not in whole */
export function completeRow(db: Database, id: number): SourceRow {
  const row = sourceRow(db, id);
  if (row.state !== "complete")
    throw new Refusal(
      "import-unfinished",
      `The import of ${row.name} is not finished, so it is in no count`,
      "finish it with `exhibit import CASE FILE --resume`",
    );
  return row;
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
