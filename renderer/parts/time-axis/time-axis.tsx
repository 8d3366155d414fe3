import { type ReactNode, useId, useRef } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CallCounts, Dossier } from "../../../shared/model/dossier.ts";
import { day } from "../../text/format.ts";
import { inertText } from "../inert.tsx";
import { Patterns } from "./patterns.tsx";
import { monthStart, type Scale, scaleOf, ticks } from "./scale.ts";
import { useWidth } from "./use-width.ts";
import "./time-axis.css";

const LEFT_PX = 56;
const RIGHT_PX = 8;
const LABEL_ROW_PX = 13;
const LETTER_PX = 6.2;
const GRANT_PX = 9;
const MAX_GRANTS = 4;
const CALLS_PX = 64;
const AXIS_PX = 20;
const STACKED_KINDS = ["got", "may", "tried", "other"] as const;
const DAY_MS = 86_400_000;

/** Grants, calls, cutoff and revocation of one developer on one axis of time. */
export function TimeAxis({ dossier }: { dossier: Dossier }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <div ref={box} className="time-axis">
      {width > 0 && <Drawing dossier={dossier} width={width} />}
    </div>
  );
}

/** From the month of the first call, or the cutoff, to as-of or the last call: grants that began earlier are cut there. */
function axisOf(dossier: Dossier, width: number): Scale {
  const times = [dossier.first, dossier.cutoff].filter((time) => time !== undefined).map((time) => Date.parse(time));
  const ends = [dossier.last, dossier.as_of, dossier.finding?.revoked_at]
    .filter((time) => time !== undefined)
    .map((time) => Date.parse(time));
  const end = Math.max(...ends, ...times);
  const isMonth = end === monthStart(end);
  return scaleOf(monthStart(Math.min(...times)), isMonth ? end : monthStart(end, 1), width - LEFT_PX - RIGHT_PX);
}

