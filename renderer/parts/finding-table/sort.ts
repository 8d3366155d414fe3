import type { DeveloperFinding, People } from "../../../shared/model/finding.ts";
import { LEVELS } from "../../../shared/model/level.ts";
import { headline } from "./links.ts";

export const COLUMN_NAMES = [
  "developer",
  "level",
  "fields",
  "first",
  "last",
  "calls",
  "people",
  "revoked",
  "after",
  "status",
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

export interface Order {
  readonly column: ColumnName;
  readonly isDescending: boolean;
}

/** `calls:desc`, as places keep it; undefined: the order of the findings, the gravest first. */
export function orderOf(sort: string | undefined): Order | undefined {
  const [column, direction] = (sort ?? "").split(":");
  const known = COLUMN_NAMES.find((name) => name === column);
  return known ? { column: known, isDescending: direction === "desc" } : undefined;
}

/** A click on a heading: one way, the other way, the findings' own order. */
export function turned(column: ColumnName, order: Order | undefined): string | undefined {
  const startsDown = column !== "developer" && column !== "fields" && column !== "status" && column !== "first";
  if (order?.column !== column) return startsDown ? `${column}:desc` : column;
  if (order.isDescending === startsDown) return startsDown ? column : `${column}:desc`;
  return undefined;
}

/** Rows in an order; equal ones stay as the findings have them, those without a value come last. */
export function sorted(rows: readonly DeveloperFinding[], order: Order | undefined): readonly DeveloperFinding[] {
  if (!order) return rows;
  const sign = order.isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const x = keyOf(a, order.column);
    const y = keyOf(b, order.column);
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? 1 : -1;
    return sign * (typeof x === "string" || typeof y === "string" ? NAME_ORDER.compare(String(x), String(y)) : x - y);
  });
}

const NAME_ORDER = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function keyOf(row: DeveloperFinding, column: ColumnName): string | number | undefined {
  const { events, first, last, people } = headline(row);
  switch (column) {
    case "developer":
      return row.developer;
    case "level":
      return LEVELS.indexOf(row.level) * 2 + (row.recent ? 1 : 0);
    case "fields":
      return row.obtained.fields.join(", ") || undefined;
    case "first":
      return first;
    case "last":
      return last;
    case "calls":
      return events;
    case "people":
      return people && leastOf(people);
    case "revoked":
      return row.revoked_at;
    case "after":
      return row.allowed_after_revocation;
    case "status":
      return row.status;
  }
}

/** The number of people that is certain: what is known only from above is none so far. */
export function leastOf(people: People): number | undefined {
  if (people.basis === "not-logged") return undefined;
  return people.basis === "at-most" ? 0 : people.value;
}

/** Whether a row is found by what is typed into the box: every word in its name, id, apps, fields, level or status. */
export function isFound(row: DeveloperFinding, levelWords: string, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const hay = [
    row.developer,
    row.developer_id,
    ...row.apps,
    ...row.obtained.fields,
    levelWords,
    row.recent ? "recent" : "",
    row.status,
  ]
    .join("\n")
    .toLowerCase();
  return words.every((word) => hay.includes(word));
}
