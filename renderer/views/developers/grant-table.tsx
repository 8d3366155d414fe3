import type { ReactNode } from "react";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink } from "../../parts/number-link.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { clock, counted } from "../../text/format.ts";

/** The grants behind "kept access": each one that was held between cutoff and as-of, under who owned the app then. */
export function GrantTable({ found }: { found: RuleFindings }): ReactNode {
  const asked = useAsk("grants", { rule: found.rule });
  const holders = new Set(asked.reply?.grants.map((grant) => grant.developer_id)).size;
  return (
    <>
      <div className="developers-box">
        <span className="gap" />
        {asked.reply && (
          <span className="muted" role="status">
            {counted(asked.reply.grants.length, "grant")} of {counted(holders, "developer")}
            {holders === found.totals.entitled.developers
              ? ""
              : `, ${found.totals.entitled.developers} in the findings`}
          </span>
        )}
      </div>
      <section className="grants" aria-label="Grants held" tabIndex={0}>
        <Updating asked={asked}>
          {({ grants }) => (
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">Developer</th>
                  <th scope="col">App</th>
                  <th scope="col">App name</th>
                  <th scope="col">Permission</th>
                  <th scope="col">Held from (UTC)</th>
                  <th scope="col">Until (UTC)</th>
                </tr>
              </thead>
              <tbody>
                {grants.map((grant) => (
                  <tr key={`${grant.developer_id} ${grant.app} ${grant.from} ${grant.until}`}>
                    <th scope="row">
                      <DeveloperLink id={grant.developer_id}>
                        <Inert text={grant.developer} most={200} />
                      </DeveloperLink>
                    </th>
                    <td className="mono">
                      <Inert text={grant.app} most={120} />
                    </td>
                    <td>
                      {grant.app_name === undefined ? (
                        <span className="muted">not named</span>
                      ) : (
                        <Inert text={grant.app_name} most={120} />
                      )}
                    </td>
                    <td className="mono">
                      <Inert text={grant.permission} most={120} />
                    </td>
                    <td className="mono">{grant.from === undefined ? "since ever" : clock(grant.from)}</td>
                    <td className="mono">{grant.until === undefined ? "not revoked" : clock(grant.until)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Updating>
      </section>
    </>
  );
}
