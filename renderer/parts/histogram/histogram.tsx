import type { EChartsType } from "echarts/core";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useShared } from "../../session/session.tsx";
import { useCommand } from "../../session/use-command.ts";
import { bucketsOf, edgesOf, timeAt } from "./bars.ts";
import { draw, openChart } from "./chart.ts";
import type { Drawing } from "./drawing.ts";
import { RangeSliders } from "./range-sliders.tsx";
import "./histogram.css";

/** Milliseconds that the mark of a drag stays when no other bars come. */
const DRAG_MARK_MS = 400;

interface HistogramProps extends Omit<Drawing, "width"> {
  /** The filter does not parse: the bars wait. */
  readonly isWaiting: boolean;
  onLog(): void;
  onZoom(span: { from: number; to: number } | undefined): void;
  /** A range in the course of being drawn. */
  onDraw(range: { from: number; to: number }): void;
  onRange(range: { from: number; to: number }): void;
}

/** Bars over time. A drag over them, or the two sliders by keys, choose a range, on the edges of the bars. */
export function Histogram({ isWaiting, onLog, onZoom, onDraw, onRange, ...drawing }: HistogramProps): ReactNode {
  const region = useRef<HTMLElement>(null);
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | undefined>(undefined);
  /** The mark of a drag that is over is still there. */
  const mark = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [width, setWidth] = useState(0);
  const dark = useShared((state) => state.dark);
  const edges = edgesOf(drawing.histogram);
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
      mark.current = setTimeout(unmark, DRAG_MARK_MS);
    });
    return () => {
      clearTimeout(mark.current);
      watch.disconnect();
      opened.dispose();
      chart.current = undefined;
    };
  }, []);
  const { histogram, stack, isLog, range, bookmarks, gaps } = drawing;
  // in the same frame as the number above the rows
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the colours are
  useLayoutEffect(() => {
    if (!chart.current || width === 0) return;
    draw(chart.current, { histogram, stack, isLog, range, bookmarks, gaps, width });
    unmark();
  }, [histogram, stack, isLog, range, bookmarks, gaps, width, dark]);

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
        <RangeSliders edges={edges} range={range} width={width} isWaiting={isWaiting} onRange={onRange} />
      )}
    </section>
  );
}
