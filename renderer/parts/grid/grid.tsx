import { type FocusEvent, memo, type ReactNode, type Ref, useImperativeHandle, useRef } from "react";
import { Bar } from "./bar.tsx";
import { Frame } from "./frame.tsx";
import type { GridHandle, GridProps } from "./props.ts";
import { between } from "./ranges.ts";
import { ROW_PX } from "./theme.ts";
import { useCursor } from "./use-cursor.ts";
import { useHost } from "./use-host.ts";
import { useKeys } from "./use-keys.ts";
import { useWheel } from "./use-wheel.ts";
import "./grid.css";

/** From the left edge of a cell to that of its menu. */
const MENU_INSET_PX = 8;

/** Rows of 24 pixels over a selection of any length. */
export const Grid = memo(function Grid({ ref, ...props }: GridProps & { ref?: Ref<GridHandle> }): ReactNode {
  const { label, pages, row, onRanges } = props;
  const cursor = useCursor(row);
  const host = useHost(props, cursor);
  const onWheel = useWheel(host);
  const onKeyDown = useKeys(props, host, cursor);
  const isPressed = useRef(false);

  /** A dialog gives the focus back to a cell that may be another row's by now: the current row has it. */
  const onFocus = ({ target }: FocusEvent) => {
    const at = target.closest(".ag-row")?.getAttribute("aria-rowindex");
    if (at !== undefined && at !== null && Number(at) - 2 !== row && !isPressed.current)
      host.focusCell(row, cursor.column);
  };

  useImperativeHandle(ref, () => ({
    column: () => cursor.column,
    focus: () => host.focusCell(row, cursor.column),
    showColumns: (visible) => host.showColumns(visible),
    shownColumns: () => host.shownColumns(),
    extend: () => onRanges(between(cursor.anchor, row)),
    place: () => {
      const { left, top } = host.boxOf(row, cursor.column) ?? { left: 0, top: 0 };
      return { left: left + MENU_INSET_PX, top: top + ROW_PX };
    },
  }));

  return (
    <div
      className="grid"
      onWheel={onWheel}
      onKeyDownCapture={onKeyDown}
      onPointerDownCapture={() => {
        isPressed.current = true;
      }}
      onPointerUpCapture={() => {
        isPressed.current = false;
      }}
      onFocusCapture={onFocus}
    >
      <Frame host={host} label={label} />
      <Bar host={host} count={pages.count} />
    </div>
  );
});
