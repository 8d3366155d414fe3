import type { ReactNode } from "react";
import type { Column } from "./columns.tsx";
import { type Order, turned } from "./sort.ts";

interface HeadingProps {
  readonly column: Column;
  readonly order: Order | undefined;
  /** Absent: the heading does not sort. */
  readonly onSort: ((sort: string | undefined) => void) | undefined;
}

/** A column's heading: a click sorts by it, another turns the order round. */
export function Heading({ column, order, onSort }: HeadingProps): ReactNode {
  const isSorted = order?.column === column.name;
  const sort = !isSorted ? "none" : order.isDescending ? "descending" : "ascending";
  return (
    <div role="columnheader" aria-sort={sort} className={column.isRight ? "finding-cell right" : "finding-cell"}>
      {onSort ? (
        <button
          type="button"
          className="finding-sort"
          title={column.title ?? ""}
          onClick={() => onSort(turned(column.name, order))}
        >
          {column.heading}
          <span aria-hidden>{isSorted ? (order.isDescending ? " ↓" : " ↑") : ""}</span>
        </button>
      ) : (
        <span title={column.title ?? ""}>{column.heading}</span>
      )}
    </div>
  );
}
