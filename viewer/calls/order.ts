import type { Calls } from "../data/calls.ts";
import type { Mask } from "../filter/leaf.ts";
import { type ColumnName, exactOf } from "./columns.ts";

/** The rows that match, in the order of a column; calls without a value last, those of one value in the order of time. */
export function orderOf(calls: Calls, mask: Mask, count: number, column: ColumnName, isDown: boolean): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0, at = 0; row < mask.length; row += 1) if (mask[row] === 1) rows[at++] = row;
  if (column === "event" || column === "time") return isDown ? rows.reverse() : rows;
  const ranks = ranksOf(calls, rows, column);
  const most = ranks.reduce((max, rank) => (rank > max ? rank : max), 0);
  // One number a row, so that numbers are sorted and nothing is asked back.
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const rank = ranks[at] as number;
    keys[at] = (rank === 0 ? most + 1 : isDown ? most - rank : rank - 1) * calls.rows + (rows[at] as number);
  }
  keys.sort();
  return Uint32Array.from(keys, (key) => key % calls.rows);
}

/** 0 without a value, else from 1 in the order of the values. */
function ranksOf(calls: Calls, rows: Uint32Array, column: ColumnName): Uint32Array {
  const values = Array.from(rows, (row) => {
    const value = exactOf(calls, column, row);
    return typeof value === "object" ? value.join(";") : value;
  });
  const known = [...new Set(values)].filter((value) => value !== undefined);
  known.sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b))));
  const rankOf = new Map<unknown, number>(known.map((value, at) => [value, at + 1]));
  return Uint32Array.from(values, (value) => rankOf.get(value) ?? 0);
}

/** Any case, the same in every locale. */
function compare(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x !== y) return x < y ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
