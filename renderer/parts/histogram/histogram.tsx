import type { EChartsType } from "echarts/core";
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useShared } from "../../session/session.tsx";
import { useCommand } from "../../session/use-command.ts";
import { bucketsOf, type Edges, edgesOf, edgeWords, timeAt } from "./bars.ts";
import { type Drawn, draw, FRAME, openChart } from "./chart.ts";
import "./histogram.css";

/** Milliseconds after which the mark of a drag goes, though no other bars came. */
const ANSWERED = 400;

interface HistogramProps extends Omit<Drawn, "width"> {
  /** The filter does not parse: the bars wait. */
  readonly isWaiting: boolean;
  onLog(): void;
  onZoom(span: { from: number; to: number } | undefined): void;
  /** A range in the course of being drawn. */
  onDraw(range: { from: number; to: number }): void;
  onRange(range: { from: number; to: number }): void;
}

/** Bars over time. A drag over them, or the two sliders by keys, choose a range, on the edges of the bars. */
export function Histogram({ isWaiting, onLog, onZoom, onDraw, onRange, ...drawn }: HistogramProps): ReactNode {
  const region = useRef<HTMLElement>(null);
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | undefined>(undefined);
  /** The mark of a drag that is over is still there. */
  const mark = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [width, setWidth] = useState(0);
  const dark = useShared((state) => state.dark);
  const edges = edgesOf(drawn.histogram);
  const unmark = () => {
    if (mark.current === undefined) return;
    clearTimeout(mark.current);
    mark.current = undefined;
    chart.current?.dispatchAction({ type: "brush", areas: [] });
  };
  const latest = useRef({ edges, onDraw, onRange, isWaiting });
  latest.current = { edges, onDraw, onRange, isWaiting };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chart is made once, and what takes a mark away reads what is latest
  useEffect(() => {
    const target = element.current as HTMLDivElement;
    const opened = openChart(target);
    chart.current = opened;
    const watch = new ResizeObserver(() => {
      opened.resize();
      setWidth(target.clientWidth);
    });
    // tells its width with the next frame: the chart is made in this task, and drawn in another
    watch.observe(target);
    const drawnOver = (event: unknown) => {
      const [area] = (event as { areas: { coordRange: [number, number] }[] }).areas;
      const { edges, isWaiting } = latest.current;
      if (!area || isWaiting) return undefined;
      const cut = (bucket: number) => Math.min(edges.buckets, Math.max(0, bucket));
      const [first, end] = [cut(Math.floor(area.coordRange[0])), cut(Math.ceil(area.coordRange[1]))];
      return end > first ? { from: timeAt(edges, first), to: timeAt(edges, end) } : undefined;
    };
    // else it would take the next drag with it
    opened.getZr().on("mousedown", unmark);
    opened.on("brush", (event) => {
      const range = drawnOver(event);
      if (range) latest.current.onDraw(range);
    });
    opened.on("brushEnd", (event) => {
      const range = drawnOver(event);
      if (range) latest.current.onRange(range);
      // taking the mark away takes a while: it goes with the bars that come for it
      mark.current = setTimeout(unmark, ANSWERED);
    });
    return () => {
      clearTimeout(mark.current);
      watch.disconnect();
      opened.dispose();
      chart.current = undefined;
    };
  }, []);
  const { histogram, stack, isLog, range, marks, gaps } = drawn;
  // in the same frame as the number above the rows
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the colours are
  useLayoutEffect(() => {
    if (!chart.current || width === 0) return;
    draw(chart.current, { histogram, stack, isLog, range, marks, gaps, width });
    unmark();
  }, [histogram, stack, isLog, range, marks, gaps, width, dark]);

  const zoom = (factor: number) => {
    const [first, end] = bucketsOf(edges, range);
    const from = timeAt(edges, first);
    const to = timeAt(edges, end);
    const isAll = first === 0 && end === edges.buckets;
    const middle = (from + to) / 2;
    const span = factor < 1 && !isAll ? to - from : edges.buckets * edges.step * factor;
    onZoom({ from: Math.round(middle - span / 2), to: Math.round(middle + span / 2) });
  };
  useCommand("histogram.log", onLog);
  useCommand("histogram.in", () => zoom(0.5), { within: region });
  useCommand("histogram.out", () => zoom(2), { within: region });
  useCommand("histogram.reset", () => onZoom(undefined), { within: region });

  return (
    <section ref={region} className="histogram" aria-label="Calls over time" data-region>
      <div ref={element} className="histogram-chart" aria-hidden />
      {isLog && <span className="histogram-log muted">log</span>}
      {width > 0 && edges.buckets > 0 && (
        <Sliders edges={edges} range={range} width={width} isWaiting={isWaiting} onRange={onRange} />
      )}
    </section>
  );
}

