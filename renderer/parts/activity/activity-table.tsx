import { type ReactNode, useMemo } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { Activity, ActivityPeople, DeveloperActivity } from "../../../shared/model/activity.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { useSession } from "../../session/session.tsx";
import { day, peopleWords } from "../../text/format.ts";
import { Day } from "../finding-table/day-cell.tsx";
import { type RowColumn, RowGrid } from "../finding-table/row-grid.tsx";
import { Inert, inertText } from "../inert.tsx";
import { type ActivityOrder, activityTurned } from "./order.ts";
import { Sparkline } from "./sparkline.tsx";
import "./activity.css";

interface Props {
  readonly label: string;
  readonly activity: Activity;
  /** Those that are shown, in their order. */
  readonly rows: readonly DeveloperActivity[];
  /** Absent: they are being counted. */
  readonly people: ActivityPeople["people"] | undefined;
  readonly order: ActivityOrder;
  readonly onSort: (sort: string) => void;
  readonly current: number | undefined;
  readonly onCurrent: (row: number) => void;
  readonly fills?: boolean;
}

/** Developers with what each did, whatever a policy says of it. */
export function ActivityTable({ activity, rows, people, order, onSort, ...rest }: Props): ReactNode {
  const session = useSession();
  const columns = useMemo(() => columnsOf(activity, people, session), [activity, people, session]);
  return (
    <RowGrid
      {...rest}
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      keyOf={(row) => row.developer_id}
      onOpen={(row) => session.go({ screen: "developer", of: row.developer_id })}
      order={order}
      onSort={(column) => onSort(activityTurned(column, order))}
    />
  );
}

function columnsOf(
  { months }: Activity,
  people: ActivityPeople["people"] | undefined,
  session: ReturnType<typeof useSession>,
): RowColumn<DeveloperActivity>[] {
  const link = (words: ReactNode, title: string, isStop: boolean, open: () => void) => (
    <button type="button" className="link cut" tabIndex={isStop ? 0 : -1} title={title} onClick={open}>
      {words}
    </button>
  );
  const names = (all: readonly string[]) =>
    all.length === 0 ? (
      <span className="muted">none</span>
    ) : (
      <span className="cut" title={inertText(all.join(", "))}>
        <Inert text={all.join(", ")} most={300} />
      </span>
    );
  return [
    {
      name: "developer",
      heading: "Developer",
      width: "minmax(140px, 1.6fr)",
      cell: (row, isStop) =>
        link(<Inert text={row.developer} most={300} />, inertText(row.developer), isStop, () =>
          session.go({ screen: "developer", of: row.developer_id }),
        ),
    },
    { name: "apps", heading: "Apps", width: "44px", isRight: true, cell: (row) => figure(row.apps.length) },
    {
      name: "calls",
      heading: "Calls",
      width: "64px",
      isRight: true,
      cell: (row, isStop) =>
        row.events === 0
          ? "0"
          : link(figure(row.events), `Show the rows: ${inertText(row.term)}`, isStop, () =>
              session.go({ screen: "explore", text: row.term }),
            ),
    },
    { name: "first", heading: "First (UTC)", width: "76px", cell: (row) => <Day time={row.first} /> },
    { name: "last", heading: "Last (UTC)", width: "76px", cell: (row) => <Day time={row.last} /> },
    {
      name: "apis",
      heading: "APIs",
      title: "Sorts by how many",
      width: "minmax(96px, 1fr)",
      cell: (row) => names(row.apis),
    },
    {
      name: "fields",
      heading: "Fields",
      title: "Sorts by how many",
      width: "minmax(96px, 1fr)",
      cell: (row) => names(row.fields),
    },
    {
      name: "people",
      heading: "People",
      title: "People whom its calls returned; sorts by the number that is certain",
      width: "minmax(136px, 0.8fr)",
      isRight: true,
      cell: (row) => {
        const known = people?.[row.developer_id];
        if (row.events === 0) return <span className="muted">none</span>;
        if (known === undefined) return <span className="muted">{people ? "none" : "counting"}</span>;
        return (
          <span className="cut" title={peopleWords(known)}>
            {peopleText(known)}
          </span>
        );
      },
    },
    {
      name: "months",
      heading: "By month",
      title: months.length === 0 ? "" : `Calls by month, ${months[0]} to ${months.at(-1)}, each row to its own highest`,
      width: "104px",
      isFixed: true,
      cell: (row) => (
        <Sparkline
          counts={row.months}
          label={row.first ? `from ${day(row.first)} to ${day(row.last ?? "")}` : "no call"}
        />
      ),
    },
  ];
}
