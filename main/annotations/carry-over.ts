import type { RemapReport } from "../../shared/model/source.ts";
import type { Case } from "../case/case.ts";
import { type RowDigests, rowDigests } from "../custody/row-digests.ts";
import { differenceOf, type Runs, runsOf, unionOf } from "./id-runs.ts";
import { type LabelIds, labelDigests, labelsOn, sourceRunOf } from "./label-digests.ts";

/** Tables that hold runs of event ids, with the column that says whose they are. */
const RUN_TABLES = [
  { table: "tag_run", key: "tag" },
  { table: "note_run", key: "note" },
  { table: "act_run", key: "act" },
] as const;

interface Row {
  readonly id: number;
  readonly line: number;
  readonly offset: number;
  /** 0: the record is one call. */
  readonly part: number;
}

const MAX_LINES_SHOWN = 20;

/**
 * Tags and notes go from the rows of a source to those read anew (`rowsAt`, still under a number of their own), record by
 * record: the same line, offset and part. Inside the transaction of the act,
 * before the old rows go.
 */
export function carryAnnotations({ db }: Case, source: number, rowsAt: number): RemapReport["annotations"] {
  const ids = db.prepare("select min(id) as first, max(id) as last from event_row where source = ?").get(source) as {
    first: number | null;
    last: number;
  };
  if (ids.first === null) return { kept: 0, lost: 0, lost_lines: [] };
  const own: Runs = [[ids.first, ids.last]];
  let annotated: Runs = [];
  const holders = RUN_TABLES.flatMap(({ table, key }) => {
    const read = db.prepare(`select first, last from ${table} where ${key} = ? order by first`).raw();
    const touching = `select distinct ${key} from ${table} where last >= ? and first <= ?`;
    return (db.prepare(touching).pluck().all(ids.first, ids.last) as number[]).map((id) => {
      const all = read.all(id) as [number, number][];
      const outside = differenceOf(all, own);
      const within = differenceOf(all, outside);
      if (isOnCalls(db, table, id)) annotated = unionOf(annotated, within);
      return { table, key, id, outside, within };
    });
  });
  if (holders.length === 0) return { kept: 0, lost: 0, lost_lines: [] };
  const { moved, lines } = matchRows(db, source, rowsAt, ids.first, ids.last - ids.first + 1);
  const first = ids.first;
  const movedTo = (id: number) => moved[id - first] as number;
  for (const { table, key, id, outside, within } of holders) {
    const now = idsOf(within)
      .map(movedTo)
      .filter((to) => to > 0);
    db.prepare(`delete from ${table} where ${key} = ?`).run(id);
    const put = db.prepare(`insert into ${table} (${key}, first, last) values (?, ?, ?)`);
    for (const [from, to] of unionOf(outside, runsOf(now.sort((a, b) => a - b)))) put.run(id, from, to);
  }
  const all = idsOf(annotated);
  const lost = all.filter((id) => movedTo(id) === 0);
  const lostLines = [...new Set(lost.map((id) => lines[id - first] as number))];
  return { kept: all.length - lost.length, lost: lost.length, lost_lines: lostLines.slice(0, MAX_LINES_SHOWN) };
}

/** Tags, notes and acts that have events of a source: whom carrying them over changes. */
export interface Holders extends LabelIds {
  readonly acts: readonly number[];
}

export function holdersOn({ db }: Case, source: number): Holders {
  const run = sourceRunOf(db, source);
  const acts = "select distinct act from act_run where last >= ? and first <= ?";
  return run
    ? { ...labelsOn(db, run), acts: db.prepare(acts).pluck().all(run.first, run.last) as number[] }
    : { tags: [], notes: [], acts: [] };
}

/** Digests of what was carried, for the act, when the new rows are in their place. */
export const carriedDigests = ({ db }: Case, { acts, ...labels }: Holders, source: number): RowDigests => ({
  ...rowDigests(db, { act_run: acts }),
  ...labelDigests(db, labels, [sourceRunOf(db, source) ?? { source, first: 1, last: 0 }]),
});

/** Acts, and notes that were undone, only say what they were about. Neither is on a call now. */
function isOnCalls(db: Case["db"], table: (typeof RUN_TABLES)[number]["table"], id: number): boolean {
  if (table !== "note_run") return table === "tag_run";
  const note = db.prepare("select act.undone from note join act on act.id = note.act where note.id = ?");
  return note.pluck().get(id) === null;
}

function idsOf(runs: Runs): number[] {
  const ids: number[] = [];
  for (const [first, last] of runs) for (let id = first; id <= last; id += 1) ids.push(id);
  return ids;
}

/**
 * For each old row the id of its record's new one, 0 where there is none; and the old rows' lines. Both come in the
 * order of the file.
 */
function matchRows(
  db: Case["db"],
  source: number,
  rowsAt: number,
  first: number,
  rows: number,
): { moved: Float64Array; lines: Float64Array } {
  const moved = new Float64Array(rows);
  const lines = new Float64Array(rows);
  // Two statements: one that is being walked cannot be begun again.
  const rowsOf = (of: number) =>
    db
      .prepare(
        'select id, line, "offset", coalesce((select part from event_part where id = e.id), 0) as part from event_row e where source = ? order by id',
      )
      .iterate(of) as IterableIterator<Row>;
  const next = rowsOf(rowsAt);
  let now = next.next();
  for (const { id, line, offset, part } of rowsOf(source)) {
    lines[id - first] = line;
    // A record that was read as one call is the first of those that it holds.
    const isBefore = (row: Row) =>
      row.offset < offset || (row.offset === offset && Math.max(row.part, 1) < Math.max(part, 1));
    while (!now.done && isBefore(now.value)) now = next.next();
    if (now.done || now.value.offset !== offset || now.value.line !== line) continue;
    if (Math.max(now.value.part, 1) !== Math.max(part, 1)) continue;
    moved[id - first] = now.value.id;
    now = next.next();
  }
  next.return?.();
  return { moved, lines };
}
