import fs from "node:fs";
import path from "node:path";
import { ENCODED_COLUMNS, NUMBER_COLUMNS } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import { COUNTS } from "../../case/sources.ts";
import { ARRAY_TYPES, type ArrayType, type ColumnName, type ColumnsIndex } from "./column-types.ts";
import { timeOrder } from "./time-order.ts";

const INTEGER_COLUMNS: readonly ColumnName[] = ["id", "source", "outcome", "flags", ...ENCODED_COLUMNS];
const REAL_COLUMNS: readonly ColumnName[] = ["time", "line", "offset", "length", ...NUMBER_COLUMNS];

/**
 * Makes the column files from the rows, one column at a time, so that memory holds a few columns only. The finished
 * folder replaces the old one by a rename: a reader sees the old columns or the new ones, never a mixture.
 */
export function buildColumns(caseFile: Case, folder: string, stamp: string): ColumnsIndex {
  const temporary = `${folder}.${process.pid}`;
  fs.rmSync(temporary, { recursive: true, force: true });
  fs.mkdirSync(temporary, { recursive: true });
  const types: Partial<Record<ColumnName, ArrayType>> = {};
  const runs = idRuns(caseFile);
  const time = readColumn(caseFile, runs, "time");
  const order = timeOrder(time);
  for (const name of [...INTEGER_COLUMNS, ...REAL_COLUMNS]) {
    const column = arranged(name === "time" ? time : readColumn(caseFile, runs, name), order);
    const [type, array] = INTEGER_COLUMNS.includes(name) ? narrowed(column) : (["f64", column] as const);
    types[name] = type;
    fs.writeFileSync(
      path.join(temporary, `${name}.bin`),
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    );
  }
  const index: ColumnsIndex = { stamp, rows: order.length, types };
  fs.writeFileSync(path.join(temporary, "columns.json"), JSON.stringify(index));
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(temporary, folder);
  return index;
}

interface IdRun {
  readonly first: number;
  readonly last: number;
}

/** The ids of each complete source, in source order. Each source is one run of ids, because only one import writes at a time. */
function idRuns(caseFile: Case): IdRun[] {
  const sources = caseFile.db
    .prepare(`select id, events from source where ${COUNTS} and events > 0 order by id`)
    .all() as { id: number; events: number }[];
  const ends = caseFile.db
    .prepare("select source, min(id) as first, max(id) as last from event_row group by source")
    .all() as (IdRun & {
    source: number;
  })[];
  return sources.map(({ id, events }) => {
    const run = ends.find((end) => end.source === id);
    if (!run || run.last - run.first + 1 !== events)
      throw new Error(`source ${id} says ${events} events, its rows say otherwise`);
    return run;
  });
}

/** One column of all those rows, in id order, that is by source and line. Absent: 0 in whole columns, NaN in others. */
function readColumn(caseFile: Case, runs: readonly IdRun[], name: ColumnName): Float64Array {
  const column = new Float64Array(runs.reduce((rows, run) => rows + run.last - run.first + 1, 0));
  const absent = INTEGER_COLUMNS.includes(name) ? 0 : Number.NaN;
  // Parsing one JSON text of 5,000 values is far faster than fetching 5,000 rows one by one.
  const batch = caseFile.db
    .prepare(
      `select group_concat(coalesce("${name}", 'null')) from (select "${name}" from event_row where id between ? and ?)`,
    )
    .pluck();
  let at = 0;
  for (const { first, last } of runs) {
    for (let from = first; from <= last; from += 5000) {
      const text = batch.get(from, Math.min(last, from + 4999)) as string | null;
      for (const value of JSON.parse(`[${text ?? ""}]`) as (number | null)[]) {
        column[at] = value ?? absent;
        at += 1;
      }
    }
  }
  if (at !== column.length) throw new Error(`the case says ${column.length} events, its rows are ${at}`);
  return column;
}

function arranged(column: Float64Array, order: Uint32Array): Float64Array {
  const result = new Float64Array(column.length);
  for (let p = 0; p < order.length; p += 1) result[p] = column[order[p] as number] as number;
  return result;
}

/** The narrowest unsigned array that holds the values. */
function narrowed(column: Float64Array): readonly [ArrayType, Uint8Array | Uint16Array | Uint32Array] {
  let highest = 0;
  for (let p = 0; p < column.length; p += 1) if ((column[p] as number) > highest) highest = column[p] as number;
  const type = highest < 256 ? "u8" : highest < 65_536 ? "u16" : "u32";
  return [type, ARRAY_TYPES[type].from(column)];
}
