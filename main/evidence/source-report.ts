import type { Database } from "better-sqlite3";
import { given } from "../../shared/base/given.ts";
import { isoOf } from "../../shared/base/time.ts";
import type { SourceLedger } from "../../shared/model/ledger.ts";
import type { SourceReport, SourceState } from "../../shared/model/source.ts";
import { completeSources, sourceRow } from "../case/sources.ts";
import { prepared } from "../platform/database/prepared.ts";
import { sha256Of } from "../platform/sha256.ts";
import { acquisitionOf } from "./acquisition.ts";
import { referenceState } from "./reference.ts";

const MAX_REJECTS_SHOWN = 20;
/** Reasons listed one by one. Some quote the record, so that there can be as many as records. */
const MAX_REASONS = 20;

/** A source as `exhibit import --json` prints it, keys in FORMATS' order. */
export function sourceReport(db: Database, id: number): SourceReport {
  const row = sourceRow(db, id);
  const rejects = prepared(db, 'select line, reason from reject where source = ? order by line, "offset" limit ?').all(
    id,
    MAX_REJECTS_SHOWN,
  ) as { line: number; reason: string }[];
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

/** Of a file that is in the case already, as that source. */
export function reportOfKnown(db: Database, id: number): SourceReport & { duplicate_of: number } {
  const { rejects, ...report } = sourceReport(db, id);
  return { ...report, duplicate_of: id, rejects };
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

/** Why a source's records were rejected. `lines`: physical lines that those records touch. */
export function rejectReasons(db: Database, source: number): SourceLedger["reasons"] {
  const all = prepared(
    db,
    "select reason, count(*) as records, sum(lines) as lines from reject where source = ? group by reason order by records desc, reason",
  ).all(source) as SourceLedger["reasons"];
  if (all.length <= MAX_REASONS) return all;
  const others = all.slice(MAX_REASONS - 1);
  const sum = (part: "records" | "lines") => others.reduce((total, each) => total + each[part], 0);
  return [
    ...all.slice(0, MAX_REASONS - 1),
    { reason: `${others.length} other reasons`, records: sum("records"), lines: sum("lines") },
  ];
}

/** What a bundle shows of a source's rejected records, as one digest: the first by line, and the reasons of all. */
export const rejectsDigest = ({ rejects, reasons }: { rejects: unknown; reasons: unknown }): string =>
  sha256Of(JSON.stringify({ rejects, reasons }));
