import { GanttChart, Import } from "@blueprintjs/icons";
import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CoverageLane, CoverageLanes } from "../../../shared/model/lanes.ts";
import { Empty } from "../../parts/empty.tsx";
import { CommandButton } from "../../parts/finding-lists/command-button.tsx";
import { Inert, inertText } from "../../parts/inert.tsx";
import { aroundGap, type GapOf, gapLength, gapSentence, gapSpan, laneFilter } from "../../parts/lanes/gaps.ts";
import { type Group, Lanes, laneName } from "../../parts/lanes/lanes.tsx";
import { NumberLink } from "../../parts/number-link.tsx";
import { Page, Section } from "../../parts/page.tsx";
import { ChartFigure } from "../../parts/time-axis/chart-figure.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { clock, counted } from "../../text/format.ts";
import "./coverage.css";

/** What the logs cover, and what they cannot show. */
export function Coverage(): ReactNode {
  const asked = useAsk("coverageLanes", {});
  return (
    <Page title="Coverage">
      <Updating asked={asked}>
        {(reply) =>
          reply.lanes.length === 0 ? (
            <Empty
              icon={<Import size={32} aria-hidden />}
              why="No calls yet. Drop log files here, or import them."
              action={<CommandButton id="logs.import" text="Import logs" />}
            />
          ) : (
            <Shown reply={reply} />
          )
        }
      </Updating>
    </Page>
  );
}

function Shown({ reply }: { reply: CoverageLanes }): ReactNode {
  const session = useSession();
  const groups: Group[] = [
    { title: "All sources together", lanes: reply.together },
    { title: "Each source", lanes: reply.lanes },
  ];
  const open = (lane: CoverageLane, gap: GapOf) => session.go({ screen: "explore", text: aroundGap(lane, gap) });
  return (
    <>
      <Section title="Gaps">
        <Gaps
          title="All sources together: these touch findings and claims"
          lanes={reply.together}
          open={open}
          reply={reply}
        />
        <Gaps title="In single sources" lanes={reply.lanes} open={open} reply={reply} />
      </Section>
      <ChartFigure
        title="Calls a day (UTC)"
        legend={
          <span className="chart-legend">
            <span className="level-mark">
              <span className="level-swatch lane-swatch" aria-hidden /> Calls
            </span>
            <span className="level-mark">
              <span className="level-swatch gap-swatch" aria-hidden /> Gap
            </span>
          </span>
        }
        chart={<Lanes groups={groups} span={reply} onGap={open} />}
        table={<LaneTable groups={groups} />}
      />
      <p className="muted coverage-foot">
        A gap is a run of whole hours without calls in which 20 or more were to be expected from the same hours of the
        weeks around it. Each lane is drawn to its own height.
      </p>
    </>
  );
}

interface GapsProps {
  readonly title: string;
  readonly lanes: readonly CoverageLane[];
  readonly reply: CoverageLanes;
  readonly open: (lane: CoverageLane, gap: GapOf) => void;
}

function Gaps({ title, lanes, reply, open }: GapsProps): ReactNode {
  const gaps = lanes.flatMap((lane) => lane.gaps.map((gap) => ({ lane, gap })));
  const untold = lanes.reduce((sum, lane) => sum + (lane.untold?.length ?? 0), 0);
  return (
    <div className="coverage-gaps">
      <h3>{title}</h3>
      {gaps.length === 0 ? (
        untold === 0 && (
          <p title="From the first call to the last, of any source">No gaps in {counted(daysOf(reply), "day")}.</p>
        )
      ) : (
        <ul>
          {gaps.map(({ lane, gap }) => (
            <li key={`${laneName(lane)} ${gap.from}`}>
              <GanttChart size={12} aria-hidden className="warning" />{" "}
              <strong>
                <Inert text={laneName(lane)} most={200} />
              </strong>
              : {gapSentence(gap)} ({gapLength(gap.from, gap.to)}).{" "}
              <button
                type="button"
                className="link"
                title={inertText(aroundGap(lane, gap))}
                onClick={() => open(lane, gap)}
              >
                Show the calls around it
              </button>
            </li>
          ))}
        </ul>
      )}
      {untold > 0 && (
        <p>
          Of {counted(untold, "run")} of hours without calls it cannot be told whether calls are missing: no other week
          in the logs says what is usual.
        </p>
      )}
    </div>
  );
}

const DAY_MS = 86_400_000;

function daysOf({ lanes }: CoverageLanes): number {
  const from = Math.min(...lanes.map((lane) => Math.floor(Date.parse(lane.from) / DAY_MS)));
  const to = Math.max(...lanes.map((lane) => Math.floor(Date.parse(lane.to) / DAY_MS)));
  return to - from + 1;
}

function gapsText({ gaps, untold = [] }: CoverageLane): string {
  const silences = untold.map(({ from, to }) => `No calls ${gapSpan(from, to)}, cannot be told`);
  return [...gaps.map((gap) => gapSentence(gap)), ...silences].join("; ") || "none";
}

function LaneTable({ groups }: { groups: readonly Group[] }): ReactNode {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col">API</th>
          <th scope="col">First (UTC)</th>
          <th scope="col">Last (UTC)</th>
          <th scope="col" className="right">
            Calls
          </th>
          <th scope="col" className="right">
            Days without calls
          </th>
          <th scope="col">Gaps</th>
        </tr>
      </thead>
      <tbody>
        {groups.flatMap(({ title, lanes }) =>
          lanes.map((lane) => (
            <tr key={`${title} ${laneName(lane)}`}>
              <th scope="row">
                {lane.source === undefined ? "all" : <Inert text={lane.file ?? `source ${lane.source}`} most={200} />}
              </th>
              <td>
                {lane.api === undefined ? (
                  <span className="muted">not logged</span>
                ) : (
                  <Inert text={lane.api} most={120} />
                )}
              </td>
              <td className="mono">{clock(lane.from)}</td>
              <td className="mono">{clock(lane.to)}</td>
              <td className="right">
                <NumberLink value={lane.events} filter={laneFilter(lane)} />
              </td>
              <td className="right" title="Days, on which there is no call to show">
                {figure(lane.days.filter((count) => count === 0).length)}
              </td>
              <td>{gapsText(lane)}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}
