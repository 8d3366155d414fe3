import {
  type FocusEvent,
  forwardRef,
  type KeyboardEvent,
  memo,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type WheelEvent,
} from "react";
import { isMac } from "../../commands/platform.ts";
import { useShared } from "../../session/session.tsx";
import { GridHost, type Layout, ROW } from "./host.ts";
import type { Pages } from "./pages.ts";
import { added, type Ranges, toggled } from "./ranges.ts";
import "./grid.css";

/** The scroll bar's height at most: beyond, a browser's own numbers lose rows. */
const TALLEST = 8_000_000;

/** Milliseconds between two pictures of rows that fly by. */
const FAST = 30;

/** Milliseconds in which a bar that we moved says so. */
const TOLD_WITHIN = 60;

/** Milliseconds without a scroll after which the bar stands where the rows are to the last. */
const REST = 150;

const heightOf = (count: number) => Math.min(TALLEST, count * ROW);

interface GridProps {
  readonly label: string;
  /** The rows of one answer; another object is another answer. */
  readonly pages: Pages;
  /** Rows of another filter or order begin at the current row; those of the same stay where they are. */
  readonly listKey: string;
  readonly row: number;
  readonly ranges: Ranges;
  readonly sort: string | undefined;
  readonly tags: readonly string[];
  readonly layout: Layout;
  onRow(row: number): void;
  onRanges(ranges: Ranges): void;
  onSort(sort: string | undefined): void;
  onOpen(): void;
  onMenu(at: { left: number; top: number }): void;
  onLayout(layout: Layout): void;
  /** The first row seen, and how many are. */
  onView(top: number, fit: number): void;
}

export interface GridHandle {
  /** The column that keys act on. */
  column(): string;
  focus(): void;
  showColumns(visible: ReadonlySet<string>): void;
  shownColumns(): string[];
  /** Extends the selection from where it was begun to the current row. */
  extend(): void;
  /** Where a menu of the current cell belongs. */
  place(): { left: number; top: number };
}

