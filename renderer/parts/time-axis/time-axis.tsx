import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { useSession } from "../../session/session.tsx";
import { counted } from "../../text/format.ts";
import { inertText } from "../inert.tsx";
import { type AxisData, type Bar, barFilter, barsOf, barWords } from "./axis.ts";
import { type Mark, marksOf } from "./marks.ts";
import { Patterns } from "./patterns.tsx";
import { type Scale, scaleOf, ticks } from "./scale.ts";
import { useWidth } from "./use-width.ts";
import "./time-axis.css";

const LEFT_PX = 56;
const RIGHT_PX = 8;
const LABEL_ROW_PX = 13;
const GRANT_PX = 9;
const MAX_GRANTS = 4;
const CALLS_PX = 64;
const AXIS_PX = 20;
const DAY_MS = 86_400_000;

/** Grants, calls and marks of one developer on one axis of time. Pointer and arrows say a bar's numbers; Enter or a click opens its calls. */
export function TimeAxis({ data }: { data: AxisData }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div ref={box} className="time-axis">
      {width > 0 && <Drawing data={data} width={width} />}
    </div>
  );
}

function Drawing({ data, width }: { data: AxisData; width: number }): ReactNode {
  const session = useSession();
  const [at, setAt] = useState<number>();
  const scale = scaleOf(data.from, data.to, width - LEFT_PX - RIGHT_PX);
  const { days, bars } = useMemo(
    () => barsOf(data, scale.width / ((scale.to - scale.from) / DAY_MS)),
    [data, scale.width, scale.to, scale.from],
  );
  const open = (index: number | undefined) => {
    const bar = index === undefined ? undefined : bars[index];
    if (bar?.counts.some((count) => count > 0)) session.go({ screen: "explore", text: barFilter(data, bar) });
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT_PX;
    const time = scale.from + (x / scale.width) * (scale.to - scale.from);
    const index = bars.findIndex((bar) => bar.from <= time && time < bar.to);
    setAt(x < 0 || index < 0 ? undefined : index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || bars.length === 0) return;
    const last = bars.length - 1;
    const moved = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? 1) - 1, Home: 0, End: last }[event.key];
    if (moved !== undefined) setAt(Math.max(0, Math.min(last, moved)));
    else if (event.key === "Enter") open(at);
    else return;
    event.preventDefault();
  };
  const bar = at === undefined ? undefined : bars[at];
  return (
    <>
      <div
        className="axis-slider"
        role="slider"
        tabIndex={0}
        aria-label="Calls by day"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, bars.length)}
        aria-valuenow={(at ?? 0) + 1}
        aria-valuetext={bar ? barWords(data, bar) : "Arrow keys walk the days, Enter opens their calls"}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(undefined)}
        onBlur={() => setAt(undefined)}
        onClick={() => open(at)}
      >
        <Picture data={data} scale={scale} days={days} bars={bars} current={bar} />
      </div>
      <p className="axis-figures" aria-hidden>
        {bar ? barWords(data, bar) : ""}
      </p>
    </>
  );
}

interface PictureProps {
  readonly data: AxisData;
  readonly scale: Scale;
  readonly days: number;
  readonly bars: readonly Bar[];
  readonly current: Bar | undefined;
}

function Picture({ data, scale, days, bars, current }: PictureProps): ReactNode {
  const id = useId();
  const rows = grantRows(data);
  const marks = marksOf(data.marks, scale);
  const labels = marks.length === 0 ? 4 : 5 + LABEL_ROW_PX * (1 + Math.max(...marks.map((mark) => mark.row)));
  const shown = rows.slice(0, MAX_GRANTS);
  const grants = Math.max(1, shown.length) * (GRANT_PX + 3);
  const base = labels + grants + 8 + CALLS_PX;
  const most = bars.reduce((high, bar) => Math.max(high, total(bar)), 1);
  return (
    <svg width={scale.width + LEFT_PX + RIGHT_PX} height={base + AXIS_PX} role="img" aria-label={summary(data)}>
      <Patterns id={id} />
      <text className="axis-name" x={0} y={labels + 9}>
        Grants
      </text>
      <text className="axis-name" x={0} y={base - CALLS_PX / 2 + 4}>
        Calls
      </text>
      <text className="axis-text" x={0} y={base - CALLS_PX / 2 + 20}>
        {days === 1 ? "a day" : `${days} days`}
      </text>
      <text className="axis-text" x={LEFT_PX - 6} y={base - CALLS_PX + 8} textAnchor="end">
        {figure(most)}
      </text>
      <g transform={`translate(${LEFT_PX} 0)`}>
        <GrantBars rows={shown} more={rows.length - shown.length} top={labels} foot={labels + grants} scale={scale} />
        {current && (
          <rect
            className="axis-current"
            x={scale.at(current.from)}
            y={labels}
            width={Math.max(3, scale.at(current.to) - scale.at(current.from))}
            height={base - labels}
          />
        )}
        {data.kinds.map(({ look }, kind) => (
          <path
            key={look}
            d={pathOf(bars, kind, scale, base, most)}
            className={`stack-${look}`}
            {...(look === "may" || look === "tried" ? { fill: `url(#${id}-${look})` } : {})}
          />
        ))}
        <line className="axis-line" x1={0} x2={scale.width} y1={base + 0.5} y2={base + 0.5} />
        {ticks(scale).map(({ time, label }) => (
          <g key={time} transform={`translate(${Math.round(scale.at(time)) + 0.5} 0)`}>
            <line className="axis-line" y1={base} y2={base + 4} />
            <text
              className="axis-text"
              y={base + 16}
              textAnchor={scale.at(time) < 24 ? "start" : scale.at(time) > scale.width - 24 ? "end" : "middle"}
            >
              {label}
            </text>
          </g>
        ))}
        {marks.map((mark) => (
          <MarkLine
            key={mark.label}
            mark={mark}
            x={Math.round(scale.at(mark.time)) + 0.5}
            top={labels - 4}
            foot={base}
          />
        ))}
      </g>
    </svg>
  );
}

