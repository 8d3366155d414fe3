import type { SourceReport } from "./source.ts";

/** Physical lines, each in exactly one of three places: `lines` = `events` + `rejected` + `skipped`. */
export interface LineCounts {
  lines: number;
  events: number;
  rejected: number;
  skipped: number;
}

/** Records: `events` hold the `duplicates`. A record over several lines is one record and counts as its lines above. */
export interface RecordCounts {
  events: number;
  rejected: number;
  skipped: number;
  duplicates: number;
}

/** Where every line of a source went. */
export interface SourceLedger {
  source: number;
  file: string;
  member?: string;
  /** Not among `all`. */
  withdrawn?: true;
  lines: LineCounts;
  records: RecordCounts;
  /** Why records were rejected, the most frequent reason first; the rare ones together as the last. */
  reasons: { reason: string; records: number; lines: number }[];
  /** Rows further down in a table that are another header; they are among the skipped. `unread`: columns that fill no field. */
  headers?: { line: number; columns: string[]; unread?: string[] }[];
  /** Events whose local time occurs twice, of which the first was taken, or the one that the order of the file decides. */
  ambiguous_times: number;
  /** Events whose record holds bytes that are none of its encoding; the original bytes are intact. */
  broken_text: number;
}

/** The line ledger of a case: of each source, and of all that count. */
export interface Ledger {
  sources: SourceLedger[];
  all: { sources: number; lines: LineCounts; records: RecordCounts };
}

/** The figures of a row in a table of sources, summed over these: lines = events + rejected + skipped, then duplicates. */
export function ledgerFigures(
  sources: readonly Pick<SourceReport, "lines" | "line_ledger" | "duplicates">[],
): number[] {
  const sum = (part: (source: (typeof sources)[number]) => number) =>
    sources.reduce((total, source) => total + part(source), 0);
  return [
    sum(({ lines }) => lines),
    sum(({ line_ledger }) => line_ledger.events),
    sum(({ line_ledger }) => line_ledger.rejected),
    sum(({ line_ledger }) => line_ledger.skipped),
    sum(({ duplicates }) => duplicates),
  ];
}

/** More records, or more lines, were rejected than read. A file that was in the case before is not read again. */
export const isMostlyRejected = ({ duplicate_of, rejected, events, line_ledger }: SourceReport): boolean =>
  duplicate_of === undefined && (rejected > events || line_ledger.rejected > line_ledger.events);
