import { type RefObject, type UIEvent, useEffect, useLayoutEffect, useState } from "react";

/** Pixels, as in finding-table.css. */
export const ROW_HEIGHT_PX = 28;
/** Rows drawn beyond each end of what is seen. */
const SPARE_ROWS = 8;

interface VisibleRows {
  /** The rows to draw, [from, to). */
  readonly from: number;
  readonly to: number;
  /** How many rows a page key moves. */
  readonly page: number;
  readonly onScroll: ((event: UIEvent<HTMLDivElement>) => void) | undefined;
}

/** Which rows of a table are drawn: all, or those in view of one that scrolls by itself. The current row is kept in view. */
export function useVisibleRows(
  table: RefObject<HTMLDivElement | null>,
  count: number,
  current: number | undefined,
  fills: boolean,
): VisibleRows {
  const [view, setView] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const element = table.current;
    if (!fills || !element) return;
    const measure = () => setView((before) => ({ ...before, height: element.clientHeight }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [table, fills]);

  // below the headings
  useEffect(() => {
    const element = table.current;
    if (!element || current === undefined) return;
    if (!fills) {
      element.querySelector(`[aria-rowindex="${current + 2}"]`)?.scrollIntoView({ block: "nearest" });
      return;
    }
    const top = current * ROW_HEIGHT_PX;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * ROW_HEIGHT_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = top + 2 * ROW_HEIGHT_PX - element.clientHeight;
  }, [table, current, fills]);

  return {
    from: fills ? Math.max(0, Math.floor(view.top / ROW_HEIGHT_PX) - SPARE_ROWS) : 0,
    to: fills ? Math.min(count, Math.ceil((view.top + view.height) / ROW_HEIGHT_PX) + SPARE_ROWS) : count,
    page: Math.max(1, Math.floor(view.height / ROW_HEIGHT_PX) - 2),
    onScroll: fills
      ? ({ currentTarget: { scrollTop, clientHeight } }) => setView({ top: scrollTop, height: clientHeight })
      : undefined,
  };
}
