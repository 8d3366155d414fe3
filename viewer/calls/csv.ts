import type { Calls } from "../data/calls.ts";
import { type ColumnName, exactOf } from "./columns.ts";

/** Lines that are gathered before they become a piece of the file. */
const LINES = 4096;

/** A cell that a spreadsheet would take for a formula has an apostrophe in front, as in events.csv. */
function cell(value: string | number | readonly string[] | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : value.join(";");
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The view as a file: these rows in their order, with the columns that are shown. Their columns must be there. */
export function csvOf(calls: Calls, rows: Uint32Array, columns: readonly ColumnName[]): Blob {
  const pieces = [`\uFEFF${columns.join(",")}\n`];
  for (let from = 0; from < rows.length; from += LINES) {
    let text = "";
    for (const row of rows.subarray(from, from + LINES))
      text += `${columns.map((column) => cell(exactOf(calls, column, row))).join(",")}\n`;
    pieces.push(text);
  }
  return new Blob(pieces, { type: "text/csv" });
}
