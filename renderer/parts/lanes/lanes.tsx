import { type ReactNode, useId, useRef, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CoverageLane, CoverageLanes } from "../../../shared/model/lanes.ts";
import { counted, day } from "../../text/format.ts";
import { inertText } from "../inert.tsx";
import { Patterns } from "../time-axis/patterns.tsx";
import { monthStart, type Scale, scaleOf, ticks } from "../time-axis/scale.ts";
import { useWidth } from "../time-axis/use-width.ts";
import { gapSentence } from "./gaps.ts";
import "./lanes.css";

const NAME_PX = 232;
const RIGHT_PX = 8;
const LANE_PX = 28;
const BAR_PX = 20;
const TOP_PX = 20;
const AXIS_PX = 22;
const DAY_MS = 86_400_000;

export interface Group {
  readonly title: string;
  readonly lanes: readonly CoverageLane[];
}

interface Props {
  readonly groups: readonly Group[];
  readonly span: Pick<CoverageLanes, "cutoff" | "as_of">;
  readonly onGap: (lane: CoverageLane, gap: CoverageLane["gaps"][number]) => void;
}

/** Events by day, a lane each, over one axis of time; gaps hatched and pressed like buttons. */
export function Lanes({ groups, span, onGap }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div ref={box} className="lanes">
      {width > 0 && <Drawing groups={groups} span={span} onGap={onGap} width={width} />}
    </div>
  );
}

/** The months that every lane and gap, cutoff and as-of lie in. */
function lanesScale(groups: readonly Group[], { cutoff, as_of }: Props["span"], width: number): Scale {
  let from = Infinity;
  let to = -Infinity;
  const take = (time: string | undefined) => {
    if (time === undefined) return;
    from = Math.min(from, Date.parse(time));
    to = Math.max(to, Date.parse(time));
  };
  for (const { lanes } of groups)
    for (const lane of lanes) {
      take(lane.from);
      take(lane.to);
      for (const gap of lane.gaps) {
        take(gap.from);
        take(gap.to);
      }
    }
  take(cutoff);
  take(as_of);
  if (!Number.isFinite(from)) return scaleOf(0, DAY_MS, width);
  return scaleOf(monthStart(from), to === monthStart(to) ? to : monthStart(to, 1), width);
}

function Drawing({ groups, span, onGap, width }: Props & { width: number }): ReactNode {
  const id = useId();
  const scale = lanesScale(groups, span, Math.max(100, width - NAME_PX - RIGHT_PX));
  const [at, setAt] = useState<Spot>();
  let y = TOP_PX;
  const placed = groups.map(({ title, lanes }) => {
    const head = y;
    y += 24;
    const rows = lanes.map((lane) => {
      const top = y;
      y += LANE_PX;
      return { lane, top };
    });
    y += 6;
    return { title, head, rows };
  });
  const base = y;
  const marks = [
    ...(span.cutoff === undefined ? [] : [{ time: Date.parse(span.cutoff), label: `cutoff ${day(span.cutoff)}` }]),
    ...(span.as_of === undefined ? [] : [{ time: Date.parse(span.as_of), label: `as-of ${day(span.as_of)}` }]),
  ];
  return (
    <>
      <svg
        width={width}
        height={base + AXIS_PX}
        role="group"
        aria-label="Calls by day, one lane a source and API, and their gaps"
        onPointerLeave={() => setAt(undefined)}
      >
        <Patterns id={id} />
        {placed.map(({ title, head, rows }) => (
          <g key={title}>
            <text className="lane-group" y={head + 16}>
              {title}
            </text>
            {rows.map(({ lane, top }) => (
              <Lane
                key={`${lane.source ?? ""} ${lane.api ?? ""}`}
                lane={lane}
                top={top}
                scale={scale}
                id={id}
                onGap={onGap}
                onSpot={setAt}
              />
            ))}
          </g>
        ))}
        <g transform={`translate(${NAME_PX} 0)`}>
          <line className="axis-line" x1={0} x2={scale.width} y1={base + 0.5} y2={base + 0.5} />
          {ticks(scale).map(({ time, label }) => (
            <g key={time} transform={`translate(${Math.round(scale.at(time)) + 0.5} 0)`}>
              <line className="axis-line" y1={base} y2={base + 4} />
              <text
                className="axis-text"
                y={base + 16}
                textAnchor={scale.at(time) > scale.width - 30 ? "end" : scale.at(time) < 24 ? "start" : "middle"}
              >
                {label}
              </text>
            </g>
          ))}
          {marks.map(({ time, label }) => {
            const x = Math.round(scale.at(time)) + 0.5;
            const isRight = x > scale.width / 2;
            return (
              <g key={label} transform={`translate(${x} 0)`} className="lane-mark">
                <line className="mark-line" y1={TOP_PX - 2} y2={base} />
                <text className="mark-text" x={isRight ? -4 : 4} y={12} textAnchor={isRight ? "end" : "start"}>
                  {label}
                </text>
              </g>
            );
          })}
        </g>
      </svg>
      <p className="lane-spot" aria-hidden>
        {at ? spotWords(at) : ""}
      </p>
    </>
  );
}

