import type { KeyboardEvent } from "react";
import { isMac } from "../../commands/platform.ts";
import { useShared } from "../../session/session.tsx";
import { useSteady } from "../../session/use-steady.ts";
import type { GridHost } from "./host.ts";
import type { GridProps } from "./props.ts";
import { between } from "./ranges.ts";
import type { Cursor } from "./use-cursor.ts";

/** Keys that move the current row and the column that keys act on. */
export function useKeys(props: GridProps, host: GridHost, cursor: Cursor): (event: KeyboardEvent) => void {
  const { pages, row } = props;
  const singleKeys = useShared((state) => state.settings.singleKeys);

  const move = (to: number, isExtending: boolean) => {
    if (pages.count === 0) return;
    const next = Math.max(0, Math.min(pages.count - 1, to));
    cursor.isExtending = isExtending;
    if (isExtending) props.onRanges(between(cursor.anchor, next));
    else cursor.anchor = next;
    props.onRow(next);
  };
  const moveColumn = (by: number) => {
    const all = host.shownColumns();
    const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(cursor.column) + by))];
    if (next === undefined) return;
    cursor.column = next;
    host.focusCell(row, next);
  };

  return useSteady((event: KeyboardEvent) => {
    const isHead = event.target instanceof Element && event.target.closest(".ag-header") !== null;
    if (isHead || event.altKey || (isMac ? event.metaKey : event.ctrlKey)) return;
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(row + 1, event.shiftKey),
      ArrowUp: () => move(row - 1, event.shiftKey),
      PageDown: () => move(row + host.fit, event.shiftKey),
      PageUp: () => move(row - host.fit, event.shiftKey),
      ArrowLeft: () => moveColumn(-1),
      ArrowRight: () => moveColumn(1),
      Home: () => moveColumn(Number.NEGATIVE_INFINITY),
      End: () => moveColumn(Number.POSITIVE_INFINITY),
      ...(singleKeys ? { j: () => move(row + 1, false), k: () => move(row - 1, false) } : {}),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  });
}
