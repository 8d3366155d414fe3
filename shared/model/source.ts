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
  /** The release of the IANA data by which local times were read, such as `2026f`. */
  zone_data?: string;
  bytes: number;
  lines: number;
  events: number;
  rejected: number;
  skipped: number;
  duplicates: number;
  line_ledger: { events: number; rejected: number; skipped: number };
  /** Counts, bytes and durations below zero, which are absent from their events. */
  impossible_numbers?: number;
  /** Words for no value, such as NULL without quotes: absent from the events. */
  no_values?: number;
  first?: string;
  last?: string;
  /** The source that this same file already is; nothing was changed. */
  duplicate_of?: number;
  /** Names in it that say a status, method, path or client and that no event has: said once, as it is imported. */
  unread?: string;
  rejects: { line: number; reason: string }[];
}

/** How a source's file came to the case, as somebody has said it. */
export interface Acquisition {
  from: string;
  /** An instant, or a day where no clock was given. */
  on: string;
  medium: string;
  method: string;
  /** SHA-256 that the producer states, lower-case hex. */
  digest?: string;
  /** Whether the file has that digest. Absent where none is stated. */
  digest_matches?: boolean;
  /** Number of the seal that it came under. */
  seal?: string;
  note?: string;
}

/** A source as the case has it now: the report of its import, and what became of it since. */
export interface SourceState extends SourceReport {
  /** Absent where nobody has said how it came. */
  acquisition?: Acquisition;
  /** Out of every count, for this reason; its original, rows and rejects are kept. */
  withdrawn?: { reason: string; at: string; by: string };
  /**
   * The original was not copied: it is where it was found. `unchanged`: size and date are as they were imported; whether its
   * bytes are, shows when lines are read, each piece compared with its digest.
   */
  reference?: { path: string; state: "unchanged" | "changed" | "gone" };
}

/** What withdrawing a source, or taking that back, did. */
export interface WithdrawReport {
  source: number;
  file: string;
  /** Is it out of the counts now? */
  withdrawn: boolean;
  reason: string;
  /** Calls that left the counts, or came back; its duplicates among them. */
  events: number;
  /** Later sources in which other records are duplicates now. */
  remarked: { source: number; file: string; duplicates_before: number; duplicates: number }[];
}

/** How a source was read, and what came of it. */
interface Reading
  extends Pick<
    SourceReport,
    "format" | "encoding" | "timezone" | "timezone_from" | "events" | "rejected" | "skipped" | "line_ledger"
  > {
  mapping: Record<string, unknown>;
}

/** What reading a source anew did. */
export interface RemapReport {
  /** As it is now. */
  source: SourceReport;
  before: Reading;
  /** Tagged or noted calls: kept on the same record, or lost because it is no event any more (`lost_lines`: the first). */
  annotations: { kept: number; lost: number; lost_lines: number[] };
}

/** A file in an archive or a folder that did not become a source, and why. */
export interface LeftOut {
  readonly file: string;
  /** Its path inside the archive. */
  readonly member?: string;
  readonly why: string;
  /** Not merely no log: it could not be read, and may have been one. */
  readonly refused?: true;
}

/** A file by its name, one in an archive with its path in it. */
export const namedFile = ({ file, member }: { readonly file: string; readonly member?: string | undefined }): string =>
  member === undefined ? file : `${file} › ${member}`;