/** What the pointer is over: a UTC day of a lane. */
interface Spot {
  readonly lane: CoverageLane;
  /** Of the lane's own days. */
  readonly day: number;
}

function spotWords({ lane, day: index }: Spot): string {
  const start = Math.floor(Date.parse(lane.from) / DAY_MS) * DAY_MS;
  const date = new Date(start + index * DAY_MS).toISOString().slice(0, 10);
  return `${inertText(laneName(lane))}, ${date}: ${counted(lane.days[index] ?? 0, "call")}`;
}

interface LaneProps {
  readonly lane: CoverageLane;
  readonly top: number;
  readonly scale: Scale;
  readonly id: string;
  readonly onGap: Props["onGap"];
  readonly onSpot: (spot: Spot | undefined) => void;
}

function Lane({ lane, top, scale, id, onGap, onSpot }: LaneProps): ReactNode {
  const foot = top + LANE_PX - 4;
  const name = laneName(lane);
  return (
    <g>
      <text className="lane-name" x={8} y={foot - 5}>
        {cut(inertText(name), 29)}
        <title>{inertText(name)}</title>
      </text>
      <text className="axis-text" x={NAME_PX - 8} y={foot - 5} textAnchor="end">
        {figure(lane.events)}
      </text>
      <g transform={`translate(${NAME_PX} 0)`}>
        <line
          className="lane-foot"
          x1={scale.at(Date.parse(lane.from))}
          x2={scale.at(Date.parse(lane.to))}
          y1={foot + 0.5}
          y2={foot + 0.5}
        />
        <path className="lane-bars" d={lanePath(lane, scale, foot)} />
        <rect
          className="lane-target"
          width={scale.width}
          y={top}
          height={LANE_PX}
          onPointerMove={(event) => {
            const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
            const time = scale.from + (x / scale.width) * (scale.to - scale.from);
            const start = Math.floor(Date.parse(lane.from) / DAY_MS) * DAY_MS;
            const index = Math.floor((time - start) / DAY_MS);
            onSpot(index >= 0 && index < lane.days.length ? { lane, day: index } : undefined);
          }}
        />
        {lane.gaps.map((gap) => {
          const x = scale.at(Date.parse(gap.from));
          const wide = Math.max(24, scale.at(Date.parse(gap.to)) - x);
          const label = `${inertText(name)}: ${gapSentence(gap)}. Show the calls around it`;
          return (
            <g
              key={gap.from}
              role="button"
              tabIndex={0}
              className="lane-gap"
              aria-label={label}
              onClick={() => onGap(lane, gap)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                onGap(lane, gap);
              }}
            >
              <title>{label}</title>
              <rect
                className="lane-gap-target"
                x={x + (scale.at(Date.parse(gap.to)) - x) / 2 - wide / 2}
                y={top}
                width={wide}
                height={24}
              />
              <rect
                x={x + 0.5}
                y={foot - BAR_PX}
                width={Math.max(3, scale.at(Date.parse(gap.to)) - x - 1)}
                height={BAR_PX}
                fill={`url(#${id}-gap)`}
                className="lane-gap-area"
              />
            </g>
          );
        })}
      </g>
    </g>
  );
}

export function laneName({ source, file, api }: Pick<CoverageLane, "source" | "file" | "api">): string {
  const what = api ?? "no API named";
  return source === undefined ? what : `${file ?? `source ${source}`}, ${what}`;
}

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, 12)}..${text.slice(text.length - most + 14)}` : text;

/** A bar a day, or of whole days where a day is thinner than 2 px; as high as the mean a day, beside the lane's highest. */
function lanePath({ from, days }: CoverageLane, scale: Scale, foot: number): string {
  const start = Math.floor(Date.parse(from) / DAY_MS) * DAY_MS;
  const perDay = scale.width / ((scale.to - scale.from) / DAY_MS);
  const step = Math.max(1, Math.ceil(2 / perDay));
  const bars: number[] = [];
  for (let at = 0; at < days.length; at += step) {
    const part = days.slice(at, at + step);
    bars.push(part.reduce((sum, count) => sum + count, 0) / part.length);
  }
  const most = bars.reduce((high, bar) => Math.max(high, bar), 1e-9);
  let path = "";
  for (const [index, bar] of bars.entries()) {
    if (bar === 0) continue;
    const x = scale.at(start + index * step * DAY_MS);
    const w = Math.max(1, scale.at(start + (index + 1) * step * DAY_MS) - x - (perDay * step > 4 ? 1 : 0));
    const h = Math.max(1, (bar / most) * BAR_PX);
    path += `M${x.toFixed(1)} ${foot}h${w.toFixed(1)}v${(-h).toFixed(1)}h${(-w).toFixed(1)}z`;
  }
  return path;
}
