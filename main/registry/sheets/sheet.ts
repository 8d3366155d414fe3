import type { DaySystem } from "../../platform/workbook/days.ts";

/** A row as its cells stand, and where it stands in words: `line 3`, `row 3`, `item 2`. */
export interface SheetRow {
  readonly place: string;
  readonly cells: readonly string[];
}

/** A table before anybody knows what it is: one CSV, one array of a JSON document, one sheet of a workbook. */
export interface Sheet {
  /** Of a sheet or a JSON key; absent where the file has one table. */
  readonly name?: string;
  /** Names of columns, as they are written. Absent: one of the rows is the header. */
  readonly header?: readonly string[];
  readonly rows: readonly SheetRow[];
  /** How bare numbers count days here. */
  readonly days: DaySystem;
}

/** What a file holds, and what had to be found out to read it. */
export interface Sheets {
  readonly sheets: readonly Sheet[];
  readonly encoding?: string;
  /** Of a JSON document: keys that hold something, and no table. */
  readonly unread?: readonly string[];
}

/** How many columns of a row are known by name: the row that has the most is the header. */
export type HeaderScore = (cells: readonly string[]) => number;

/** Rows in which a header is looked for. What stands above it is a title, or notes. */
export const MAX_HEADER_ROWS = 30;

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === "");
