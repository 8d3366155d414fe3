import type { GridApi } from "ag-grid-community";

/** Columns in their order, with their width where a hand set it. */
export type Layout = readonly { readonly id: string; readonly width?: number; readonly isHidden?: boolean }[];

/** The columns as they stand in the grid now. */
export function layoutOf(api: GridApi<object>): Layout {
  return (api.getAllGridColumns() ?? []).map((column) => ({
    id: column.getColId(),
    ...(column.getFlex() ? {} : { width: Math.round(column.getActualWidth()) }),
    isHidden: !column.isVisible(),
  }));
}
