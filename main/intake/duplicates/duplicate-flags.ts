import type { Database } from "better-sqlite3";
import { FLAG } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import { COUNTS } from "../../case/sources.ts";
import { findDuplicates } from "./find-duplicates.ts";

/** Which rows of a source (by number, from 0) are duplicates. */
export interface DuplicateFlags {
  readonly source: number;
  readonly rows: readonly number[];
}

/** Sources that count: complete, not withdrawn. By number. */
const counted = (db: Database): number[] =>
  db.prepare(`select id from source where ${COUNTS} order by id`).pluck().all() as number[];

/** Another text: other sources count now, or one was read anew. */
const countingState = (db: Database): string =>
  JSON.stringify(db.prepare(`select id, ended from source where ${COUNTS} order by id`).raw().all());

/**
 * A record counts in the source of the lowest number that holds it; in every other one it is flagged. So what becomes of a
 * source touches itself and those of higher numbers. What is going to be is said beforehand:
 */
export interface Change {
  /** The source that comes, goes or is read anew. */
  readonly source: number;
  /** Whether it counts afterwards. */
  readonly counts: boolean;
  /** Where its rows are now, if it is read anew: under another number until they replace the old ones. */
  readonly rowsAt?: number;
}

/** The flags of every source that the change touches, as they must be afterwards. Reads originals; writes nothing. */
function duplicateFlagsAfter(
  caseFile: Case,
  { source, counts, rowsAt = source }: Change,
  demandGoing: () => void,
): DuplicateFlags[] {
  const { db } = caseFile;
  const before = counted(db);
  const after = [...new Set([...before.filter((id) => id !== source), ...(counts ? [source] : [])])].sort(
    (a, b) => a - b,
  );
  // A source without duplicates has no flag that the change could remove.
  const duplicatesOf = db.prepare("select duplicates from source where id = ?").pluck();
  const touched = after.filter(
    (id) => id === source || (id > source && (counts || (duplicatesOf.get(id) as number) > 0)),
  );
  const rowsOf = (id: number) => (id === source ? rowsAt : id);
  return touched.map((id) => ({
    source: id,
    rows: findDuplicates(caseFile, rowsOf(id), after.filter((other) => other < id).map(rowsOf), demandGoing),
  }));
}

/**
 * Makes a change of which sources count in one transaction, with the flags that are right at that moment. They are computed
 * before it begins, and again inside it if another thread was quicker. `afterCommit` runs once it is committed.
 */
export function changeCounting<T>(
  caseFile: Case,
  change: Change,
  demandGoing: () => void,
  act: (duplicateFlags: readonly DuplicateFlags[]) => T,
  afterCommit: () => void = () => {},
): T {
  const { db } = caseFile;
  const state = countingState(db);
  let duplicateFlags = duplicateFlagsAfter(caseFile, change, demandGoing);
  const result = db
    .transaction(() => {
      if (countingState(db) !== state) duplicateFlags = duplicateFlagsAfter(caseFile, change, demandGoing);
      return act(duplicateFlags);
    })
    .immediate();
  afterCommit();
  return result;
}

/** Writes the duplicate flags of a source's rows, which have their final ids. Inside the transaction of the act. */
export function writeDuplicateFlags(caseFile: Case, { source, rows }: DuplicateFlags): void {
  const { db } = caseFile;
  const { events, duplicates } = db.prepare("select events, duplicates from source where id = ?").get(source) as {
    events: number;
    duplicates: number;
  };
  // Most often there were none and there are none: then no row is read.
  if (duplicates > 0 || rows.length > 0) {
    const first = db.prepare("select min(id) from event_row where source = ?").pluck().get(source) as number;
    if (duplicates > 0)
      db.prepare(
        `update event_row set flags = flags & ~${FLAG.duplicate} where id between ? and ? and flags & ${FLAG.duplicate}`,
      ).run(first, first + events - 1);
    const setFlag = db.prepare(`update event_row set flags = flags | ${FLAG.duplicate} where id = ?`);
    for (const row of rows) setFlag.run(first + row);
  }
  db.prepare("update source set duplicates = ? where id = ?").run(rows.length, source);
}
