import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { useSteady } from "../../session/use-steady.ts";
import type { GridHost } from "./host.ts";
import { ROW_PX } from "./theme.ts";

/** The bar's height at most: beyond, a browser's own numbers lose rows. */
const MAX_HEIGHT_PX = 8_000_000;

/** Within this time a bar that we moved says so. */
const TOLD_WITHIN_MS = 60;

/** After this time without a scroll the bar stands where the rows are to the last. */
const REST_MS = 150;

/** What a bar says of itself and what it was told may be this far apart. */
const ROUNDING_PX = 2;

const heightOf = (count: number) => Math.min(MAX_HEIGHT_PX, count * ROW_PX);

interface BarState {
  /** Where we moved the thumb last; undefined where a hand did. */
  byUs: number | undefined;
  toldAt: number;
  height: number;
  /** The move that is left for when the rows are at rest. */
  move?: (() => void) | undefined;
  timer?: ReturnType<typeof setTimeout> | undefined;
}

/** The scroll bar of a host's rows. */
export function Bar({ host, count }: { host: GridHost; count: number }): ReactNode {
  const bar = useRef<HTMLDivElement>(null);
  const state = useRef<BarState>({ byUs: undefined, toldAt: Number.NEGATIVE_INFINITY, height: 0 }).current;

  /** What the bar still has to do: now, or no more. */
  const settle = useSteady((isNow: boolean) => {
    clearTimeout(state.timer);
    if (isNow) state.move?.();
    state.move = undefined;
  });
  /** The thumb follows the rows: where it moves by less than can be seen, at rest, for each move costs a frame more. */
  const follow = useSteady((top: number, fit: number) => {
    settle(false);
    if (count <= fit) return;
    // not measured: the page would be laid out with every notch of the wheel
    const at = Math.round((top / (count - fit)) * Math.max(0, heightOf(count) - fit * ROW_PX));
    const seen = heightOf(count) / (fit * ROW_PX) / 2;
    const move = () => {
      if (!bar.current || at === state.byUs) return;
      state.byUs = at;
      state.toldAt = performance.now();
      bar.current.scrollTop = at;
    };
    if (state.byUs === undefined || Math.abs(at - state.byUs) >= seen) return move();
    state.move = move;
    state.timer = setTimeout(move, REST_MS);
  });
  useLayoutEffect(() => host.watch(follow), [host, follow]);
  useEffect(() => () => settle(false), [settle]);

  const onScroll = () => {
    // the bar tells a moment later of what we did to it: asking where it stands would lay out the page
    const isTold = performance.now() - state.toldAt < TOLD_WITHIN_MS;
    state.toldAt = Number.NEGATIVE_INFINITY;
    const target = bar.current;
    if (isTold || !target) return;
    if (state.byUs !== undefined && Math.abs(target.scrollTop - state.byUs) <= ROUNDING_PX) return;
    const before = state.height;
    state.height = target.clientHeight;
    // another window, not another place: the bar follows the rows
    if (before !== 0 && before !== state.height) return follow(host.top, host.fit);
    const travel = target.scrollHeight - target.clientHeight;
    state.byUs = undefined;
    void host.scrollTo(((count - host.fit) * target.scrollTop) / Math.max(1, travel));
  };

  return (
    <div
      ref={bar}
      className="grid-bar"
      onPointerEnter={() => settle(true)}
      onScroll={onScroll}
      aria-hidden
      tabIndex={-1}
    >
      <div style={{ height: heightOf(count) }} />
    </div>
  );
}
