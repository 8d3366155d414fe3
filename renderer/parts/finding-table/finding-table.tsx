import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { useShared } from "../../session/session.tsx";
import type { CellContext, Column } from "./columns.tsx";
import { Heading } from "./heading.tsx";
import { rowAfterKey } from "./row-keys.ts";
import type { Order } from "./sort.ts";
import { ROW_HEIGHT_PX, useVisibleRows } from "./use-visible-rows.ts";
import "./finding-table.css";

interface Props {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly columns: readonly Column[];
  /** In the order shown. */
  readonly rows: readonly DeveloperFinding[];
  readonly context: CellContext;
  /** Absent: the headings do not sort. */
  readonly order?: Order | undefined;
  readonly onSort?: (sort: string | undefined) => void;
  /** The current row, 0-based. */
  readonly current: number | undefined;
  readonly onCurrent: (row: number) => void;
  /** Scrolls by itself and draws only the rows in view; else it is as high as its rows. */
  readonly fills?: boolean;
}

/** Developers under a rule, as a grid of one stop: arrows move, Enter opens, Tab reaches what the current row holds. */
export function FindingTable({
  label,
  columns,
  rows,
  context,
  order,
  onSort,
  current,
  onCurrent,
  fills = false,
}: Props): ReactNode {
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const singleKeys = useShared((state) => state.settings.singleKeys);
  const template = { gridTemplateColumns: columns.map((column) => column.width).join(" ") };
  const { from, to, page, onScroll } = useVisibleRows(grid, rows.length, current, fills);

  const onKeyDown = (event: KeyboardEvent) => {
    const isInside = event.target !== grid.current;
    const target = rowAfterKey(event, current ?? -1, rows.length, page, singleKeys);
    if (event.key === "Enter" && !isInside) {
      const row = current === undefined ? undefined : rows[current];
      event.preventDefault();
      if (row) context.open(row);
      else if (rows.length > 0) onCurrent(0);
    } else if (target !== undefined && rows.length > 0) {
      event.preventDefault();
      if (isInside) grid.current?.focus();
      onCurrent(target);
    }
  };

  const active = current !== undefined && current >= from && current < to ? `${id}-${current}` : undefined;
  return (
    <div
      ref={grid}
      className={fills ? "finding-table fills" : "finding-table"}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={active}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === grid.current && current === undefined && rows.length > 0) onCurrent(0);
      }}
      onScroll={onScroll}
    >
      <div className="finding-row finding-head" role="row" aria-rowindex={1} style={template}>
        {columns.map((column) => (
          <Heading key={column.name} column={column} order={order} onSort={onSort} />
        ))}
      </div>
      {from > 0 && <div role="presentation" style={{ height: from * ROW_HEIGHT_PX }} />}
      {rows.slice(from, to).map((row, index) => {
        const at = from + index;
        const isCurrent = at === current;
        return (
          <div
            key={row.developer_id}
            id={`${id}-${at}`}
            className={isCurrent ? "finding-row current" : "finding-row"}
            role="row"
            aria-rowindex={at + 2}
            aria-selected={isCurrent}
            style={template}
            onClick={() => onCurrent(at)}
            onDoubleClick={() => context.open(row)}
          >
            {columns.map((column) => (
              <div key={column.name} role="gridcell" className={column.isRight ? "finding-cell right" : "finding-cell"}>
                {column.cell(row, context, isCurrent)}
              </div>
            ))}
          </div>
        );
      })}
      {to < rows.length && <div role="presentation" style={{ height: (rows.length - to) * ROW_HEIGHT_PX }} />}
    </div>
  );
}
