import type { DeveloperRemedy } from "../model/accountability/remedy.ts";
import type { EventRecord } from "../model/event.ts";
import type { DeveloperFinding, Disposition, RuleFindings } from "../model/finding.ts";

/**
 * The data of a bundle's viewer, as the program writes it and the page reads it: scripts, because a page that lies on a disk
 * may load nothing else from there. Each calls `exhibitData(NAME, JSON, BYTES…)`; bytes are base64, and named by their number.
 */
export const DATA_FUNCTION = "exhibitData";

/** Calls whose columns lie in one file. */
export const CHUNK_ROWS = 65_536;

/** A column of the viewer: a field of the event, or what `events.csv` says beside it. `said`: rule, level, rule, level. */
export type ViewerColumn = keyof EventRecord | "developer_id" | "said";

/** How the values of a column are kept. */
type ColumnKind = "time" | "text" | "list" | "members" | "number";

export const COLUMN_KINDS = {
  time: "time",
  app: "text",
  developer: "text",
  developer_id: "text",
  api: "text",
  operation: "text",
  method: "text",
  status: "number",
  outcome: "text",
  caller: "text",
  fields: "list",
  fields_are: "text",
  source: "number",
  duplicate: "number",
  tags: "list",
  said: "list",
  subjects: "members",
  subject_count: "number",
  path: "text",
  resource: "text",
  request_id: "text",
  actor: "text",
  ip: "text",
  user_agent: "text",
  line: "number",
  offset: "number",
  length: "number",
  part: "number",
  bytes: "number",
  duration_ms: "number",
  notes: "list",
} as const satisfies Record<ViewerColumn, ColumnKind>;

/** Which columns lie in one file: those of `core` are there as soon as calls are asked for, the others when they are needed. */
export const COLUMN_GROUPS = {
  core: [
    ...(["time", "app", "developer", "developer_id", "api", "operation", "method", "status", "outcome"] as const),
    ...(["caller", "fields", "fields_are", "source", "duplicate", "tags", "said"] as const),
  ],
  people: ["subjects", "subject_count"],
  request: ["path", "resource", "request_id"],
  client: ["actor", "ip", "user_agent"],
  place: ["line", "offset", "length", "part", "bytes", "duration_ms", "notes"],
} as const satisfies Record<string, readonly ViewerColumn[]>;
export type ColumnGroup = keyof typeof COLUMN_GROUPS;
export const GROUP_NAMES = Object.keys(COLUMN_GROUPS) as readonly ColumnGroup[];

/**
 * A column of a file. `bytes`, `codes` and `counts` name the file's bytes; numbers in them are little-endian.
 * `time`: `first` in microseconds, then of each call those since the one before it, as LEB128.
 * `text`, `list`: a code a call, 0 where it has none, else 1 + the index into `values`.
 * `members`: of each call 1 + how many, 0 where it has none; then the codes of all, one after the other.
 * `number`: 1 + the number in `width` bytes and 0 where there is none; with 8 bytes the number itself, NaN where there is none.
 */
export type WrittenColumn =
  | { readonly kind: "time"; readonly first: number; readonly bytes: number }
  | { readonly kind: "text"; readonly values: readonly string[]; readonly width: CodeWidth; readonly codes: number }
  | {
      readonly kind: "list";
      readonly values: readonly (readonly string[])[];
      readonly width: CodeWidth;
      readonly codes: number;
    }
  | {
      readonly kind: "members";
      readonly values: readonly string[];
      readonly counts: number;
      readonly width: CodeWidth;
      readonly codes: number;
    }
  | { readonly kind: "number"; readonly width: CodeWidth | 8; readonly codes: number };
export type CodeWidth = 1 | 2 | 4;

/** What a file of data hands over. */
export interface Loaded<Value> {
  readonly value: Value;
  /** Base64. */
  readonly bytes: readonly string[];
}

/** A file of columns; one that no call of it has is left out. */
export interface WrittenChunk {
  readonly rows: number;
  readonly columns: { readonly [Column in ViewerColumn]?: WrittenColumn };
}

/**
 * A file of original lines: records of one source in the order of its bytes, as UTF-8, one after the other. `offsets`: where each
 * begins in the source, `ends`: where each ends in `text`; both are written as times are, the first offset in `first`.
 */
export interface WrittenLines {
  readonly source: number;
  readonly records: number;
  readonly first: number;
  readonly offsets: number;
  readonly ends: number;
  /** An LZ4 block of so many bytes: a browser keeps the text of each script that it ran. */
  readonly text: number;
  readonly size: number;
}

export interface ViewerRule extends Pick<RuleFindings, "rule"> {
  readonly title: string;
  readonly effective_from?: string;
  readonly grace_days?: number;
  readonly permission?: string;
  readonly restricted_fields?: readonly string[];
  readonly developers: readonly DeveloperFinding[];
  /** Who owns an app at `as_of` that holds the permission then, by id. */
  readonly holding: readonly string[];
  readonly remedy: readonly DeveloperRemedy[];
}

export interface ViewerDecision {
  readonly rule: string;
  readonly developer_id: string;
  readonly disposition: Disposition;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

export interface ViewerSource {
  readonly source: number;
  readonly file: string;
  readonly member?: string;
  readonly timezone: string;
  readonly timezone_from: string;
}

/** What is small: all that the page shows of developers and findings, and where the rest lies. */
export interface Catalog {
  readonly name: string;
  readonly title: string;
  readonly rows: number;
  /** Calls of the case that are not in the bundle. */
  readonly left_out: number;
  /** µs, for the words `cutoff`, `asof` and `last60d` of filters. */
  readonly times: { readonly cutoff?: number; readonly asOf?: number };
  readonly recent_days: number;
  readonly sources: readonly ViewerSource[];
  readonly rules: readonly ViewerRule[];
  readonly decisions: readonly ViewerDecision[];
  readonly developers: readonly {
    readonly developer_id: string;
    readonly developer?: string;
    readonly country?: string;
  }[];
  readonly apps: readonly {
    readonly app: string;
    readonly app_name?: string;
    readonly developer_id?: string;
    readonly owned_from?: string;
    readonly owned_until?: string;
  }[];
  readonly grants: readonly {
    readonly app: string;
    readonly permission: string;
    readonly granted_at?: string;
    readonly revoked_at?: string;
  }[];
  /** Of each file of lines its source, its first offset and how many records it has. */
  readonly lines: readonly (readonly [source: number, offset: number, records: number])[];
}