interface SlidersProps {
  readonly edges: Edges;
  readonly range: Drawn["range"];
  readonly width: number;
  readonly isWaiting: boolean;
  onRange(range: { from: number; to: number }): void;
}

/** The way without a mouse: two ends of a range. Arrows move one, Shift and arrows both, Enter applies. */
function Sliders({ edges, range, width, isWaiting, onRange }: SlidersProps): ReactNode {
  const applied = bucketsOf(edges, range);
  const [moved, setMoved] = useState<[number, number]>();
  const [first, end] = moved ?? applied;
  const key = `${edges.from} ${edges.step} ${applied.join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another range or axis ends what was begun
  useEffect(() => setMoved(undefined), [key]);
  const plot = width - FRAME.left - FRAME.right;
  const left = (bucket: number) => FRAME.left + (bucket / edges.buckets) * plot;

  const apply = (to: [number, number]) => {
    if (!isWaiting && (to[0] !== applied[0] || to[1] !== applied[1]))
      onRange({ from: timeAt(edges, to[0]), to: timeAt(edges, to[1]) });
  };
  const move = (side: 0 | 1, by: number, both: boolean) => {
    const shift = (bucket: number) => Math.min(edges.buckets, Math.max(0, bucket + by));
    if (both) {
      if (first + by < 0 || end + by > edges.buckets) return;
      setMoved([first + by, end + by]);
    } else setMoved(side === 0 ? [Math.min(shift(first), end - 1), end] : [first, Math.max(shift(end), first + 1)]);
  };
  const onKeyDown = (side: 0 | 1) => (event: KeyboardEvent) => {
    // Alt and an arrow is Back or Forward, also from here
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.round(edges.buckets / 10));
    const step: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageUp: page,
      PageDown: -page,
      Home: -edges.buckets,
      End: edges.buckets,
    };
    const by = step[event.key];
    if (by !== undefined) move(side, by, event.shiftKey);
    else if (event.key === "Enter") apply([first, end]);
    else if (event.key === "Escape" && moved) setMoved(undefined);
    else return;
    event.preventDefault();
  };
  const onPointer = (side: 0 | 1) => ({
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
      const box = event.currentTarget.parentElement?.getBoundingClientRect();
      const bucket = Math.round(((event.clientX - (box?.left ?? 0) - FRAME.left) / plot) * edges.buckets);
      move(side, bucket - (side === 0 ? first : end), false);
    },
    onPointerUp: () => apply([first, end]),
  });
  const slider = (side: 0 | 1) => {
    const bucket = side === 0 ? first : end;
    return (
      <div
        className="histogram-slider"
        role="slider"
        tabIndex={0}
        aria-label={side === 0 ? "From" : "To"}
        aria-valuemin={0}
        aria-valuemax={edges.buckets}
        aria-valuenow={bucket}
        aria-valuetext={`${edgeWords(timeAt(edges, bucket), edges.step)} UTC${moved ? ", Enter applies" : ""}`}
        style={{ left: left(bucket) }}
        onKeyDown={onKeyDown(side)}
        {...onPointer(side)}
      />
    );
  };
  return (
    <>
      {moved && <div className="histogram-moved" style={{ left: left(first), width: left(end) - left(first) }} />}
      {moved && (
        <span className="histogram-words" style={{ left: Math.min(left(first) + 4, width - 300) }}>
          {edgeWords(timeAt(edges, first), edges.step)} to {edgeWords(timeAt(edges, end), edges.step)} UTC: Enter
          applies
        </span>
      )}
      {slider(0)}
      {slider(1)}
    </>
  );
}
