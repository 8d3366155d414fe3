import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { instant } from "../../text/format.ts";
import { Inert } from "../inert.tsx";
import { NumberLink } from "../number-link.tsx";
import type { AxisData } from "./axis.ts";

/** What the axis draws, as numbers: grants, then calls a month. */
export function CallTable({ data }: { data: AxisData }): ReactNode {
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Grant to app</th>
            <th scope="col">Permission</th>
            <th scope="col">From</th>
            <th scope="col">Until</th>
          </tr>
        </thead>
        <tbody>
          {data.grants.map((grant) => (
            <tr key={`${grant.app} ${grant.permission} ${grant.from} ${grant.until}`}>
              <th scope="row">
                <Inert text={grant.app_name ? `${grant.app_name} (${grant.app})` : grant.app} />
              </th>
              <td className="mono">
                <Inert text={grant.permission} />
              </td>
              <td className="mono">{grant.from === undefined ? "since ever" : instant(grant.from)}</td>
              <td className="mono">{grant.until === undefined ? "not revoked" : instant(grant.until)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Calls in (UTC)</th>
            <th scope="col" className="right">
              All
            </th>
            {data.kinds.map((kind) => (
              <th key={kind.name} scope="col" className="right">
                {kind.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {callsByMonth(data).map(([month, counts]) => (
            <tr key={month}>
              <th scope="row" className="mono">
                {month}
              </th>
              <td className="right">
                <NumberLink
                  value={counts.reduce((sum, count) => sum + count, 0)}
                  filter={`${data.term} time:${month}`.trim()}
                />
              </td>
              {counts.map((count, index) => (
                <td key={data.kinds[index]?.name} className="right">
                  {figure(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const DAY_MS = 86_400_000;

/** Days summed to UTC months, those without a call left out. */
function callsByMonth({ kinds, since }: AxisData): [string, number[]][] {
  const rows = new Map<string, number[]>();
  for (const [kind, { days }] of kinds.entries()) {
    for (const [index, count] of days.entries()) {
      if (count === 0) continue;
      const month = new Date(since + index * DAY_MS).toISOString().slice(0, 7);
      const row = rows.get(month) ?? kinds.map(() => 0);
      row[kind] = (row[kind] as number) + count;
      rows.set(month, row);
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}
