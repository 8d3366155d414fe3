import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { AsOfPoint } from "../../../shared/model/accountability/as-of-curve.ts";
import { levelFilter } from "../../parts/finding-table/links.ts";
import { AsOfChart, AsOfLegend } from "../../parts/month-chart/as-of-chart.tsx";
import { NumberLink, PeopleLink } from "../../parts/number-link.tsx";
import { ChartFigure } from "../../parts/time-axis/chart-figure.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { day } from "../../text/format.ts";

/** Several as-of dates at once: each point is what the policy would find with that date. */
export function AsOf({ rule, recentDays }: { rule: string; recentDays: number }): ReactNode {
  const session = useSession();
  const asked = useAsk("asOfCurve", { rule });
  const recentOf = ({ recent_from: from, as_of: to }: AsOfPoint) =>
    levelFilter(rule, "possible+", `time>=${from}`, `time<${to}`);
  return (
    <Updating asked={asked}>
      {({ rules: [found] }) =>
        found === undefined || found.points.length < 2 ? null : (
          <ChartFigure
            title="As of other dates, month by month"
            legend={<AsOfLegend recentDays={recentDays} />}
            chart={
              <AsOfChart
                points={found.points}
                recentDays={recentDays}
                onOpen={(point) => session.go({ screen: "explore", text: recentOf(point) })}
              />
            }
            table={<AsOfTable rule={rule} points={found.points} recentDays={recentDays} recentOf={recentOf} />}
          />
        )
      }
    </Updating>
  );
}

/** Why a number opens no rows. */
const BY_GRANTS = "By the registry's grants, which Developers lists grant by grant: there are no calls behind it";
const WHO_CALLED = "Who made these calls: the number beside it opens them";

interface TableProps {
  readonly rule: string;
  readonly points: readonly AsOfPoint[];
  readonly recentDays: number;
  recentOf(point: AsOfPoint): string;
}

function AsOfTable({ rule, points, recentDays, recentOf }: TableProps): ReactNode {
  const right = (words: string) => (
    <th scope="col" className="right">
      {words}
    </th>
  );
  const calls = (value: number, filter: string) => (value === 0 ? "0" : <NumberLink value={value} filter={filter} />);
  return (
    <table className="plain-table">
      <caption>
        Each row is what the policy finds with that as-of: from the cutoff up to the date, which lies outside.
      </caption>
      <thead>
        <tr>
          <th scope="col">As of (UTC)</th>
          {right("Still held it")}
          {right("Kept access so far")}
          {right(`Called in ${recentDays} days`)}
          {right("Calls")}
          {right("Got data so far")}
          {right("Calls that got")}
          {right("People so far")}
        </tr>
      </thead>
      <tbody>
        {points.map((point) => {
          const got = levelFilter(rule, "obtained", `time<${point.as_of}`);
          return (
            <tr key={point.as_of}>
              <th scope="row" className="mono">
                {day(point.as_of)}
              </th>
              <td className="right" title={BY_GRANTS}>
                {figure(point.holding)}
              </td>
              <td className="right" title={BY_GRANTS}>
                {figure(point.entitled.developers)}
              </td>
              <td className="right" title={WHO_CALLED}>
                {figure(point.recent.developers)}
              </td>
              <td className="right">{calls(point.recent.events, recentOf(point))}</td>
              <td className="right" title={WHO_CALLED}>
                {figure(point.obtained.developers)}
              </td>
              <td className="right">{calls(point.obtained.events, got)}</td>
              <td className="right">
                {point.obtained.events > 0 ? <PeopleLink value={point.obtained.people} filter={got} /> : "0"}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
