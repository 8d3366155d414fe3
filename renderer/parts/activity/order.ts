import type { ActivityPeople, DeveloperActivity } from "../../../shared/model/activity.ts";
import { leastOf } from "../finding-table/sort.ts";

const COLUMNS = ["developer", "apps", "calls", "first", "last", "apis", "fields", "people"] as const;
type ActivityColumn = (typeof COLUMNS)[number];

export interface ActivityOrder {
  readonly column: ActivityColumn;
  readonly isDescending: boolean;
}

/** Who called most comes first, as the engine lists them. */
const USUAL: ActivityOrder = { column: "calls", isDescending: true };

/** `calls:desc`, as places keep it. */
export function activityOrder(sort: string | undefined): ActivityOrder {
  const [column, direction] = (sort ?? "").split(":");
  const known = COLUMNS.find((name) => name === column);
  return known ? { column: known, isDescending: direction === "desc" } : USUAL;
}

/** A click on a heading: one way, then the other. */
export function activityTurned(column: string, order: ActivityOrder): string {
  const startsDown = column !== "developer" && column !== "first";
  const isDown = order.column === column ? !order.isDescending : startsDown;
  return isDown ? `${column}:desc` : column;
}

const NAME_ORDER = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Rows without a value come last, whichever way. */
export function activitySorted(
  rows: readonly DeveloperActivity[],
  { column, isDescending }: ActivityOrder,
  people: ActivityPeople["people"] | undefined,
): readonly DeveloperActivity[] {
  const sign = isDescending ? -1 : 1;
  const keyOf = (row: DeveloperActivity): string | number | undefined => {
    switch (column) {
      case "developer":
        return row.developer;
      case "apps":
      case "apis":
      case "fields":
        return row[column].length;
      case "calls":
        return row.events;
      case "first":
      case "last":
        return row[column];
      case "people": {
        const known = people?.[row.developer_id];
        return known && leastOf(known);
      }
    }
  };
  return [...rows].sort((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    if (x === undefined || y === undefined) return x === y ? 0 : x === undefined ? 1 : -1;
    return sign * (typeof x === "number" && typeof y === "number" ? x - y : NAME_ORDER.compare(String(x), String(y)));
  });
}
