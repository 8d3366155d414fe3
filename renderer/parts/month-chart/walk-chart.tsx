import type { ECharts, EChartsCoreOption } from "echarts/core";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { Colours } from "../../../shared/charts/month-bars.ts";
import { useShared } from "../../session/session.tsx";
import { chartIn, token } from "./echart.ts";
import "./month-chart.css";

interface Props<Item> {
  /** What a screen reader calls the place on it. */
  readonly label: string;
  readonly hint: string;
  readonly items: readonly Item[];
  option(items: readonly Item[], colours: Colours): EChartsCoreOption;
  /** The figures of one, shown under the pointer and said. */
  words(item: Item): string;
  /** Enter or a click. */
  onOpen(item: Item): void;
}

/** A chart that is walked item by item: arrows and the pointer say the figures, Enter or a click opens what is behind them. */
export function WalkChart<Item>({ label, hint, items, option, words, onOpen }: Props<Item>): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | undefined>(undefined);
  const isDark = useShared((state) => state.dark);
  const [at, setAt] = useState<number>();
  const latest = useRef({ items, onOpen });
  latest.current = { items, onOpen };

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = chartIn(element);
    chart.current = made;
    // Of the place under the pointer, whether a mark stands there or not.
    const itemAt = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }) => {
      if (!made.containPixel("grid", [offsetX, offsetY])) return undefined;
      const [index] = made.convertFromPixel("grid", [offsetX, offsetY]);
      return index === undefined
        ? undefined
        : Math.max(0, Math.min(latest.current.items.length - 1, Math.round(index)));
    };
    const surface = made.getZr();
    surface.on("mousemove", (event) => setAt(itemAt(event)));
    surface.on("globalout", () => setAt(undefined));
    surface.on("click", (event) => {
      const index = itemAt(event);
      const item = index === undefined ? undefined : latest.current.items[index];
      if (item !== undefined) latest.current.onOpen(item);
    });
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, []);

  useEffect(() => {
    const named = (name: string) => token(name);
    const colours = {
      got: named("got"),
      may: named("may"),
      tried: named("tried"),
      edge: named("edge"),
      panel: named("panel"),
      text: named("text"),
      muted: named("muted"),
      onGot: isDark ? named("on-accent") : named("panel"),
    };
    const draw = () => chart.current?.setOption(option(items, colours), true);
    draw();
    // the bundled fonts may come after the first frame: a canvas does not draw itself again
    void document.fonts.ready.then(draw);
  }, [items, isDark, option]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = items.length - 1;
    const moved = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? 1) - 1, Home: 0, End: last }[event.key];
    const item = at === undefined ? undefined : items[at];
    if (moved !== undefined) setAt(Math.max(0, Math.min(last, moved)));
    else if (event.key === "Enter" && item !== undefined) onOpen(item);
    else return;
    event.preventDefault();
  };
  const item = at === undefined ? undefined : items[at];
  return (
    <div className="month-chart">
      <div
        ref={box}
        className="month-canvas"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={Math.max(1, items.length)}
        aria-valuenow={(at ?? 0) + 1}
        aria-valuetext={item === undefined ? hint : words(item)}
        onKeyDown={onKeyDown}
        onBlur={() => setAt(undefined)}
      />
      <p className="month-line" aria-hidden>
        {item === undefined ? "" : words(item)}
      </p>
    </div>
  );
}
