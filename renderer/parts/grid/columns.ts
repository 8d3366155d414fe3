import { figure } from "../../../shared/base/figure.ts";
import type { FieldName } from "../../../shared/filter/fields.ts";
import type { CallRow } from "../../../shared/model/explore.ts";

/** A column of the grid. `field`: what a click on its value filters by. */
export interface CallColumn {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly field?: FieldName;
  /** As requests sort; absent: it does not. */
  readonly sort?: string;
  readonly isFigure?: true;
  readonly isMono?: true;
  readonly isHidden?: true;
  text(row: CallRow): string;
}

const number = (value: number | undefined) => (value === undefined ? "" : figure(value));

export const COLUMNS: readonly CallColumn[] = [
  { id: "tags", title: "Tag", width: 38, text: (row) => (row.tags ?? []).join(", ") },
  {
    id: "time",
    title: "Time (UTC)",
    width: 170,
    field: "time",
    sort: "time",
    isMono: true,
    text: (row) => row.time.replace("T", " ").replace(/Z$/u, ""),
  },
  {
    id: "developer",
    title: "Developer",
    width: 96,
    field: "developer",
    sort: "developer",
    text: (row) => row.developer ?? "",
  },
  {
    id: "operation",
    title: "Operation",
    width: 140,
    field: "operation",
    sort: "operation",
    isMono: true,
    text: (row) => row.operation ?? row.path ?? "",
  },
  {
    id: "status",
    title: "Status",
    width: 48,
    field: "status",
    sort: "status",
    isFigure: true,
    text: (row) => (row.status === undefined ? "" : String(row.status)),
  },
  { id: "outcome", title: "Outcome", width: 72, field: "outcome", sort: "outcome", text: (row) => row.outcome },
  {
    id: "people",
    title: "People",
    width: 60,
    field: "subject_count",
    sort: "subject_count",
    isFigure: true,
    text: (row) => number(row.people),
  },
  {
    id: "app",
    title: "App",
    width: 110,
    field: "app",
    sort: "app",
    isMono: true,
    isHidden: true,
    text: (row) => row.app ?? "",
  },
  { id: "api", title: "API", width: 80, field: "api", sort: "api", isHidden: true, text: (row) => row.api ?? "" },
  { id: "fields", title: "Fields", width: 160, isHidden: true, text: (row) => row.fields ?? "" },
  {
    id: "method",
    title: "Method",
    width: 60,
    field: "method",
    sort: "method",
    isMono: true,
    isHidden: true,
    text: (row) => row.method ?? "",
  },
  {
    id: "path",
    title: "Path",
    width: 220,
    field: "path",
    sort: "path",
    isMono: true,
    isHidden: true,
    text: (row) => row.path ?? "",
  },
  {
    id: "actor",
    title: "Actor",
    width: 100,
    field: "actor",
    sort: "actor",
    isMono: true,
    isHidden: true,
    text: (row) => row.actor ?? "",
  },
  {
    id: "caller",
    title: "Caller",
    width: 64,
    field: "caller",
    sort: "caller",
    isHidden: true,
    text: (row) => row.caller ?? "",
  },
  {
    id: "resource",
    title: "Resource",
    width: 120,
    field: "resource",
    sort: "resource",
    isMono: true,
    isHidden: true,
    text: (row) => row.resource ?? "",
  },
  {
    id: "ip",
    title: "IP address",
    width: 120,
    field: "ip",
    sort: "ip",
    isMono: true,
    isHidden: true,
    text: (row) => row.ip ?? "",
  },
  {
    id: "user_agent",
    title: "User agent",
    width: 200,
    field: "user_agent",
    sort: "user_agent",
    isHidden: true,
    text: (row) => row.user_agent ?? "",
  },
  {
    id: "request_id",
    title: "Request",
    width: 140,
    field: "request_id",
    isMono: true,
    isHidden: true,
    text: (row) => row.request_id ?? "",
  },
  {
    id: "bytes",
    title: "Bytes",
    width: 80,
    field: "bytes",
    sort: "bytes",
    isFigure: true,
    isHidden: true,
    text: (row) => number(row.bytes),
  },
  {
    id: "duration_ms",
    title: "ms",
    width: 64,
    field: "duration_ms",
    sort: "duration_ms",
    isFigure: true,
    isHidden: true,
    text: (row) => number(row.duration_ms),
  },
  {
    id: "source",
    title: "Source",
    width: 64,
    field: "source",
    sort: "source",
    isFigure: true,
    isHidden: true,
    text: (row) => String(row.source),
  },
  {
    id: "line",
    title: "Line",
    width: 76,
    field: "line",
    sort: "line",
    isFigure: true,
    isHidden: true,
    text: (row) => figure(row.line),
  },
];

export const columnOf = (id: string): CallColumn | undefined => COLUMNS.find((column) => column.id === id);

/** The value of a cell as the filter language has it; undefined where there is none to filter by. */
export function literalOf(column: CallColumn, row: CallRow): string | undefined {
  switch (column.field) {
    case undefined:
      return undefined;
    case "time":
      return row.time;
    case "operation":
      return row.operation;
    case "subject_count":
      return row.people === undefined ? undefined : String(row.people);
    default: {
      const value = row[column.field as keyof CallRow];
      // a text that was cut is not the value
      if (value === undefined || (typeof value === "string" && value.endsWith("…"))) return undefined;
      return String(value);
    }
  }
}