function Drawing({ dossier, width }: { dossier: Dossier; width: number }): ReactNode {
  const id = useId();
  const scale = axisOf(dossier, width);
  const rows = grantRows(dossier);
  const marks = marksOf(dossier, scale);
  const labels = 5 + LABEL_ROW_PX * (1 + Math.max(...marks.map((mark) => mark.row)));
  const shown = rows.slice(0, MAX_GRANTS);
  const grants = Math.max(1, shown.length) * (GRANT_PX + 3);
  const base = labels + grants + 8 + CALLS_PX;
  const height = base + AXIS_PX;
  const histogram = bundled(dossier, scale);
  const most = histogram.bars.reduce((high, bar) => Math.max(high, total(bar)), 1);
  return (
    <svg width={width} height={height} role="img" aria-label={summary(dossier)}>
      <Patterns id={id} />
      <text className="axis-name" x={0} y={labels + 9}>
        Grants
      </text>
      <text className="axis-name" x={0} y={base - CALLS_PX / 2 + 4}>
        Calls
      </text>
      <text className="axis-text" x={0} y={base - CALLS_PX / 2 + 20}>
        {histogram.days === 1 ? "a day" : `${histogram.days} days`}
      </text>
      <text className="axis-text" x={LEFT_PX - 6} y={base - CALLS_PX + 8} textAnchor="end">
        {figure(most)}
      </text>
      <g transform={`translate(${LEFT_PX} 0)`}>
        {shown.map((spans, row) =>
          spans.map(({ from, until }) => {
            const x = scale.at(from);
            return (
              <rect
                key={`${from}`}
                className="grant-bar"
                x={x + 0.5}
                y={labels + row * (GRANT_PX + 3) + 0.5}
                width={Math.max(2, scale.at(until) - x - 1)}
                height={GRANT_PX}
              />
            );
          }),
        )}
        {rows.length > shown.length && (
          <text className="axis-text" x={scale.width} y={labels + grants + 6} textAnchor="end">
            and {rows.length - shown.length} more apps
          </text>
        )}
        {STACKED_KINDS.map((kind) => (
          <path
            key={kind}
            d={pathOf(histogram, kind, scale, base, most)}
            className={`stack-${kind}`}
            {...(kind === "may" || kind === "tried" ? { fill: `url(#${id}-${kind})` } : {})}
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
        {marks.map(({ time, label, anchor, dx, row, isBad }) => (
          <g key={label} transform={`translate(${Math.round(scale.at(time)) + 0.5} 0)`}>
            <line className={isBad ? "mark-line danger" : "mark-line"} y1={labels - 4} y2={base} />
            <text
              className={isBad ? "mark-text danger" : "mark-text"}
              x={dx}
              y={11 + row * LABEL_ROW_PX}
              textAnchor={anchor}
            >
              {label}
            </text>
          </g>
        ))}
      </g>
    </svg>
  );
}

/** One row an app, its grants beside each other. */
function grantRows(dossier: Dossier): { from: number; until: number }[][] {
  const rows = new Map<string, { from: number; until: number }[]>();
  for (const { app, from, until } of dossier.grants) {
    const spans = rows.get(app) ?? [];
    spans.push({
      from: from === undefined ? -Infinity : Date.parse(from),
      until: until === undefined ? Infinity : Date.parse(until),
    });
    rows.set(app, spans);
  }
  return [...rows.values()];
}

interface Mark {
  readonly time: number;
  readonly label: string;
  readonly anchor: "start" | "end";
  readonly dx: number;
  /** Labels that would lie on each other go below each other. */
  readonly row: number;
  readonly isBad?: boolean;
}

function marksOf(dossier: Dossier, scale: Scale): Mark[] {
  const revoked = dossier.finding?.revoked_at;
  const again = (dossier.finding?.allowed_after_revocation ?? 0) > 0;
  const all = [
    { at: dossier.cutoff, label: `cutoff ${day(dossier.cutoff)}` },
    // where both fall together, the revocation says more
    ...(dossier.as_of === undefined || dossier.as_of === revoked
      ? []
      : [{ at: dossier.as_of, label: `as-of ${day(dossier.as_of)}` }]),
    ...(revoked === undefined ? [] : [{ at: revoked, label: `revoked ${day(revoked)}`, isBad: again }]),
  ];
  const ends: number[] = [];
  return all.map(({ at, ...mark }) => {
    const x = scale.at(Date.parse(at));
    const wide = mark.label.length * LETTER_PX + 8;
    const isLeft = x + wide > scale.width;
    const from = isLeft ? x - wide : x;
    let row = ends.findIndex((end) => end <= from);
    if (row < 0) row = ends.length;
    ends[row] = isLeft ? x : x + wide;
    return { time: Date.parse(at), ...mark, anchor: isLeft ? "end" : "start", dx: isLeft ? -4 : 4, row };
  });
}

/** Whole days to a bar, so that none is thinner than 3 px. */
function bundled({ calls }: Dossier, scale: Scale): { from: number; days: number; bars: CallCounts[] } {
  const length = calls.got.length;
  const perDay = scale.width / ((scale.to - scale.from) / DAY_MS);
  const days = Math.max(1, Math.ceil(3 / perDay));
  const bars = Array.from(
    { length: Math.ceil(length / days) },
    (): CallCounts => ({ got: 0, may: 0, tried: 0, other: 0 }),
  );
  for (let day = 0; day < length; day += 1) {
    const bar = bars[Math.floor(day / days)] as CallCounts;
    for (const kind of STACKED_KINDS) bar[kind] += calls[kind][day] as number;
  }
  return { from: Date.parse(calls.from), days, bars };
}

const total = ({ got, may, tried, other }: CallCounts): number => got + may + tried + other;

/** One path a kind: its bars on top of the kinds below it, 1 px apart. */
function pathOf(
  { from, days, bars }: ReturnType<typeof bundled>,
  kind: (typeof STACKED_KINDS)[number],
  scale: Scale,
  base: number,
  most: number,
): string {
  const below = STACKED_KINDS.slice(0, STACKED_KINDS.indexOf(kind));
  let path = "";
  for (const [index, bar] of bars.entries()) {
    if (bar[kind] === 0) continue;
    const x = scale.at(from + index * days * DAY_MS);
    const w = Math.max(1, scale.at(from + (index + 1) * days * DAY_MS) - x - 1);
    const foot = base - (below.reduce((sum, each) => sum + bar[each], 0) / most) * CALLS_PX;
    const h = Math.max(1, (bar[kind] / most) * CALLS_PX);
    path += `M${x.toFixed(1)} ${foot.toFixed(1)}h${w.toFixed(1)}v${(-h).toFixed(1)}h${(-w).toFixed(1)}z`;
  }
  return path;
}

function summary({ developer, grants, calls, cutoff, finding }: Dossier): string {
  const all = STACKED_KINDS.flatMap((kind) => calls[kind]).reduce((sum, count) => sum + count, 0);
  const revoked = finding?.revoked_at === undefined ? "" : `, revoked ${day(finding.revoked_at)}`;
  return `${inertText(developer)}: ${grants.length} grants, ${figure(all)} calls, cutoff ${day(cutoff)}${revoked}. The table has the numbers.`;
}
