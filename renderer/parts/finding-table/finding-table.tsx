import { type ReactNode, useMemo } from "react";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import type { CellContext, Column } from "./columns.tsx";
import { RowGrid, type RowGridProps } from "./row-grid.tsx";
import { type ColumnName, type Order, turned } from "./sort.ts";

interface Props
  extends Pick<
    RowGridProps<DeveloperFinding>,
    "label" | "current" | "onCurrent" | "fills" | "picked" | "onPick" | "onPickAll"
  > {
  readonly columns: readonly Column[];
  /** In the order shown. */
  readonly rows: readonly DeveloperFinding[];
  readonly context: CellContext;
  /** Absent: the headings do not sort. */
  readonly order?: Order | undefined;
  readonly onSort?: (sort: string | undefined) => void;
}

/** How the findings come: by level, then by calls. */
const GRAVEST: Order = { column: "level", isDescending: true };

/** Developers under a rule. */
export function FindingTable({
  columns,
  rows,
  context,
  order,
  onSort,
  picked,
  onPick,
  onPickAll,
  ...rest
}: Props): ReactNode {
  const bound = useMemo(
    () =>
      columns.map((column) => ({
        ...column,
        cell: (row: DeveloperFinding, isStop: boolean) => column.cell(row, context, isStop),
      })),
    [columns, context],
  );
  return (
    <RowGrid
      {...rest}
      columns={bound}
      count={rows.length}
      rowAt={(index) => rows[index]}
      keyOf={(row) => row.developer_id}
      onOpen={context.open}
      order={order ?? GRAVEST}
      onSort={onSort && ((column) => onSort(turned(column as ColumnName, order)))}
      {...(picked && onPick ? { picked, onPick, ...(onPickAll ? { onPickAll } : {}) } : {})}
    />
  );
}
