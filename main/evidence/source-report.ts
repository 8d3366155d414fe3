import type { Database } from "better-sqlite3";
import { given } from "../../shared/base/given.ts";
import { isoOf } from "../../shared/base/time.ts";
import type { SourceReport, SourceState } from "../../shared/model/source.ts";
import { completeSources, sourceRow } from "../case/sources.ts";
import { acquisitionOf } from "./acquisition.ts";
import { referenceState } from "./reference.ts";

const MAX_REJECTS_SHOWN = 20;

/** A source as `exhibit import --json` prints it, keys in FORMATS' order. */
export function sourceReport(db: Database, id: number): SourceReport {
  const row = sourceRow(db, id);
  const rejects = db
    .prepare('select line, reason from reject where source = ? order by line, "offset" limit ?')
    .all(id, MAX_REJECTS_SHOWN) as { line: number; reason: string }[];
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
    ...given({ zone_data: row.zone_data ?? undefined }),
    bytes: row.bytes,
    lines: row.lines,
    events: row.events,
    rejected: row.rejected,
    skipped: row.skipped,
    duplicates: row.duplicates,
    line_ledger: { events: row.lines_events, rejected: row.lines_rejected, skipped: row.lines_skipped },
    ...(row.impossible_numbers === 0 ? {} : { impossible_numbers: row.impossible_numbers }),
    ...(row.no_values === 0 ? {} : { no_values: row.no_values }),
    ...(row.first === null ? {} : { first: isoOf(row.first) }),
    ...(row.last === null ? {} : { last: isoOf(row.last) }),
    rejects,
  };
}

/** Reports of all complete sources, by number. */
export function sourceReports(db: Database): SourceReport[] {
  return completeSources(db).map(({ id }) => sourceReport(db, id));
}

/** All complete sources as the case has them now. */
export function sourceStates(db: Database): SourceState[] {
  return sourceReports(db).map((report) => {
    const row = sourceRow(db, report.source);
    const acquisition = acquisitionOf(db, row);
    const { withdrawn: reason, withdrawn_at: at, withdrawn_by: by } = row;
    return {
      ...report,
      ...given({ acquisition }),
      ...(reason === null ? {} : { withdrawn: { reason, at: at ?? "", by: by ?? "" } }),
      ...(row.by_reference ? { reference: referenceState(db, row) } : {}),
    };
  });
}
