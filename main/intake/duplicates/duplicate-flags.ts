import type { Database } from "better-sqlite3";
import { FLAG } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import { COUNTS } from "../../case/sources.ts";
import { prepared, preparedPluck } from "../../platform/database/prepared.ts";
import { findAmong, findDuplicates } from "./find-duplicates.ts";
import type { Newcomers } from "./known-requests.ts";
import { type CallMark, callMarks, writeCallMarks } from "./one-call.ts";
import type { RecordKeys } from "./record-keys.ts";

/** What has to be marked, and what no longer. */
export interface Marks {
  readonly duplicates: readonly DuplicateFlags[];
  /** Of the records that tell of the same calls as the source that changes. */
  readonly calls: readonly CallMark[];
}

/** Which rows of a source (by number, from 0) are duplicates. */
interface DuplicateFlags {
  readonly source: number;
  readonly rows: readonly number[];
}

/** Sources that count: complete, not withdrawn. By number. */
export const counted = (db: Database): number[] =>
  db.prepare(`select id from source where ${COUNTS} order by id`).pluck().all() as number[];

/** Another number: somebody else has written since, who may have changed which sources count. */
const othersWrote = (db: Database): unknown => db.pragma("data_version", { simple: true });

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

/** Marks as they have to be once the change is made, of every source that it touches. Reads originals; writes nothing. */
function marksAfter(caseFile: Case, { source, counts, rowsAt = source }: Change, demandGoing: () => void): Marks {
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
  const duplicates = touched.map((id) => ({
    source: id,
    rows: findDuplicates(caseFile, rowsOf(id), after.filter((other) => other < id).map(rowsOf), demandGoing),
  }));
  const calls = callMarks(
    db,
    [source, rowsAt],
    after.map((id) => ({ source: id, rowsAt: rowsOf(id) })),
    sameRecords(
      db,
      duplicates.map(({ source: id, rows }) => ({ source: rowsOf(id), rows })),
    ),
    demandGoing,
  );
  return { duplicates, calls };
}

/**
 * Marks of a source that is newer than all that count, which it does not touch then. Its rows are in the case already.
 * `keys`: of its records. `hasCalls`: some of them tell of a call that has a name.
 */
export function newcomerMarks(
  caseFile: Case,
  newcomers: Newcomers,
  source: number,
  keys: RecordKeys,
  hasCalls: boolean,
): Marks {
  const { db } = caseFile;
  const duplicates = [{ source, rows: findAmong(caseFile, source, keys, newcomers.toCompare(keys)) }];
  if (!hasCalls) return { duplicates, calls: [] };
  const after = [...newcomers.earlier, source].map((id) => ({ source: id, rowsAt: id }));
  return { duplicates, calls: callMarks(db, [source], after, sameRecords(db, duplicates), () => undefined) };
}

/** Whether a row is the same record as another, by what was just found out, else by its mark. */
function sameRecords(
  db: Database,
  found: readonly DuplicateFlags[],
): (rowsAt: number, id: number, flags: number) => boolean {
  const first = db.prepare("select min(id) from event_row where source = ?").pluck();
  const rowsOf = new Map(found.map(({ source, rows }) => [source, rows]));
  const known = new Map<number, ReadonlySet<number>>();
  return (rowsAt, id, flags) => {
    const rows = rowsOf.get(rowsAt);
    if (!rows) return (flags & FLAG.duplicate) !== 0 && (flags & FLAG.sameCall) === 0;
    let ids = known.get(rowsAt);
    if (!ids) {
      const from = rows.length === 0 ? 0 : (first.get(rowsAt) as number);
      ids = new Set(rows.map((row) => from + row));
      known.set(rowsAt, ids);
    }
    return ids.has(id);
  };
}

/**
 * Makes a change of which sources count in one transaction, with the flags that are right at that moment. They are computed
 * before it begins, and again inside it if another thread was quicker. `afterCommit` runs once it is committed.
 */
export function changeCounting<T>(
  caseFile: Case,
  change: Change,
  demandGoing: () => void,
  act: (marks: Marks) => T,
  afterCommit: () => void = () => {},
): T {
  const { db } = caseFile;
  const before = othersWrote(db);
  let marks = marksAfter(caseFile, change, demandGoing);
  const result = db
    .transaction(() => {
      if (othersWrote(db) !== before) marks = marksAfter(caseFile, change, demandGoing);
      return act(marks);
    })
    .immediate();
  afterCommit();
  return result;
}

/**
 * Writes marks of rows that are where they belong, and counts them. Inside the transaction of the act. Gives the sources
 * whose marks may be others now.
 */
export function writeMarks({ db }: Case, { duplicates, calls }: Marks): Set<number> {
  const changed = new Set<number>();
  for (const each of duplicates) if (writeDuplicateFlags(db, each)) changed.add(each.source);
  const touched = writeCallMarks(db, calls);
  const count = preparedPluck(
    db,
    `select count(*) from event_row where id between ? and ? and flags & ${FLAG.duplicate}`,
  );
  for (const source of touched) {
    const { first, events } = rangeOf(db, source);
    db.prepare("update source set duplicates = ? where id = ?").run(count.get(first, first + events - 1), source);
    changed.add(source);
  }
  return changed;
}

function rangeOf(db: Database, source: number): { first: number; events: number; duplicates: number } {
  return db
    .prepare(
      "select events, duplicates, (select min(id) from event_row where source = source.id) as first from source where id = ?",
    )
    .get(source) as { first: number; events: number; duplicates: number };
}

/**
 * Rows that are marked as being of a call of which another record counts keep that: what becomes of them is said apart.
 * False where there was nothing to write.
 */
function writeDuplicateFlags(db: Database, { source, rows }: DuplicateFlags): boolean {
  const set = prepared(db, "update source set duplicates = ? where id = ?");
  const { events, duplicates } = prepared(db, "select events, duplicates from source where id = ?").get(source) as {
    events: number;
    duplicates: number;
  };
  // As a rule there were none and there are none: then no row is looked at.
  if (duplicates === 0 && rows.length === 0) return false;
  const { first } = rangeOf(db, source);
  const last = first + events - 1;
  if (duplicates > 0)
    db.prepare(
      `update event_row set flags = flags & ~${FLAG.duplicate} where id between ? and ? and flags & ${FLAG.duplicate} and not flags & ${FLAG.sameCall}`,
    ).run(first, last);
  const mark = db.prepare(
    `update event_row set flags = (flags | ${FLAG.duplicate}) & ~${FLAG.sameCall}, time = coalesce((select time from event_call where id = event_row.id), time) where id = ?`,
  );
  for (const row of rows) mark.run(first + row);
  const ofCalls = db
    .prepare(`select count(*) from event_row where id between ? and ? and flags & ${FLAG.sameCall}`)
    .pluck();
  set.run(rows.length + (duplicates > 0 ? (ofCalls.get(first, last) as number) : 0), source);
  return true;
}
