import type { Database } from "better-sqlite3";
import type { Ledger, SourceLedger } from "../../shared/model/ledger.ts";
import { completeSources, type SourceRow } from "../case/sources.ts";
import { rejectReasons } from "../evidence/source-report.ts";
import type { LaterHeader } from "./read/batch.ts";

/** Where every line of every complete source went. */
export function ledgerOf(db: Database): Ledger {
  return ledgerOfSources(completeSources(db).map((row) => sourceLedger(db, row)));
}

/** The same of sources whose ledgers are known. */
export function ledgerOfSources(sources: SourceLedger[]): Ledger {
  const counted = sources.filter((source) => source.withdrawn === undefined);
  const sum = (part: (source: SourceLedger) => number) => counted.reduce((all, source) => all + part(source), 0);
  return {
    sources,
    all: {
      sources: counted.length,
      lines: {
        lines: sum(({ lines }) => lines.lines),
        events: sum(({ lines }) => lines.events),
        rejected: sum(({ lines }) => lines.rejected),
        skipped: sum(({ lines }) => lines.skipped),
      },
      records: {
        events: sum(({ records }) => records.events),
        rejected: sum(({ records }) => records.rejected),
        skipped: sum(({ records }) => records.skipped),
        duplicates: sum(({ records }) => records.duplicates),
      },
    },
  };
}

function sourceLedger(db: Database, row: SourceRow): SourceLedger {
  return {
    source: row.id,
    file: row.name,
    ...(row.member === null ? {} : { member: row.member }),
    ...(row.withdrawn === null ? {} : { withdrawn: true }),
    lines: { lines: row.lines, events: row.lines_events, rejected: row.lines_rejected, skipped: row.lines_skipped },
    records: { events: row.events, rejected: row.rejected, skipped: row.skipped, duplicates: row.duplicates },
    reasons: rejectReasons(db, row.id),
    ...(row.headers === null ? {} : { headers: headersOf(row.headers) }),
    ambiguous_times: row.ambiguous_times,
    broken_text: row.broken_text,
  };
}

/** Headers listed one by one. A file that was put together of many has as many. */
const MAX_HEADERS = 100;

const headersOf = (stored: string): NonNullable<SourceLedger["headers"]> =>
  (JSON.parse(stored) as LaterHeader[]).slice(0, MAX_HEADERS).map(({ line, columns, unread }) => ({
    line,
    columns: [...columns],
    ...(unread.length > 0 && { unread: [...unread] }),
  }));
