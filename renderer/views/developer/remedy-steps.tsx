import type { ReactNode } from "react";
import type { Dossier } from "../../../shared/model/dossier.ts";
import { Inert } from "../../parts/inert.tsx";
import { FilterLink } from "../../parts/number-link.tsx";
import { Section } from "../../parts/page.tsx";
import { useSession } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted } from "../../text/format.ts";
import { STEP_WORDS } from "../../text/step-words.ts";

/** The steps by which it is put right, and what the logs say against each. */
export function RemedySteps({ dossier: { rule, developer_id } }: { dossier: Dossier }): ReactNode {
  const session = useSession();
  const { reply } = useAsk("remedy", { rule });
  const row = reply?.rules[0]?.developers.find((each) => each.developer_id === developer_id);
  const entries = row?.entries.filter(({ taken_back }) => taken_back === undefined) ?? [];
  return (
    <Section
      title="Remedy"
      actions={
        <button
          type="button"
          className="link"
          onClick={() => session.go({ screen: "remedy", of: `board\nall\n\n${developer_id}` })}
        >
          Open in Remedy
        </button>
      }
    >
      {entries.length === 0 ? (
        <p className="muted">No step is recorded.</p>
      ) : (
        <ol className="developer-decisions">
          {entries.map(({ n, step, on, due, by, against }) => (
            <li key={n}>
              {STEP_WORDS[step]}{" "}
              <span className="muted">
                {on === undefined ? `due ${due}` : on}
                {by !== undefined && (
                  <>
                    , <Inert text={by} most={120} />
                  </>
                )}
              </span>
              {against.map(
                (each) =>
                  "filter" in each && (
                    <span key={each.kind} className="remedy-against">
                      {" "}
                      <FilterLink filter={each.filter}>{counted(each.events, "call")} after it</FilterLink>
                    </span>
                  ),
              )}
            </li>
          ))}
        </ol>
      )}
      {row !== undefined && row.overdue.length > 0 && (
        <p>Overdue: {row.overdue.map((step) => STEP_WORDS[step]).join(", ")}.</p>
      )}
    </Section>
  );
}
