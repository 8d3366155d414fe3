import { Button } from "@blueprintjs/core";
import { type ReactNode, useState } from "react";
import type { DeveloperJoin } from "../../../shared/model/registry.ts";
import { Empty } from "../../parts/empty.tsx";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink } from "../../parts/number-link.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { Updating } from "../../parts/updating.tsx";
import { useReadOnly, useSession } from "../../session/session.tsx";
import type { Asked } from "../../session/use-ask.ts";
import { minute, personName } from "../../text/format.ts";

/** Developers that were joined by hand, each with its reason and the way back. */
export function Joined({ asked, onJoin }: { asked: Asked<{ joins: DeveloperJoin[] }>; onJoin(): void }): ReactNode {
  const session = useSession();
  const readOnly = useReadOnly();
  const [separating, setSeparating] = useState<DeveloperJoin>();
  const join = (
    <Button text="Join two developers" disabled={readOnly !== undefined} title={readOnly ?? ""} onClick={onJoin} />
  );
  return (
    <section className="registry-conflicts" aria-label="Joined developers" tabIndex={0}>
      <Updating asked={asked}>
        {({ joins }) =>
          joins.length === 0 ? (
            <Empty
              why="Nobody is joined. Two names of one developer can be made one by hand, with a reason."
              action={join}
            />
          ) : (
            <table className="table" aria-label="Joined developers">
              <thead>
                <tr>
                  <th scope="col">Developer</th>
                  <th scope="col">Counts for</th>
                  <th scope="col">Reason</th>
                  <th scope="col">By, at (UTC)</th>
                  <th scope="col">
                    <span className="visually-hidden">Take back</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {joins.map((each) => (
                  <tr key={each.n}>
                    <td>
                      <Inert text={each.developer} most={60} />{" "}
                      <span className="mono muted">
                        <Inert text={each.developer_id} most={40} />
                      </span>
                    </td>
                    <td>
                      <DeveloperLink id={each.into}>
                        <Inert text={each.into_name} most={60} />
                      </DeveloperLink>
                    </td>
                    <td>
                      <Inert text={each.reason} most={300} />
                    </td>
                    <td className="nowrap">
                      <Inert text={personName(each.by)} most={40} />, {minute(each.at)}
                    </td>
                    <td>
                      <button
                        type="button"
                        className="link"
                        disabled={readOnly !== undefined}
                        title={readOnly ?? ""}
                        onClick={() => setSeparating(each)}
                      >
                        Separate
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Updating>
      {separating && (
        <ReasonDialog
          title={`Separate ${separating.developer} and ${separating.into_name}`}
          about={String(separating.n)}
          verb="Separate"
          onReason={async (reason) => {
            await session.act("separateDevelopers", { n: separating.n, reason });
            session.say(`${separating.developer} counts for itself again.`);
          }}
          onClose={() => setSeparating(undefined)}
        >
          <p>
            Joined because: <Inert text={separating.reason} most={500} />
          </p>
        </ReasonDialog>
      )}
    </section>
  );
}
