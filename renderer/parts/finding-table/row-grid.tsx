import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useShared } from "../../session/session.tsx";
import { Heading } from "./heading.tsx";
import { rowAfterKey } from "./row-keys.ts";
import { ROW_HEIGHT_PX, useVisibleRows } from "./use-visible-rows.ts";
import "./finding-table.css";

export interface RowColumn<Row> {
  readonly name: string;
  readonly heading: string;
  /** What the heading means, where it is short of it. */
  readonly title?: string;
  /** As `grid-template-columns` takes it. */
  readonly width: string;
  readonly isRight?: boolean;
  /** The heading does not sort. */
  readonly isFixed?: boolean;
  /** `isStop`: the row is the current one, and what it holds can be tabbed to. */
  cell(row: Row, isStop: boolean): ReactNode;
}

export interface RowGridProps<Row> {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly columns: readonly RowColumn<Row>[];
  readonly count: number;
  /** Undefined: it is on its way. */
  rowAt(index: number): Row | undefined;
  keyOf(row: Row): string | number;
  /** Enter, a double click. */
  onOpen(row: Row, index: number): void;
  readonly order?: { readonly column: string; readonly isDescending: boolean } | undefined;
  /** A heading was clicked; absent: they do not sort. */
  readonly onSort?: ((column: string) => void) | undefined;
  /** The current row, 0-based. */
  readonly current: number | undefined;
  readonly onCurrent: (row: number) => void;
  /** Scrolls by itself and draws only the rows in view; else it is as high as its rows. */
  readonly fills?: boolean;
  /** Rows picked for an act on several, by key; absent: none can be. */
  readonly picked?: ReadonlySet<string | number>;
  /** Space on a row, its box, or a click with Ctrl; with Shift all rows from the last one picked. */
  onPick?(row: number, isRange: boolean): void;
  /** The box of the headings: all, or none. */
  onPickAll?(): void;
  /** Which rows are drawn, [from, to): those that are not there are asked for. */
  onView?(from: number, to: number): void;
}

/** Pixels that a key moves a table that is wider than its place. */
const ASIDE_PX = 120;

/** Rows as a grid of one stop: arrows move, Enter opens, Tab reaches what the current row holds. */
export function RowGrid<Row>(props: RowGridProps<Row>): ReactNode {
  const { label, columns, count, rowAt, keyOf, onOpen, current, onCurrent, fills = false, onPick } = props;
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const singleKeys = useShared((state) => state.settings.singleKeys);
  const widths = columns.map((column) => column.width).join(" ");
  const template = { gridTemplateColumns: onPick ? `20px ${widths}` : widths };
  const { from, to, page, onScroll } = useVisibleRows(grid, count, current, fills);
  const { onView } = props;
  useEffect(() => onView?.(from, to), [onView, from, to]);

  const onKeyDown = (event: KeyboardEvent) => {
    const isInside = event.target !== grid.current;
    const target = rowAfterKey(event, current ?? -1, count, page, singleKeys);
    const aside = event.key === "ArrowRight" ? ASIDE_PX : event.key === "ArrowLeft" ? -ASIDE_PX : 0;
    const table = grid.current;
    if (aside !== 0 && !isInside && table && table.scrollWidth > table.clientWidth) {
      event.preventDefault();
      table.scrollLeft += aside;
    } else if (event.key === " " && !isInside && onPick && current !== undefined) {
      event.preventDefault();
      onPick(current, event.shiftKey);
    } else if (event.key === "Enter" && !isInside && !event.ctrlKey && !event.metaKey) {
      const row = current === undefined ? undefined : rowAt(current);
      event.preventDefault();
      if (row !== undefined) onOpen(row, current as number);
      else if (count > 0) onCurrent(0);
    } else if (target !== undefined && count > 0) {
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
      aria-rowcount={count + 1}
      aria-activedescendant={active}
      aria-multiselectable={onPick === undefined ? undefined : true}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === grid.current && current === undefined && count > 0) onCurrent(0);
      }}
      onScroll={onScroll}
    >
      <Head {...props} template={template} />
      {from > 0 && <div role="presentation" style={{ height: from * ROW_HEIGHT_PX }} />}
      {Array.from({ length: Math.max(0, Math.min(to, count) - from) }, (_, index) => {
        const at = from + index;
        const row = rowAt(at);
        return (
          <Line
            key={row === undefined ? `row ${at}` : keyOf(row)}
            {...props}
            id={`${id}-${at}`}
            at={at}
            row={row}
            template={template}
          />
        );
      })}
      {to < count && <div role="presentation" style={{ height: (count - to) * ROW_HEIGHT_PX }} />}
    </div>
  );
}

interface Template {
  readonly gridTemplateColumns: string;
}

function Head<Row>({
  columns,
  count,
  order,
  onSort,
  picked,
  onPick,
  onPickAll,
  template,
}: RowGridProps<Row> & { template: Template }): ReactNode {
  return (
    <div className="finding-row finding-head" role="row" aria-rowindex={1} style={template}>
      {onPick && (
        <div role="columnheader" className="finding-cell">
          <input
            type="checkbox"
            aria-label="Select all"
            tabIndex={-1}
            checked={count > 0 && (picked?.size ?? 0) >= count}
            onChange={() => onPickAll?.()}
          />
        </div>
      )}
      {columns.map((column) => (
        <Heading key={column.name} column={column} order={order} onSort={onSort} />
      ))}
    </div>
  );
}

interface LineProps<Row> extends RowGridProps<Row> {
  readonly id: string;
  readonly at: number;
  readonly row: Row | undefined;
  readonly template: Template;
}

function Line<Row>({ id, at, row, template, columns, keyOf, current, picked, ...acts }: LineProps<Row>): ReactNode {
  const { onOpen, onCurrent, onPick } = acts;
  const isCurrent = at === current;
  const isPicked = row !== undefined && picked?.has(keyOf(row)) === true;
  return (
    <div
      id={id}
      className={`finding-row${isCurrent ? " current" : ""}${isPicked ? " picked" : ""}`}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={picked === undefined ? isCurrent : isPicked}
      style={template}
      onClick={(event) => {
        onCurrent(at);
        if (onPick && (event.ctrlKey || event.metaKey || event.shiftKey)) onPick(at, event.shiftKey);
      }}
      onDoubleClick={() => row !== undefined && onOpen(row, at)}
    >
      {onPick && (
        <div role="gridcell" className="finding-cell">
          <input
            type="checkbox"
            aria-label="Select this row"
            tabIndex={-1}
            checked={isPicked}
            // a click on the box is no click on the row: with Ctrl it would pick twice
            onClick={(event) => event.stopPropagation()}
            onChange={(event) => onPick(at, (event.nativeEvent as MouseEvent).shiftKey === true)}
          />
        </div>
      )}
      {columns.map((column) => (
        <div key={column.name} role="gridcell" className={column.isRight ? "finding-cell right" : "finding-cell"}>
          {row !== undefined && column.cell(row, isCurrent)}
        </div>
      ))}
    </div>
  );
}