const Drawn = forwardRef<GridHandle, GridProps>(function Grid(props, handle) {
  const element = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const host = useRef<GridHost | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  /** Where a selection is extended from: the row that was gone to last, by whatever way, without Shift. */
  const anchor = useRef(0);
  const isExtending = useRef(false);
  const column = useRef("time");
  const shown = useRef<{ pages?: Pages; listKey?: string }>({});
  const wheel = useRef({ rows: 0, frame: 0, at: 0 });
  const byUs = useRef(-1);
  const toldAt = useRef(Number.NEGATIVE_INFINITY);
  const atRest = useRef<{ timer?: ReturnType<typeof setTimeout>; move?: () => void }>({});
  const tall = useRef(0);
  const isPressed = useRef(false);
  const singleKeys = useShared((state) => state.settings.singleKeys);
  const [fit, setFit] = useState(20);
  const { pages, listKey, row, ranges, sort, tags } = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the grid is made once, and reads what is latest
  useLayoutEffect(() => {
    const opened = new GridHost(element.current as HTMLElement, latest.current.label, latest.current.layout, {
      onPress: (at, id, event) => {
        const { ranges, onRanges, onRow } = latest.current;
        column.current = id;
        isExtending.current = event.shiftKey;
        if (event.shiftKey) onRanges(added([], Math.min(anchor.current, at), Math.max(anchor.current, at) + 1));
        else if (isMac ? event.metaKey : event.ctrlKey) onRanges(toggled(ranges, at));
        if (!event.shiftKey) anchor.current = at;
        onRow(at);
      },
      onOpen: () => latest.current.onOpen(),
      onMenu: (at, id, where) => {
        column.current = id;
        latest.current.onRow(at);
        latest.current.onMenu(where);
      },
      onSort: (next) => latest.current.onSort(next),
      onLayout: (layout) => latest.current.onLayout(layout),
      onView: (top, visible) => {
        setFit(visible);
        place(top, visible);
        latest.current.onView(top, visible);
      },
    });
    host.current = opened;
    return () => {
      cancelAnimationFrame(wheel.current.frame);
      clearTimeout(atRest.current.timer);
      opened.destroy();
      host.current = undefined;
      shown.current = {};
    };
  }, []);

  useLayoutEffect(() => {
    const opened = host.current;
    if (!opened) return;
    opened.tags = tags;
    opened.sort = sort;
    if (shown.current.pages !== pages) {
      const isSame = shown.current.listKey === listKey;
      shown.current = { pages, listKey };
      if (!isSame) anchor.current = latest.current.row;
      opened.show(pages, isSame ? undefined : Math.max(0, latest.current.row - 3));
    }
    opened.ranges = ranges;
  }, [pages, listKey, ranges, sort, tags]);
  useEffect(() => {
    if (!isExtending.current) anchor.current = row;
    isExtending.current = false;
  }, [row]);
  useEffect(() => {
    const hasFocus = element.current?.contains(document.activeElement) ?? false;
    if (pages.count > 0) void host.current?.moveTo(row, column.current, hasFocus);
  }, [row, pages]);

  /** The scroll bar's thumb follows the rows: where it moves by less than can be seen, at rest, for each move costs a frame more. */
  const place = (top: number, visible: number) => {
    const { count } = latest.current.pages;
    settle(false);
    if (count <= visible) return;
    // not measured: the page would be laid out with every notch of the wheel
    const at = Math.round((top / (count - visible)) * Math.max(0, heightOf(count) - visible * ROW));
    const seen = heightOf(count) / (visible * ROW) / 2;
    const move = () => {
      if (!bar.current || at === byUs.current) return;
      byUs.current = at;
      toldAt.current = performance.now();
      bar.current.scrollTop = at;
    };
    if (byUs.current < 0 || Math.abs(at - byUs.current) >= seen) move();
    else atRest.current = { move, timer: setTimeout(move, REST) };
  };
  /** What the bar still has to do: now, or no more. */
  const settle = (isNow = true) => {
    clearTimeout(atRest.current.timer);
    if (isNow) atRest.current.move?.();
    atRest.current = {};
  };
  const onBar = () => {
    // the bar tells a moment later of what we did to it: asking where it stands would lay out the page
    const isTold = performance.now() - toldAt.current < TOLD_WITHIN;
    toldAt.current = Number.NEGATIVE_INFINITY;
    const target = bar.current;
    if (isTold || !target || Math.abs(target.scrollTop - byUs.current) <= 2) return;
    const before = tall.current;
    tall.current = target.clientHeight;
    // another window, not another place: the bar follows the rows
    if (before !== 0 && before !== tall.current) return place(host.current?.top ?? 0, fit);
    const travel = target.scrollHeight - target.clientHeight;
    byUs.current = -1;
    void host.current?.scrollTo(((pages.count - fit) * target.scrollTop) / Math.max(1, travel));
  };
  const onWheel = (event: WheelEvent) => {
    if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    const unit = event.deltaMode === 1 ? 1 : event.deltaMode === 2 ? fit : 1 / ROW;
    wheel.current.rows += event.deltaY * unit;
    if (wheel.current.frame === 0) wheel.current.frame = requestAnimationFrame(turn);
  };
  /** As far as the wheel says, once a frame; where half a page and more goes by with each, less often: nobody reads that. */
  const turn = () => {
    wheel.current.frame = 0;
    const opened = host.current;
    const whole = Math.trunc(wheel.current.rows);
    if (whole === 0 || !opened) return;
    const now = performance.now();
    if (2 * Math.abs(whole) >= opened.fit && now - wheel.current.at < FAST) {
      wheel.current.frame = requestAnimationFrame(turn);
      return;
    }
    wheel.current.at = now;
    wheel.current.rows -= whole;
    const go = () => void opened.scrollTo(opened.top + whole);
    if (2 * Math.abs(whole) < opened.fit) return go();
    // a page at once: written and laid out now, drawn with the next frame, so that neither holds up what else there is to do
    setTimeout(() => {
      if (host.current !== opened) return;
      go();
      opened.layOut();
    });
  };

  const move = (to: number, extends_: boolean) => {
    if (pages.count === 0) return;
    const next = Math.max(0, Math.min(pages.count - 1, to));
    isExtending.current = extends_;
    if (extends_) props.onRanges(added([], Math.min(anchor.current, next), Math.max(anchor.current, next) + 1));
    else anchor.current = next;
    props.onRow(next);
  };
  const moveColumn = (by: number) => {
    const all = host.current?.shownColumns() ?? [];
    const at = all.indexOf(column.current);
    const next = all[Math.max(0, Math.min(all.length - 1, at + by))];
    if (next === undefined) return;
    column.current = next;
    host.current?.focusCell(row, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isHead = event.target instanceof Element && event.target.closest(".ag-header") !== null;
    if (isHead || event.altKey || (isMac ? event.metaKey : event.ctrlKey)) return;
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(row + 1, event.shiftKey),
      ArrowUp: () => move(row - 1, event.shiftKey),
      PageDown: () => move(row + fit, event.shiftKey),
      PageUp: () => move(row - fit, event.shiftKey),
      ArrowLeft: () => moveColumn(-1),
      ArrowRight: () => moveColumn(1),
      Home: () => moveColumn(-100),
      End: () => moveColumn(100),
      ...(singleKeys ? { j: () => move(row + 1, false), k: () => move(row - 1, false) } : {}),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };

  /** A dialog gives the focus back to a cell that may be another row's by now: the current row has it. */
  const onFocus = ({ target }: FocusEvent) => {
    const at = target.closest(".ag-row")?.getAttribute("aria-rowindex");
    if (at !== undefined && at !== null && Number(at) - 2 !== latest.current.row && !isPressed.current)
      host.current?.focusCell(latest.current.row, column.current);
  };

  useImperativeHandle(handle, () => ({
    column: () => column.current,
    focus: () => host.current?.focusCell(latest.current.row, column.current),
    showColumns: (visible) => host.current?.showColumns(visible),
    shownColumns: () => host.current?.shownColumns() ?? [],
    extend: () => {
      const { row: at, onRanges } = latest.current;
      onRanges(added([], Math.min(anchor.current, at), Math.max(anchor.current, at) + 1));
    },
    place: () => {
      const cell = element.current?.querySelector(
        `.ag-row[aria-rowindex="${latest.current.row + 2}"] [col-id="${column.current}"]`,
      );
      const box = (cell ?? element.current)?.getBoundingClientRect();
      return { left: (box?.left ?? 0) + 8, top: (box?.top ?? 0) + ROW };
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
      <div ref={element} className="grid-rows" tabIndex={-1} />
      <div ref={bar} className="grid-bar" onPointerEnter={() => settle()} onScroll={onBar} aria-hidden tabIndex={-1}>
        <div style={{ height: heightOf(pages.count) }} />
      </div>
    </div>
  );
});

/** Rows of 24 pixels over a selection of any length. */
export const Grid = memo(Drawn);
