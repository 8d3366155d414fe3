import {
  type KeyboardEvent,
  type ReactNode,
  type UIEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { useShared } from "../../session/session.tsx";
import type { CellContext, Column } from "./columns.tsx";
import { type Order, turned } from "./sort.ts";
import "./finding-table.css";

const ROW = 28;
const AROUND = 8;

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
  const [view, setView] = useState({ top: 0, height: 800 });
  const template = { gridTemplateColumns: columns.map((column) => column.width).join(" ") };
  const from = fills ? Math.max(0, Math.floor(view.top / ROW) - AROUND) : 0;
  const to = fills ? Math.min(rows.length, Math.ceil((view.top + view.height) / ROW) + AROUND) : rows.length;

  useLayoutEffect(() => {
    const element = grid.current;
    if (!fills || !element) return;
    const measure = () => setView((before) => ({ ...before, height: element.clientHeight }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [fills]);

  // the current row is kept in view, below the headings
  useEffect(() => {
    const element = grid.current;
    if (!element || current === undefined) return;
    if (!fills) {
      element.querySelector(`[aria-rowindex="${current + 2}"]`)?.scrollIntoView({ block: "nearest" });
      return;
    }
    const top = current * ROW;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * ROW > element.scrollTop + element.clientHeight)
      element.scrollTop = top + 2 * ROW - element.clientHeight;
  }, [current, fills]);

  const onKeyDown = (event: KeyboardEvent) => {
    const isInside = event.target !== grid.current;
    const target = keyTarget(
      event,
      current ?? -1,
      rows.length,
      Math.max(1, Math.floor(view.height / ROW) - 2),
      singleKeys,
    );
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
      onScroll={
        fills
          ? (event: UIEvent<HTMLDivElement>) =>
              setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
          : undefined
      }
    >
      <div className="finding-row finding-head" role="row" aria-rowindex={1} style={template}>
        {columns.map((column) => (
          <Heading key={column.name} column={column} order={order} onSort={onSort} />
        ))}
      </div>
      {from > 0 && <div role="presentation" style={{ height: from * ROW }} />}
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
      {to < rows.length && <div role="presentation" style={{ height: (rows.length - to) * ROW }} />}
    </div>
  );
}

function Heading({
  column,
  order,
  onSort,
}: {
  column: Column;
  order: Order | undefined;
  onSort: Props["onSort"];
}): ReactNode {
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

/** The row that a key moves to; undefined: the key is not one of these. */
function keyTarget(
  event: KeyboardEvent,
  at: number,
  count: number,
  page: number,
  singleKeys: boolean,
): number | undefined {
  if (event.altKey || event.shiftKey) return undefined;
  const isMod = event.ctrlKey || event.metaKey;
  const within = (row: number) => Math.max(0, Math.min(count - 1, row));
  if (isMod)
    return event.key === "Home" || event.key === "ArrowUp"
      ? 0
      : event.key === "End" || event.key === "ArrowDown"
        ? within(count)
        : undefined;
  switch (event.key) {
    case "ArrowDown":
      return within(at + 1);
    case "ArrowUp":
      return within(at - 1);
    case "PageDown":
      return within(at + page);
    case "PageUp":
      return within(at - page);
    case "j":
      return singleKeys ? within(at + 1) : undefined;
    case "k":
      return singleKeys ? within(at - 1) : undefined;
    default:
      return undefined;
  }
}
