import type { ReactNode } from "react";

interface HeadingProps {
  readonly column: {
    readonly name: string;
    readonly heading: string;
    readonly title?: string;
    readonly isRight?: boolean;
    readonly isFixed?: boolean;
  };
  readonly order: { readonly column: string; readonly isDescending: boolean } | undefined;
  /** Absent: the heading does not sort. */
  readonly onSort: ((column: string) => void) | undefined;
}

/** A column's heading: a click sorts by it, another turns the order round. */
export function Heading({ column, order, onSort }: HeadingProps): ReactNode {
  const isSorted = order?.column === column.name;
  const sort = !isSorted ? "none" : order.isDescending ? "descending" : "ascending";
  return (
    <div role="columnheader" aria-sort={sort} className={column.isRight ? "finding-cell right" : "finding-cell"}>
      {onSort && column.isFixed !== true ? (
        <button type="button" className="finding-sort" title={column.title ?? ""} onClick={() => onSort(column.name)}>
          {column.heading}
          <span aria-hidden>{isSorted ? (order.isDescending ? " ↓" : " ↑") : ""}</span>
        </button>
      ) : (
        <span title={column.title ?? ""}>{column.heading}</span>
      )}
    </div>
  );
}
