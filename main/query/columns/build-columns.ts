import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { ENCODED_COLUMNS, NUMBER_COLUMNS } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import { COUNTS } from "../../case/sources.ts";
import { checksumsOf, withChecksum } from "../../platform/block-checksums.ts";
import { writeDurably } from "../../platform/files.ts";
import {
  ARRAY_TYPES,
  type ArrayType,
  type ColumnArray,
  type ColumnName,
  type ColumnStore,
  type ColumnsIndex,
  INDEX_NAME,
} from "./column-types.ts";
import { sameIds } from "./same-ids.ts";
import { timeOrder } from "./time-order.ts";

const INTEGER_COLUMNS: readonly ColumnName[] = ["id", "source", "outcome", "flags", ...ENCODED_COLUMNS];
const REAL_COLUMNS: readonly ColumnName[] = ["time", "line", "offset", "length", ...NUMBER_COLUMNS];

/** Columns straight from the rows, one at a time, so that memory holds those only that are asked for. */
export class RowColumns implements ColumnStore {
  readonly rows: number;
  readonly #caseFile: Case;
  readonly #runs: IdRun[];
  readonly #order: Uint32Array;

  constructor(caseFile: Case) {
    this.#caseFile = caseFile;
    this.#runs = idRuns(caseFile);
    this.#order = timeOrder(readColumn(caseFile, this.#runs, "time"));
    this.rows = this.#order.length;
  }

  read(name: ColumnName): ColumnArray {
    const column = arranged(readColumn(this.#caseFile, this.#runs, name), this.#order);
    const same = sameIds(this.#caseFile.db, name);
    if (same.size > 0)
      for (let p = 0; p < column.length; p += 1) column[p] = same.get(column[p] as number) ?? (column[p] as number);
    return INTEGER_COLUMNS.includes(name) ? narrowed(column) : column;
  }
}

/**
 * Makes the column files from the rows. The finished folder replaces the old one by a rename: a reader sees the old columns
 * or the new ones, never a mixture.
 */
export function writeColumns(columns: RowColumns, folder: string, stamp: string): ColumnsIndex {
  // Two threads, or two programs, may make them at the same time.
  const temporary = `${folder}.${process.pid}.${randomUUID().slice(0, 8)}`;
  try {
    fs.mkdirSync(temporary, { recursive: true });
    const types: Partial<Record<ColumnName, ArrayType>> = {};
    const checksums: Partial<Record<ColumnName, number[]>> = {};
    for (const name of [...INTEGER_COLUMNS, ...REAL_COLUMNS]) {
      const array = columns.read(name);
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      types[name] = typeOf(array);
      checksums[name] = checksumsOf(bytes);
      writeDurably(path.join(temporary, `${name}.bin`), bytes);
    }
    const index: ColumnsIndex = { stamp, rows: columns.rows, types, checksums };
    writeDurably(path.join(temporary, INDEX_NAME), withChecksum(index));
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(temporary, folder);
    return index;
  } catch (error) {
    fs.rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
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
function narrowed(column: Float64Array): ColumnArray {
  let highest = 0;
  for (let p = 0; p < column.length; p += 1) if ((column[p] as number) > highest) highest = column[p] as number;
  return ARRAY_TYPES[highest < 256 ? "u8" : highest < 65_536 ? "u16" : "u32"].from(column);
}

const typeOf = (array: ColumnArray): ArrayType =>
  (Object.keys(ARRAY_TYPES) as ArrayType[]).find((type) => array instanceof ARRAY_TYPES[type]) as ArrayType;