function MarkLine({ mark, x, top, foot }: { mark: Mark; x: number; top: number; foot: number }): ReactNode {
  return (
    <g transform={`translate(${x} 0)`}>
      <line className={mark.isBad ? "mark-line danger" : "mark-line"} y1={top} y2={foot} />
      <text
        className={mark.isBad ? "mark-text danger" : "mark-text"}
        x={mark.dx}
        y={11 + mark.row * LABEL_ROW_PX}
        textAnchor={mark.anchor}
      >
        {mark.label}
      </text>
    </g>
  );
}

type GrantRow = readonly { readonly from: number; readonly until: number }[];

function GrantBars({
  rows,
  more,
  top,
  foot,
  scale,
}: {
  rows: readonly GrantRow[];
  more: number;
  top: number;
  foot: number;
  scale: Scale;
}): ReactNode {
  return (
    <>
      {rows.map((spans, row) =>
        spans
          .filter(({ from, until }) => until > scale.from && from < scale.to)
          .map(({ from, until }) => {
            const x = scale.at(from);
            return (
              <rect
                key={`${from} ${until}`}
                className="grant-bar"
                x={x + 0.5}
                y={top + row * (GRANT_PX + 3) + 0.5}
                width={Math.max(2, scale.at(until) - x - 1)}
                height={GRANT_PX}
              />
            );
          }),
      )}
      {more > 0 && (
        <text className="axis-text" x={scale.width} y={foot + 6} textAnchor="end">
          and {more} more
        </text>
      )}
    </>
  );
}

/** One row an app and permission, its grants beside each other. */
function grantRows({ grants }: AxisData): GrantRow[] {
  const rows = new Map<string, { from: number; until: number }[]>();
  for (const { app, permission, from, until } of grants) {
    const key = `${app} ${permission}`;
    const spans = rows.get(key) ?? [];
    spans.push({
      from: from === undefined ? -Infinity : Date.parse(from),
      until: until === undefined ? Infinity : Date.parse(until),
    });
    rows.set(key, spans);
  }
  return [...rows.values()];
}

const total = ({ counts }: Bar): number => counts.reduce((sum, count) => sum + count, 0);

/** One path a kind: its bars on top of the kinds below it, 1 px apart. */
function pathOf(bars: readonly Bar[], kind: number, scale: Scale, base: number, most: number): string {
  let path = "";
  for (const { from, to, counts } of bars) {
    const count = counts[kind] as number;
    if (count === 0) continue;
    const x = scale.at(from);
    const w = Math.max(1, scale.at(to) - x - 1);
    const foot = base - (counts.slice(0, kind).reduce((sum, each) => sum + each, 0) / most) * CALLS_PX;
    const h = Math.max(1, (count / most) * CALLS_PX);
    path += `M${x.toFixed(1)} ${foot.toFixed(1)}h${w.toFixed(1)}v${(-h).toFixed(1)}h${(-w).toFixed(1)}z`;
  }
  return path;
}

function summary({ developer, grants, kinds, marks }: AxisData): string {
  const all = kinds.flatMap((kind) => [...kind.days]).reduce((sum, count) => sum + count, 0);
  const said = marks.map(({ label }) => `, ${label}`).join("");
  return `${inertText(developer)}: ${counted(grants.length, "grant")}, ${counted(all, "call")}${said}. The table has the numbers.`;
}
