/** A source as `exhibit import --json` prints it (FORMATS). `events`, `rejected`, `skipped` count records, the ledger physical lines. */
export interface SourceReport {
  source: number;
  file: string;
  member?: string;
  sha256: string;
  format: string;
  encoding: string;
  compression?: string;
  timezone: string;
  timezone_from: "timestamps" | "mapping" | "option" | "assumed";
  bytes: number;
  lines: number;
  events: number;
  rejected: number;
  skipped: number;
  duplicates: number;
  line_ledger: { events: number; rejected: number; skipped: number };
  first?: string;
  last?: string;
  /** The source that this same file already is; nothing was changed. */
  duplicate_of?: number;
  rejects: { line: number; reason: string }[];
}
