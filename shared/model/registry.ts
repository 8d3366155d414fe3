import type { RefusalData } from "../base/errors.ts";
import type { Micros } from "../base/time.ts";

/** Who is who: five small tables, applied when events are read. Spans of time are half-open; an absent end is open. */
export interface Developer {
  readonly developer_id: string;
  readonly developer?: string;
  readonly contact?: string;
  readonly country?: string;
}

/** One span of ownership of an app. */
export interface App {
  readonly app: string;
  readonly app_name?: string;
  readonly developer_id?: string;
  readonly status?: string;
  readonly owned_from?: Micros;
  readonly owned_until?: Micros;
}

/** Held in [granted_at, revoked_at). */
export interface Grant {
  readonly app: string;
  readonly permission: string;
  readonly granted_at: Micros;
  readonly revoked_at?: Micros;
}

/** A member's opt-in, in force in [given_at, withdrawn_at). */
export interface Consent {
  readonly subject: string;
  readonly app: string;
  readonly permission: string;
  readonly given_at: Micros;
  readonly withdrawn_at?: Micros;
}

export interface Resource {
  readonly resource: string;
  readonly title?: string;
  readonly people?: number;
  readonly visibility?: string;
}

/** Two developers that a person joined: what counts for the one counts for the other. */
export interface JoinedDeveloper {
  /** An id of the registry, `name:NAME` or `app:ID`. */
  readonly developer_id: string;
  /** An id of the registry or `name:NAME`, which is joined to none itself. */
  readonly into: string;
}

/** A join as it is listed. */
export interface DeveloperJoin extends JoinedDeveloper {
  /** Its number, by which it is taken back. */
  readonly n: number;
  readonly developer: string;
  readonly into_name: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

export interface Registry {
  readonly developers: readonly Developer[];
  readonly apps: readonly App[];
  readonly grants: readonly Grant[];
  readonly consents: readonly Consent[];
  readonly resources: readonly Resource[];
  /** Absent where nobody was joined. */
  readonly joined?: readonly JoinedDeveloper[];
}

export const REGISTRY_KINDS = ["developers", "apps", "grants", "consents", "resources"] as const;
export type RegistryKind = (typeof REGISTRY_KINDS)[number];

/** A column of a file that was mapped by hand: `column` of the registry, `from` as the header has it. */
export interface ColumnChoice {
  readonly column: string;
  readonly from: string;
}

/** What one kind of table in a file did to what was there. */
export interface RegistryTableReport {
  /** Of a workbook, or the key of a JSON document. */
  readonly sheet?: string;
  readonly kind: RegistryKind;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** By `--replace`: rows of the kind that are not in the file. */
  readonly removed?: number;
  /** Column of the registry → as the file calls it. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface RegistryFileReport {
  /** The import's number, by which it is taken back; a dry run has none. */
  readonly n?: number;
  readonly file: string;
  readonly encoding?: string;
  readonly timezone: string;
  readonly timezone_from: "option" | "assumed" | "timestamps";
  readonly tables: readonly RegistryTableReport[];
  /** Columns and sheets that were not used. */
  readonly ignored: readonly string[];
  /** How values were read that can be read in several ways, in sentences. */
  readonly said: readonly string[];
  /** The first rows that took another's place, each in words. */
  readonly changes: readonly string[];
}

/** What `exhibit registry --json` prints. */
export interface RegistryReport extends Record<RegistryKind, number> {
  readonly conflicts: string[];
  readonly files: RegistryFileReport[];
  readonly dry_run?: true;
}

/** A reason why registry files are not taken as they are, and which choice would answer it. */
export interface RegistryOpen extends RefusalData {
  /** The table it is about: `grants.csv`, `book.xlsx sheet "Apps"`. Empty: the files together. */
  readonly where: string;
  /** Its columns by name. None: the table as a whole. */
  readonly columns: readonly string[];
  /** What a column or a table is; which number of a date is the day; in the file itself. */
  readonly by: "columns" | "dates" | "file";
}

/** A column of a registry file, before the file is taken. */
export interface RegistryColumn {
  readonly name: string;
  /** The first value that is not empty. */
  readonly sample: string;
  /** What it is of the registry; a file of apps and developers can have one for both. */
  readonly is: readonly string[];
  /** What it was mapped to by hand. */
  readonly chosen?: string;
}

/** A table of a registry file, before the file is taken. */
export interface RegistrySheet {
  readonly where: string;
  /** None: it is not recognised. */
  readonly kinds: readonly RegistryKind[];
  readonly columns: readonly RegistryColumn[];
  /** What a column of it can be mapped to, those of its own kinds first. */
  readonly choices: readonly string[];
}

/** Registry files before they are taken: what they are, and either what they would do or what is open. */
export interface RegistryPreview {
  readonly sheets: readonly RegistrySheet[];
  readonly report?: RegistryReport;
  readonly open: readonly RegistryOpen[];
}

/** A file that is or was part of the registry. */
export interface RegistryImport {
  readonly n: number;
  readonly name: string;
  /** Joined by `, ` where one file holds several. */
  readonly kind: string;
  readonly rows: number;
  readonly at: string;
  /** The reason, where it was taken back. */
  readonly taken_back?: string;
}

/** What the registry knows of permissions, the one with most grants first. */
export interface RegistryPermissions {
  readonly grants: readonly {
    readonly permission: string;
    readonly count: number;
    /** Grants of it that were revoked, and when the last one was. */
    readonly ended: number;
    readonly last_end?: string;
  }[];
  readonly consents: readonly { readonly permission: string; readonly count: number }[];
}

/** A row of the registry, times as ISO 8601 UTC; what is absent has no key. */
export interface RegistryPageRow {
  readonly values: Readonly<Record<string, string | number>>;
  /** The file it came from, and where it stood in it; absent: of a case made by an older version. */
  readonly file?: string;
  readonly place?: string;
}

export interface RegistryPage {
  readonly columns: readonly string[];
  readonly total: number;
  /** Of them, those that hold the words asked for. */
  readonly matched: number;
  readonly rows: readonly RegistryPageRow[];
}

/** What the registry says in two ways, or otherwise than the logs, by what kind of contradiction it is. */
export interface RegistryConflicts {
  readonly groups: readonly { readonly kind: string; readonly told: readonly RegistryConflict[] }[];
  /** Rows that were looked at. */
  readonly rows: number;
  /** What somebody decided, as long as it holds. */
  readonly resolved: readonly ResolvedConflict[];
}

export interface ResolvedConflict {
  /** Its number, by which it is reopened. */
  readonly n: number;
  readonly text: string;
  /** The row that was set aside, in words; absent: all stays as it is. */
  readonly set_aside?: string;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

export interface RegistryConflict {
  /** By which it is resolved; empty: a line that counts the rest. */
  readonly key: string;
  readonly text: string;
  /** The rows that it is between, in words; one of them can be set aside. */
  readonly rows?: readonly string[];
  /** An app that nobody registered: it can be joined to a developer. */
  readonly app?: string;
  /** The calls that hang on it. */
  readonly filter?: string;
}
