import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Case } from "../../case/case.ts";
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
import { demandEvents } from "./demand-rows.ts";
import {
  COLUMNS,
  countedRows,
  readColumns,
  readColumnsAndDigests,
  type SourceRows,
  type UnsortedColumns,
} from "./read-rows.ts";
import { sameIds } from "./same-ids.ts";
import { readTextChecksums, type TextsOfColumns } from "./text-blocks.ts";
import { timeOrder } from "./time-order.ts";

/** Bytes of columns that one pass over the rows reads. */
const PASS_BYTES = 96 << 20;

/**
 * Columns straight from the rows, some at a time. The first pass reads the rows whole, and compares them with what the acts
 * that made them say: damage of the database is no other answer.
 * @throws Refusal `case-damaged`
 */
export class RowColumns implements ColumnStore {
  readonly rows: number;
  readonly texts: TextsOfColumns;
  readonly #caseFile: Case;
  readonly #runs: readonly SourceRows[];
  readonly #order: Uint32Array;
  /** Read in the pass of another. */
  #ahead: UnsortedColumns;

  constructor(caseFile: Case) {
    this.#caseFile = caseFile;
    this.#runs = countedRows(caseFile);
    const { columns, digests } = readColumnsAndDigests(caseFile, this.#runs, this.#from("time"));
    demandEvents(caseFile, this.#runs, digests);
    this.texts = readTextChecksums(caseFile);
    this.#ahead = columns;
    this.#order = timeOrder(columns.get("time") as Float64Array);
    this.rows = this.#order.length;
  }

  read(name: ColumnName): ColumnArray {
    let column = this.#ahead.get(name);
    if (!column) {
      this.#ahead = readColumns(this.#caseFile, this.#runs, this.#from(name));
      column = this.#ahead.get(name) as Uint32Array | Float64Array;
    }
    this.#ahead.delete(name);
    if (column instanceof Float64Array) return arranged(column, this.#order, new Float64Array(column.length));
    const codes = arranged(column, this.#order, new Uint32Array(column.length));
    const same = sameIds(this.#caseFile.db, name);
    if (same.size > 0)
      for (let p = 0; p < codes.length; p += 1) codes[p] = same.get(codes[p] as number) ?? (codes[p] as number);
    return narrowed(codes);
  }

  /** This column and as many behind it as one pass reads. */
  #from(name: ColumnName): ColumnName[] {
    const rows = this.#runs.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    const behind = COLUMNS.slice(COLUMNS.indexOf(name));
    return behind.slice(0, Math.max(1, Math.floor(PASS_BYTES / 8 / Math.max(1, rows))));
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
    for (const name of COLUMNS) {
      const array = columns.read(name);
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      types[name] = typeOf(array);
      checksums[name] = checksumsOf(bytes);
      writeDurably(path.join(temporary, `${name}.bin`), bytes);
    }
    const index: ColumnsIndex = { stamp, rows: columns.rows, types, checksums, texts: columns.texts };
    writeDurably(path.join(temporary, INDEX_NAME), withChecksum(index));
    fs.rmSync(folder, { recursive: true, force: true });
    fs.renameSync(temporary, folder);
    return index;
  } catch (error) {
    fs.rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}

function arranged<Column extends Uint32Array | Float64Array>(
  column: Column,
  order: Uint32Array,
  result: Column,
): Column {
  for (let p = 0; p < order.length; p += 1) result[p] = column[order[p] as number] as number;
  return result;
}

/** The narrowest unsigned array that holds the values. */
function narrowed(column: Uint32Array): ColumnArray {
  let highest = 0;
  for (let p = 0; p < column.length; p += 1) if ((column[p] as number) > highest) highest = column[p] as number;
  return highest < 256 ? Uint8Array.from(column) : highest < 65_536 ? Uint16Array.from(column) : column;
}

const typeOf = (array: ColumnArray): ArrayType =>
  (Object.keys(ARRAY_TYPES) as ArrayType[]).find((type) => array instanceof ARRAY_TYPES[type]) as ArrayType;
