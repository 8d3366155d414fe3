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
export const csvLine = (event: Partial<EventRecord>, columns: readonly string[] = CSV_COLUMNS): string =>
  `${columns.map((column) => csvCell(event[column as keyof EventRecord])).join(",")}\n`;

/** JSON lines hold the exact text. */
function csvCell(value: EventRecord[keyof EventRecord]): string {
  if (value === undefined) return "";
  if (value === true) return "yes";
  if (typeof value === "number") return String(value);
  const safe = spreadsheetText(typeof value === "string" ? value : value.join(";"));
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
