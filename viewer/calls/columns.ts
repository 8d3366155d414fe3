import { isoOf } from "../../shared/base/time.ts";
import type { FieldName } from "../../shared/filter/fields.ts";
import type { Level } from "../../shared/model/level.ts";
import type { ColumnGroup, ViewerColumn } from "../../shared/viewer/data.ts";
import { LEVEL_WORDS } from "../../shared/viewer/level-words.ts";
import { type Calls, groupOf } from "../data/calls.ts";
import { clock } from "../parts/words.ts";

/** Columns of the table of calls, in its order. */
export const COLUMNS = [
  ...(["event", "time", "developer", "developer_id", "app", "api", "operation", "method", "path", "status"] as const),
  ...(["outcome", "level", "rule", "fields", "fields_are", "actor", "caller", "resource", "subjects"] as const),
  ...(["subject_count", "ip", "user_agent", "request_id", "bytes", "duration_ms", "duplicate", "source"] as const),
  ...(["line", "offset", "length", "part", "tags", "notes"] as const),
] as const;
export type ColumnName = (typeof COLUMNS)[number];

export const DEFAULT_COLUMNS: readonly ColumnName[] = [
  ...(["event", "time", "developer", "api", "operation", "status", "level", "fields"] as const),
];

export const isColumn = (name: string): name is ColumnName => (COLUMNS as readonly string[]).includes(name);

const TITLES: Partial<Record<ColumnName, string>> = {
  event: "Call",
  time: "Time (UTC)",
  developer_id: "Developer id",
  api: "API",
  fields_are: "Fields are",
  subjects: "People",
  subject_count: "People counted",
  ip: "Address",
  user_agent: "User agent",
  request_id: "Request id",
  duration_ms: "Milliseconds",
};
export const titleOf = (column: ColumnName): string =>
  TITLES[column] ?? `${column.slice(0, 1).toUpperCase()}${column.slice(1)}`;

const NUMBERS: readonly ColumnName[] = [
  ...([
    "event",
    "status",
    "subject_count",
    "bytes",
    "duration_ms",
    "source",
    "line",
    "offset",
    "length",
    "part",
  ] as const),
];
export const isNumber = (column: ColumnName): boolean => NUMBERS.includes(column);

/** What the column is read from. */
const readFrom = (column: ColumnName): ViewerColumn | undefined =>
  column === "event" ? undefined : column === "level" || column === "rule" ? "said" : column;

export const groupsFor = (columns: readonly ColumnName[]): ColumnGroup[] => [
  ...new Set(columns.map((column) => groupOf(readFrom(column) ?? "time"))),
];

/** The value as a table for machines has it: exact, lists in their order. */
export function exactOf(
  calls: Calls,
  column: ColumnName,
  row: number,
): string | number | readonly string[] | undefined {
  switch (column) {
    case "event":
      return row + 1;
    case "time":
      return isoOf(calls.times[row] as number);
    case "level":
    case "rule": {
      const said = calls.value("said", row) as readonly string[] | undefined;
      return said?.filter((_, at) => at % 2 === (column === "rule" ? 0 : 1));
    }
    case "duplicate":
      return calls.value(column, row) === 1 ? "yes" : undefined;
    default:
      return calls.value(column, row);
  }
}

/** The value as people read it; a number that names something has no separators. */
export function shownOf(calls: Calls, column: ColumnName, row: number): string {
  const value = exactOf(calls, column, row);
  if (value === undefined) return "";
  if (column === "time") return clock(value as string);
  if (column === "level") return (value as readonly Level[]).map((each) => LEVEL_WORDS[each]).join("; ");
  return typeof value === "object" ? value.join(", ") : String(value);
}

/** The field of the filter language that the column shows. */
export const fieldOf = (column: ColumnName): FieldName | undefined =>
  column === "event" || column === "developer_id" || column === "part"
    ? undefined
    : column === "rule"
      ? "finding"
      : column === "tags"
        ? "tag"
        : column === "notes"
          ? "note"
          : column;
