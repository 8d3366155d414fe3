import type { EventRecord } from "../../../shared/model/event.ts";
import { spreadsheetText } from "../../platform/spreadsheet-text.ts";

/** The columns of a CSV of events, in order. */
export const CSV_COLUMNS: readonly (keyof EventRecord)[] = [
  "time",
  "app",
  "developer",
  "api",
  "operation",
  "method",
  "path",
  "status",
  "outcome",
  "actor",
  "caller",
  "resource",
  "fields",
  "fields_are",
  "subjects",
  "subject_count",
  "ip",
  "user_agent",
  "request_id",
  "bytes",
  "duration_ms",
  "duplicate",
  "source",
  "line",
  "offset",
  "length",
  "part",
  "tags",
  "notes",
];

/** What a bundle's table leaves out where none of its events has it, as before there were any. */
const RARE_COLUMNS = ["caller", "part"] as const;
export type RareColumn = (typeof RARE_COLUMNS)[number];

/** The columns of a table whose events have, of the rare ones, those. */
export const csvColumns = (has: ReadonlySet<RareColumn>): readonly (keyof EventRecord)[] =>
  CSV_COLUMNS.filter(
    (column) => !(RARE_COLUMNS as readonly string[]).includes(column) || has.has(column as RareColumn),
  );

export const csvHeader = (columns: readonly string[] = CSV_COLUMNS): string => `${columns.join(",")}\n`;

/** One event as a CSV line: lists joined by `;`, absent values empty. */
export function csvLine(event: Partial<EventRecord>, columns: readonly string[] = CSV_COLUMNS): string {
  let line = "";
  for (let at = 0; at < columns.length; at += 1) {
    const value = event[columns[at] as keyof EventRecord];
    if (at > 0) line += ",";
    if (value !== undefined) line += csvCell(value);
  }
  return `${line}\n`;
}

/** What a cell cannot hold as it is, or a spreadsheet would not take as text. */
const UNSAFE = /[",\r\n]|^[=+\-@\t]/u;

/** A value of a table, safe in a spreadsheet. JSON lines hold the exact text. */
export function csvCell(value: EventRecord[keyof EventRecord]): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (value === true) return "yes";
  const text = typeof value === "string" ? value : value.join(";");
  if (!UNSAFE.test(text)) return text;
  const safe = spreadsheetText(text);
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
