import { callsPlace } from "../../shared/viewer/places.ts";
import { COLUMNS, type ColumnName, DEFAULT_COLUMNS, isColumn } from "./columns.ts";

/** What the screen of calls shows, all of it in its address. */
export interface View {
  readonly filter: string;
  readonly sort: ColumnName;
  readonly isDown: boolean;
  /** From 1. */
  readonly page: number;
  readonly columns: readonly ColumnName[];
}

export const WHOLE: View = { filter: "", sort: "event", isDown: false, page: 1, columns: DEFAULT_COLUMNS };

export function viewOf([filter = "", sort = "", page = "", columns = ""]: readonly string[]): View {
  const name = sort.replace(/^-/u, "");
  const chosen = columns.split(",").filter(isColumn);
  return {
    filter,
    sort: isColumn(name) ? name : "event",
    isDown: sort.startsWith("-"),
    page: Math.max(1, Number.parseInt(page, 10) || 1),
    columns: chosen.length > 0 ? COLUMNS.filter((each) => chosen.includes(each)) : DEFAULT_COLUMNS,
  };
}

export function placeOfView({ filter, sort, isDown, page, columns }: View): string {
  const isDefault = columns.join() === DEFAULT_COLUMNS.join();
  return callsPlace(
    filter,
    sort === "event" && !isDown ? "" : `${isDown ? "-" : ""}${sort}`,
    page === 1 ? "" : String(page),
    isDefault ? "" : columns.join(","),
  );
}
