import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { AnswerDetail } from "../../../shared/model/answer.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import { levelFilter } from "../../parts/finding-table/links.ts";
import { NumberLink, PeopleLink } from "../../parts/number-link.tsx";

/** The months as findings count them: a developer stands under every level it has a call of. */
export function MonthTable({ rule, detail }: { rule: RuleFindings; detail: AnswerDetail }): ReactNode {
  const kept = new Map(detail.months.map((month) => [month.month, month.kept]));
  const rows = detail.months.map(({ month }) => ({ month, found: rule.by_month.find((each) => each.month === month) }));
  const calls = (level: string, month: string, value: number) =>
    value === 0 ? "0" : <NumberLink value={value} filter={levelFilter(rule.rule, level, `time:${month}`)} />;
  return (
    <table className="plain-table">
      <caption>
        A developer stands under every level that it has a call of in the month; in the chart once, under the highest.
      </caption>
      <thead>
        <tr>
          <th rowSpan={2} scope="col">
            Month (UTC)
          </th>
          <th colSpan={3} scope="colgroup">
            Got data
          </th>
          <th colSpan={3} scope="colgroup">
            May have got data
          </th>
          <th colSpan={2} scope="colgroup">
            Tried, got nothing
          </th>
          <th rowSpan={2} scope="col" className="right">
            Kept access, no call
          </th>
        </tr>
        <tr>
          {["Developers", "Calls", "People", "Developers", "Calls", "People", "Developers", "Calls"].map(
            (name, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: headings never move
              <th key={index} scope="col" className="right">
                {name}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ month, found }) => (
          <tr key={month}>
            <th scope="row" className="mono">
              {month}
            </th>
            <Developers of={found?.obtained.developers} />
            <td className="right">{calls("obtained", month, found?.obtained.events ?? 0)}</td>
            <td className="right">
              {found && found.obtained.events > 0 ? (
                <PeopleLink
                  value={found.obtained.people}
                  filter={levelFilter(rule.rule, "obtained", `time:${month}`)}
                />
              ) : (
                "0"
              )}
            </td>
            <Developers of={found?.possible.developers} />
            <td className="right">{calls("possible", month, found?.possible.events ?? 0)}</td>
            <td className="right">
              {found && found.possible.events > 0 ? (
                <PeopleLink
                  value={found.possible.people}
                  filter={levelFilter(rule.rule, "possible", `time:${month}`)}
                />
              ) : (
                "0"
              )}
            </td>
            <Developers of={found?.attempted.developers} />
            <td className="right">{calls("attempted", month, found?.attempted.events ?? 0)}</td>
            <td className="right" title="They held the permission and called nothing of the rule: there are no rows">
              {figure(kept.get(month) ?? 0)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Who made the calls that stand beside it. */
function Developers({ of }: { of: number | undefined }): ReactNode {
  return (
    <td className="right" title="Who made these calls: the number beside it opens them">
      {figure(of ?? 0)}
    </td>
  );
}
