import type { ColDef } from "ag-grid-community";
import { cellOf, type Places } from "./cells.ts";
import { type CallColumn, COLUMNS } from "./columns.ts";
import type { Sorting } from "./header-cell.ts";
import type { Layout } from "./layout.ts";

/** Columns that share the width which is left, and in which parts, until a hand sizes them. */
const FLEX_PARTS: Readonly<Record<string, number>> = { developer: 1, operation: 1.65 };

/** The columns as the grid wants them: in the order, width and visibility that were kept. */
export function columnDefs(layout: Layout, places: Places, sorting: Omit<Sorting, "field">): ColDef<object>[] {
  const byLayout = COLUMNS.toSorted((a, b) => rank(layout, a) - rank(layout, b));
  return byLayout.map((column) => ({
    colId: column.id,
    headerName: column.title,
    ...widthOf(layout, column),
    hide: layout.find(({ id }) => id === column.id)?.isHidden ?? column.isHidden ?? false,
    cellClass: [column.isFigure ? "cell-figure" : "", column.isMono ? "mono" : ""],
    headerClass: column.isFigure ? "cell-figure" : "",
    cellRenderer: cellOf(column, places),
    headerComponentParams: { ...(column.sort === undefined ? {} : { field: column.sort }), ...sorting },
  }));
}

function widthOf(layout: Layout, { id, width }: CallColumn): ColDef<object> {
  const kept = layout.find((each) => each.id === id)?.width;
  if (kept !== undefined) return { width: kept };
  const flex = FLEX_PARTS[id];
  return flex === undefined ? { width } : { width, flex, minWidth: width };
}

/** Columns that the layout does not know come last, in their own order. */
function rank(layout: Layout, column: CallColumn): number {
  const at = layout.findIndex(({ id }) => id === column.id);
  return at < 0 ? layout.length + COLUMNS.indexOf(column) : at;
}
