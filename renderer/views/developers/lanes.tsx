import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Activity, DeveloperActivity } from "../../../shared/model/activity.ts";
import { type RowColumn, RowGrid } from "../../parts/finding-table/row-grid.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { usePlace, usePolicyTimes, useSession } from "../../session/session.tsx";
import { counted, day } from "../../text/format.ts";

const LANE_PX = 22;

/** A developer of a list, in its order; `revoked`: when its last grant ended. */
export interface Lane {
  readonly developer_id: string;
  readonly revoked?: string | undefined;
}

interface Spot {
  readonly row: DeveloperActivity;
  readonly month: number;
}

/** Developers side by side over one axis of months: calls, cutoff, as-of, revocation. Pointer and arrows say a month's number. */
export function Lanes({ lanes, activity }: { lanes: readonly Lane[]; activity: Activity }): ReactNode {
  const session = useSession();
  const place = usePlace();
  const { cutoff, asOf } = usePolicyTimes();
  const [spot, setSpot] = useState<Spot>();
  const byId = useMemo(() => new Map(activity.developers.map((row) => [row.developer_id, row])), [activity]);
  const rows = useMemo(
    () =>
      lanes.flatMap((lane) =>
        byId.has(lane.developer_id) ? [{ lane, row: byId.get(lane.developer_id) as DeveloperActivity }] : [],
      ),
    [lanes, byId],
  );
  const { months } = activity;
  const marks = [...(cutoff === undefined ? [] : [cutoff]), ...(asOf === undefined ? [] : [asOf])];
  const columns: RowColumn<(typeof rows)[number]>[] = [
    {
      name: "developer",
      heading: "Developer",
      width: "minmax(140px, 220px)",
      cell: ({ row }, isStop) => (
        <button
          type="button"
          className="link cut"
          tabIndex={isStop ? 0 : -1}
          title={inertText(row.developer)}
          onClick={() => session.go({ screen: "developer", of: row.developer_id })}
        >
          <Inert text={row.developer} most={300} />
        </button>
      ),
    },
    { name: "calls", heading: "Calls", width: "64px", isRight: true, cell: ({ row }) => figure(row.events) },
    {
      name: "lane",
      heading: axisWords(months, cutoff, asOf),
      width: "minmax(320px, 1fr)",
      cell: ({ row, lane }) => (
        <LaneBars
          row={row}
          months={months}
          marks={marks}
          revoked={lane.revoked}
          current={spot?.row === row ? spot.month : undefined}
          onMonth={(month) => setSpot(month === undefined ? undefined : { row, month })}
        />
      ),
    },
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const row = place.row === undefined ? undefined : rows[place.row]?.row;
    if (by === 0 || !row || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const from = spot?.row === row ? spot.month : by > 0 ? -1 : months.length;
    setSpot({ row, month: Math.max(0, Math.min(months.length - 1, from + by)) });
  };
  return (
    // the keys are the grid's; those that walk months are its lanes'
    <div className="developer-lanes" onKeyDown={onKeyDown}>
      <RowGrid
        fills
        label="Developers side by side"
        columns={columns}
        count={rows.length}
        rowAt={(index) => rows[index]}
        keyOf={({ row }) => row.developer_id}
        onOpen={({ row }) => session.go({ screen: "developer", of: row.developer_id })}
        current={place.row === undefined ? undefined : Math.min(place.row, rows.length - 1)}
        onCurrent={(row) => session.amend({ row })}
      />
      <p className="lane-figures" role="status">
        {spot ? <SpotWords spot={spot} months={months} /> : "Point at a month, or walk the months with the arrow keys."}
      </p>
    </div>
  );
}

function SpotWords({ spot: { row, month }, months }: { spot: Spot; months: readonly string[] }): ReactNode {
  const count = row.months[month] ?? 0;
  const name = months[month] ?? "";
  return (
    <>
      <Inert text={row.developer} most={80} />, <span className="mono">{name}</span>:{" "}
      {count === 0 ? "no call" : <FilterLink filter={`${row.term} time:${name}`}>{counted(count, "call")}</FilterLink>}
    </>
  );
}

interface BarsProps {
  readonly row: DeveloperActivity;
  readonly months: readonly string[];
  readonly marks: readonly string[];
  readonly revoked: string | undefined;
  readonly current: number | undefined;
  readonly onMonth: (month: number | undefined) => void;
}

function LaneBars({ row, months, marks, revoked, current, onMonth }: BarsProps): ReactNode {
  const most = row.months.reduce((high, count) => Math.max(high, count), 1);
  const share = (index: number) => `${((index / Math.max(1, months.length)) * 100).toFixed(3)}%`;
  const wide = `${(100 / Math.max(1, months.length)).toFixed(3)}%`;
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * months.length);
    onMonth(at >= 0 && at < months.length ? at : undefined);
  };
  return (
    <svg
      className="lane-svg"
      width="100%"
      height={LANE_PX}
      role="img"
      aria-label={`${inertText(row.developer)}: ${counted(row.events, "call")}${row.first ? `, ${day(row.first)} to ${day(row.last ?? "")}` : ""}`}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onMonth(undefined)}
    >
      {current !== undefined && <rect className="axis-current" x={share(current)} width={wide} height={LANE_PX} />}
      {row.months.map((count, index) =>
        count === 0 ? null : (
          <rect
            key={months[index]}
            className="lane-bar"
            x={share(index)}
            width={`calc(${wide} - 1px)`}
            y={LANE_PX - Math.max(1, (count / most) * (LANE_PX - 3))}
            height={Math.max(1, (count / most) * (LANE_PX - 3))}
          />
        ),
      )}
      <line className="lane-foot" x1="0" x2="100%" y1={LANE_PX - 0.5} y2={LANE_PX - 0.5} />
      {marks.map((time) => (
        <line
          key={time}
          className="mark-line"
          x1={placeOf(time, months)}
          x2={placeOf(time, months)}
          y1="0"
          y2={LANE_PX}
        />
      ))}
      {revoked !== undefined && (
        <line
          className="mark-line danger"
          x1={placeOf(revoked, months)}
          x2={placeOf(revoked, months)}
          y1="0"
          y2={LANE_PX}
        />
      )}
    </svg>
  );
}

/** Where a time lies on the axis, kept on it. */
function placeOf(time: string, months: readonly string[]): string {
  const at = months.indexOf(time.slice(0, 7));
  if (at < 0) return time.slice(0, 7) < (months[0] ?? "") ? "0%" : "100%";
  const [year, month] = time.split("-").map(Number) as [number, number];
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const part = (Number(time.slice(8, 10)) - 1) / days;
  return `${(((at + part) / months.length) * 100).toFixed(3)}%`;
}

function axisWords(months: readonly string[], cutoff: string | undefined, asOf: string | undefined): string {
  if (months.length === 0) return "No call";
  const marks = [
    ...(cutoff === undefined ? [] : [`cutoff ${day(cutoff)}`]),
    ...(asOf === undefined ? [] : [`as-of ${day(asOf)}`]),
  ];
  return `${months[0]} to ${months.at(-1)}, calls by month${marks.length === 0 ? "" : `; dashed: ${marks.join(", ")}, red: revoked`}`;
}
