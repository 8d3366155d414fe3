import type { ECharts } from "echarts/core";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useShared } from "../../session/session.tsx";
import { LevelSwatch } from "../finding-table/level.tsx";
import { chartIn, token } from "./echart.ts";
import { KIND_WORDS, KINDS, type Kind, type Month, monthOption } from "./option.ts";
import "./month-chart.css";
import type { Level } from "../../../shared/model/level.ts";

const LEVEL_OF: Readonly<Record<Kind, Level>> = {
  got: "obtained",
  may: "possible",
  tried: "attempted",
  kept: "entitled",
};

interface Props {
  readonly months: readonly Month[];
  /** To the calls of a month. */
  readonly onOpen: (month: string) => void;
}

/** Developers by month as bars. Arrows walk the months and say their numbers, Enter or a click opens the month's calls. */
export function MonthChart({ months, onOpen }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | undefined>(undefined);
  const isDark = useShared((state) => state.dark);
  const [at, setAt] = useState<number>();
  const latest = useRef({ months, onOpen });
  latest.current = { months, onOpen };

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = chartIn(element);
    chart.current = made;
    made.on("mouseover", ({ dataIndex }) => setAt(dataIndex));
    made.on("mouseout", () => setAt(undefined));
    made.on("click", ({ dataIndex }) => {
      const month = latest.current.months[dataIndex];
      if (month) latest.current.onOpen(month.month);
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
    const draw = () => chart.current?.setOption(monthOption(months, colours), true);
    draw();
    // the bundled fonts may come after the first frame: a canvas does not draw itself again
    void document.fonts.ready.then(draw);
  }, [months, isDark]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = months.length - 1;
    const moved = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? 1) - 1, Home: 0, End: last }[event.key];
    const month = at === undefined ? undefined : months[at];
    if (moved !== undefined) setAt(Math.max(0, Math.min(last, moved)));
    else if (event.key === "Enter" && month) onOpen(month.month);
    else return;
    event.preventDefault();
  };
  const month = at === undefined ? undefined : months[at];
  return (
    <div className="month-chart">
      <div
        ref={box}
        className="month-canvas"
        role="slider"
        tabIndex={0}
        aria-label="Month"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, months.length)}
        aria-valuenow={(at ?? 0) + 1}
        aria-valuetext={month ? wordsOf(month) : "Arrow keys walk the months"}
        onKeyDown={onKeyDown}
        onBlur={() => setAt(undefined)}
      />
      <p className="month-line" aria-hidden>
        {month ? wordsOf(month) : ""}
      </p>
    </div>
  );
}

export function MonthLegend(): ReactNode {
  return (
    <span className="chart-legend">
      {KINDS.map((kind) => (
        <span key={kind} className="level-mark">
          <LevelSwatch level={LEVEL_OF[kind]} />
          {KIND_WORDS[kind]}
        </span>
      ))}
    </span>
  );
}

function wordsOf(month: Month): string {
  const parts = KINDS.filter((kind) => month[kind] > 0).map(
    (kind) => `${month[kind]} ${KIND_WORDS[kind].toLowerCase()}`,
  );
  return `${month.month}: ${parts.length === 0 ? "nobody" : parts.join("; ")}`;
}
