/** An event: one API call, one row. The table in `resources/help/events.md` says the same for users. */

export const OUTCOMES = ["unknown", "allowed", "denied", "failed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What called: a client application, a person, or a service of the platform that acts for itself. */
export const CALLERS = ["app", "user", "service"] as const;
export type Caller = (typeof CALLERS)[number];

/** `fields` were seen in the answer, or only asked for. */
export type FieldsAre = "returned" | "requested";

/** One event as JSON, in the order of its keys; an absent value is an absent key. */
export interface EventRecord {
  time: string;
  app?: string;
  developer?: string;
  api?: string;
  operation?: string;
  method?: string;
  path?: string;
  status?: number;
  outcome: Outcome;
  actor?: string;
  caller?: Caller;
  resource?: string;
  fields?: string[];
  fields_are?: FieldsAre;
  subjects?: string[];
  subject_count?: number;
  ip?: string;
  user_agent?: string;
  request_id?: string;
  bytes?: number;
  duration_ms?: number;
  duplicate?: true;
  source: number;
  line: number;
  offset: number;
  length: number;
  /** Which call of the record, from 1, where it holds several. */
  part?: number;
  tags?: string[];
  notes?: string[];
}

/** What a mapping can fill from a record; everything else is known by the reader itself. */
export const MAPPED_FIELDS = [
  "time",
  "app",
  "developer",
  "api",
  "operation",
  "method",
  "path",
  "status",
  "outcome",
  "actor",
  "caller",
  "resource",
  "fields",
  "subjects",
  "subject_count",
  "ip",
  "user_agent",
  "request_id",
  "bytes",
  "duration_ms",
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

/**
 * Dictionary-encoded text columns. Each has a table `text_<name>(id, value)` in `case.db`; a row holds the id.
 * `fields` and `subjects` hold a JSON array of strings as their value.
 */
export const ENCODED_COLUMNS = [
  "app",
  "developer",
  "api",
  "operation",
  "method",
  "path",
  "actor",
  "resource",
  "fields",
  "subjects",
  "ip",
  "user_agent",
] as const;
export type EncodedColumn = (typeof ENCODED_COLUMNS)[number];

/** Whole-number columns kept as they are. */
export const NUMBER_COLUMNS = ["status", "subject_count", "bytes", "duration_ms"] as const;
export type NumberColumn = (typeof NUMBER_COLUMNS)[number];

/** Bits of `event_row.flags`. */
export const FLAG = {
  /** The same record is already in the case (FORMATS, `duplicate`). */
  duplicate: 1,
  /** `fields` are what was asked for, not what was returned. */
  requested: 2,
  /** The record holds bytes that are not valid in its encoding; the original bytes are intact in evidence. */
  brokenText: 4,
  /** A local time that occurs twice (end of summer time): the first was taken. */
  ambiguousTime: 8,
  /** A duplicate because another record of the same call counts (a mapping's `call`). */
  sameCall: 16,
} as const;

/** Where `event_row.flags` says what called: two bits, 0 where the log does not say, else 1 + the index into CALLERS. */
export const CALLER_SHIFT = 5;
export const callerCode = (flags: number): number => (flags >> CALLER_SHIFT) & 3;

/** What called, by the flags of a row. */
export const callerOf = (flags: number): Caller | undefined => CALLERS[callerCode(flags) - 1];
