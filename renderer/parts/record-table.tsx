import { type KeyboardEvent, type ReactNode, useRef } from "react";

export interface Column<Row> {
  readonly title: string;
  readonly isFigure?: boolean;
  /** CSS width; absent: as wide as needed. */
  readonly width?: string;
  cell(row: Row): ReactNode;
}

interface RecordTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  keyOf(row: Row): string | number;
  /** Index of the current row. With `onOpen` rows are walked with the arrow keys, j and k, and opened with Enter. */
  readonly current?: number | undefined;
  onMove?(index: number): void;
  onOpen?(row: Row): void;
}

/** A table of some hundred records at most; events have their own grid. One stop of Tab, arrows inside. */
export function RecordTable<Row>({
  label,
  rows,
  columns,
  keyOf,
  current = 0,
  onMove,
  onOpen,
}: RecordTableProps<Row>): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null);
  const isWalked = onOpen !== undefined;
  const at = Math.min(current, rows.length - 1);

  const move = (event: KeyboardEvent, index: number) => {
    // keys of a link or button inside a row are its own
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[index];
    if (event.key === "Enter" && row !== undefined) {
      event.preventDefault();
      onOpen?.(row);
      return;
    }
    const to = target(event.key, index, rows.length);
    if (to === undefined) return;
    event.preventDefault();
    (body.current?.children[to] as HTMLElement | undefined)?.focus();
    onMove?.(to);
  };

  return (
    <table className="table" aria-label={label} {...(isWalked ? { role: "grid" } : {})}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.title}
              scope="col"
              className={column.isFigure ? "figure" : undefined}
              style={column.width === undefined ? undefined : { width: column.width }}
            >
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        {rows.map((row, index) => (
          <tr
            key={keyOf(row)}
            {...(isWalked
              ? {
                  tabIndex: index === at ? 0 : -1,
                  "aria-selected": index === at,
                  onKeyDown: (event: KeyboardEvent) => move(event, index),
                  onFocus: () => index !== at && onMove?.(index),
                  onDoubleClick: () => onOpen?.(row),
                }
              : {})}
          >
            {columns.map((column) => (
              <td key={column.title} className={column.isFigure ? "figure" : undefined}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function target(key: string, index: number, length: number): number | undefined {
  const to = {
    ArrowDown: index + 1,
    j: index + 1,
    ArrowUp: index - 1,
    k: index - 1,
    PageDown: index + 15,
    PageUp: index - 15,
    Home: 0,
    End: length - 1,
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(length - 1, to));
}
