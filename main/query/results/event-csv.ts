import type { EventRecord } from "../../../shared/model/event.ts";

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

/** The same for events of which none is one of several calls of a record: a bundle's, as before there were any. */
export const CSV_COLUMNS_ALONE = CSV_COLUMNS.filter((column) => column !== "part");

export const csvHeader = (columns: readonly string[] = CSV_COLUMNS): string => `${columns.join(",")}\n`;

/** One event as a CSV line: lists joined by `;`, absent values empty. */
export const csvLine = (event: Partial<EventRecord>, columns: readonly string[] = CSV_COLUMNS): string =>
  `${columns.map((column) => csvCell(event[column as keyof EventRecord])).join(",")}\n`;

/**
 * A cell that a spreadsheet treats as text. A cell that begins like a formula gets an apostrophe in front: log text comes
 * from strangers, and a formula in it would run when the file is opened. JSON lines hold the exact text.
 */
function csvCell(value: EventRecord[keyof EventRecord]): string {
  if (value === undefined) return "";
  if (value === true) return "yes";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : value.join(";");
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
