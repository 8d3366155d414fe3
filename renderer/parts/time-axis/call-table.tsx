import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { CallCounts, Dossier } from "../../../shared/model/dossier.ts";
import { instant } from "../../text/format.ts";
import { Inert } from "../inert.tsx";

/** What the axis draws, as numbers: grants, then calls a month. */
export function CallTable({ dossier }: { dossier: Dossier }): ReactNode {
  return (
    <>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Grant to app</th>
            <th scope="col">From</th>
            <th scope="col">Until</th>
          </tr>
        </thead>
        <tbody>
          {dossier.grants.map((grant) => (
            <tr key={`${grant.app} ${grant.from} ${grant.until}`}>
              <th scope="row">
                <Inert text={grant.app_name ? `${grant.app_name} (${grant.app})` : grant.app} />
              </th>
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
              Got data
            </th>
            <th scope="col" className="right">
              May have got data
            </th>
            <th scope="col" className="right">
              Tried, got nothing
            </th>
            <th scope="col" className="right">
              Other calls
            </th>
          </tr>
        </thead>
        <tbody>
          {callsByMonth(dossier.calls).map(([month, counts]) => (
            <tr key={month}>
              <th scope="row" className="mono">
                {month}
              </th>
              <td className="right">{figure(counts.got)}</td>
              <td className="right">{figure(counts.may)}</td>
              <td className="right">{figure(counts.tried)}</td>
              <td className="right">{figure(counts.other)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

const DAY_MS = 86_400_000;

/** Days summed to UTC months, those without a call left out. */
function callsByMonth(calls: Dossier["calls"]): [string, CallCounts][] {
  const start = Date.parse(calls.from);
  const rows = new Map<string, CallCounts>();
  for (const kind of ["got", "may", "tried", "other"] as const) {
    for (const [index, count] of calls[kind].entries()) {
      if (count === 0) continue;
      const month = new Date(start + index * DAY_MS).toISOString().slice(0, 7);
      const row = rows.get(month) ?? { got: 0, may: 0, tried: 0, other: 0 };
      row[kind] += count;
      rows.set(month, row);
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}
