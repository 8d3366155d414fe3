import type { Database } from "better-sqlite3";

/** What custody must know of the case whose acts it records. */
export interface CustodyBook {
  /** Has the table `custody`, which triggers keep append-only. */
  readonly db: Database;
  /** Where the case lies, for sentences. */
  readonly folder: string;
  readonly examiner: string;
  readonly readOnly: boolean;
  /** What to do about it, as the second half of a refusal. Empty when the case can be written. */
  readonly readOnlyBecause: string;
}
