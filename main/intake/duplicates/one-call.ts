import type { Database } from "better-sqlite3";
import { FLAG } from "../../../shared/model/event.ts";
import { prepared } from "../../platform/database/prepared.ts";
import { READERS } from "../mapping/mapping.ts";

/** What becomes of a record that is one of several of its call. */
export interface CallMark {
  readonly id: number;
  /** Another record of the call counts. */
  readonly isDuplicate: boolean;
  /** Microseconds: when the call began where this record counts, else its own time. */
  readonly time: number;
}

/** A source's rows, which may lie under another number until they take their place. */
interface Rows {
  /** The number that the source has afterwards. */
  readonly source: number;
  readonly rowsAt: number;
}

interface CallRecord {
  readonly id: number;
  readonly call: string;
  readonly time: number;
  readonly rowsAt: number;
  readonly outcome: number;
  readonly flags: number;
}

/** Records that are looked at before somebody may say that it is enough. */
const AT_ONCE = 1 << 14;

/**
 * Where equal names mean one call, by source: in the sources of one built-in format, or of one mapping's name; else in the
 * source alone.
 */
function scopes(db: Database): Map<number, string> {
  const rows = db
    .prepare(
      `select id, format, case when format in (select value from json_each(?)) then json_array(mapping ->> '$.name') end from source`,
    )
    .raw()
    .all(JSON.stringify(READERS)) as [number, string, string | null][];
  return new Map(
    rows.map(([id, format, mapping]) => {
      if (mapping === null) return [id, `format ${format}`];
      const [name] = JSON.parse(mapping) as [string | null];
      return [id, name === null ? `source ${id}` : `mapping ${name}`];
    }),
  );
}

/**
 * Marks for all records of the calls that the rows of `changed` tell of, as they have to be among the sources of `after`.
 * Records that are marked as the same, byte for byte, as another (`isSame`) stand back first. Of the others the last
 * counts that says how the call ended, else the last: by time, then by source, then by line.
 */
export function callMarks(
  db: Database,
  changed: readonly number[],
  after: readonly Rows[],
  isSame: (rowsAt: number, id: number, flags: number) => boolean,
  demandGoing: () => void,
): CallMark[] {
  if (db.prepare("select 1 from event_call limit 1").get() === undefined) return [];
  const marks = new Map<number, CallMark>();
  const numberOf = new Map(after.map(({ source, rowsAt }) => [rowsAt, source]));
  // A source's ids are one run. That of the source read last ends it all, so that no other row is looked at.
  const lastOf = db.prepare("select id from event_row where source = ? order by id desc limit 1").pluck();
  const eventsOf = db.prepare("select events from source where id = ?").pluck();
  const hasCall = db.prepare("select 1 from event_call where id between ? and ? limit 1");
  let scopeOf: Map<number, string> | undefined;
  for (const rows of new Set(changed)) {
    const last = lastOf.get(rows) as number | undefined;
    if (last === undefined) continue;
    const first = last - (eventsOf.get(rows) as number) + 1;
    if (hasCall.get(first, last) === undefined) continue;
    scopeOf ??= scopes(db);
    const scope = scopeOf.get(rows);
    const sources = after.map(({ rowsAt }) => rowsAt).filter((rowsAt) => scopeOf?.get(rowsAt) === scope);
    const records = db
      .prepare(
        `select c.id, c.call, c.time, e.source as rowsAt, e.outcome, e.flags
         from (select distinct call from event_call where id between ? and ?) w
           join event_call c on c.call = w.call join event_row e on e.id = c.id
         where e.source in (select value from json_each(?)) order by c.call`,
      )
      .iterate(first, last, JSON.stringify(sources)) as IterableIterator<CallRecord>;
    let looked = 0;
    let best: CallRecord | undefined;
    let began = 0;
    const close = () => {
      if (best) marks.set(best.id, { id: best.id, isDuplicate: false, time: began });
      best = undefined;
    };
    for (const record of records) {
      if (++looked % AT_ONCE === 0) demandGoing();
      if (isSame(record.rowsAt, record.id, record.flags)) continue;
      if (best?.call !== record.call) {
        close();
        best = record;
        began = record.time;
        continue;
      }
      began = Math.min(began, record.time);
      const counts = endsLater(record, best, numberOf) ? record : best;
      const stands = counts === record ? best : record;
      marks.set(stands.id, { id: stands.id, isDuplicate: true, time: stands.time });
      best = counts;
    }
    close();
  }
  return [...marks.values()];
}

/** Of two records of one call, whether the first counts rather than the second. */
function endsLater(one: CallRecord, other: CallRecord, numberOf: ReadonlyMap<number, number>): boolean {
  const said = (record: CallRecord) => (record.outcome === 0 ? 0 : 1);
  const number = (record: CallRecord) => numberOf.get(record.rowsAt) ?? 0;
  const steps = [said(one) - said(other), one.time - other.time, number(one) - number(other), one.id - other.id];
  return (steps.find((step) => step !== 0) ?? 0) > 0;
}

/** Writes the marks of records, which are where they belong. Inside the transaction of the act. Gives the sources it touched. */
export function writeCallMarks(db: Database, marks: readonly CallMark[]): Set<number> {
  const touched = new Set<number>();
  const both = FLAG.duplicate | FLAG.sameCall;
  const row = prepared(db, "select source, time, flags from event_row where id = ?");
  const write = prepared(db, "update event_row set flags = ?, time = ? where id = ?");
  for (const { id, isDuplicate, time } of marks) {
    const { source, time: before, flags } = row.get(id) as { source: number; time: number; flags: number };
    const now = isDuplicate ? flags | both : flags & FLAG.sameCall ? flags & ~both : flags;
    if (now === flags && before === time) continue;
    write.run(now, time, id);
    touched.add(source);
  }
  return touched;
}
