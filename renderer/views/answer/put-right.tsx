import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { DeveloperRemedy, Remedy } from "../../../shared/model/accountability/remedy.ts";
import { remedySummary } from "../../../shared/model/accountability/remedy-summary.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import { Inert } from "../../parts/inert.tsx";
import { DeveloperLink } from "../../parts/number-link.tsx";
import { useSession } from "../../session/session.tsx";
import { Card, Figure } from "./card.tsx";

/** Names in the sentence; the rest are counted. */
const FIRST_NAMES = 4;

/** Whether steps of remedy are recorded under a rule: the fifth answer is made of them then. */
export const hasSteps = (remedy: Remedy | undefined, rule: string): boolean =>
  remedy?.rules.some((each) => each.rule === rule && each.developers.some(({ entries }) => entries.length > 0)) ??
  false;

/** Of those that held it, who was revoked and who was not, and whom the log contradicts. */
export function PutRightCard({ found, remedy }: { found: RuleFindings; remedy: Remedy }): ReactNode {
  const session = useSession();
  const own = remedy.rules.find(({ rule }) => rule === found.rule);
  if (!own) return null;
  const { held, revoked, holding, calledAfter, certifiedAgainst, overdueSteps } = remedySummary(found, own, remedy.at);
  const linked = (list: string, words: ReactNode) => (
    <button type="button" className="link" onClick={() => session.go({ screen: "remedy", of: `board\n${list}` })}>
      {words}
    </button>
  );
  const named = (list: string, rows: readonly DeveloperRemedy[], words: string) =>
    rows.length > 0 && (
      <>
        {" "}
        <Figure>
          <span className="answer-bad">{linked(list, `${figure(rows.length)} ${words}`)}</span>
        </Figure>
        : <Names rows={rows} list={linked} name={list} />.
      </>
    );
  return (
    <Card
      number={5}
      question="Is it put right?"
      links={
        overdueSteps > 0 &&
        linked("overdue", `${figure(overdueSteps)} ${overdueSteps === 1 ? "step" : "steps"} overdue`)
      }
    >
      <Figure isMain>{revoked.length === 0 ? "0" : linked("revoked", figure(revoked.length))}</Figure> of{" "}
      {held.length === 0 ? "0" : linked("held", figure(held.length))} that held it {revoked.length === 1 ? "is" : "are"}{" "}
      revoked.
      {named("holding", holding, holding.length === 1 ? "still holds it" : "still hold it")}
      {named("after", calledAfter, "called after being revoked")}
      {named("certified", certifiedAgainst, "certified against the log")}
    </Card>
  );
}

interface NamesProps {
  readonly rows: readonly DeveloperRemedy[];
  readonly name: string;
  list(list: string, words: ReactNode): ReactNode;
}

function Names({ rows, name, list }: NamesProps): ReactNode {
  const rest = rows.length - FIRST_NAMES;
  return (
    <>
      {rows.slice(0, FIRST_NAMES).map(({ developer_id, developer }, index) => (
        <span key={developer_id}>
          {index > 0 && ", "}
          <DeveloperLink id={developer_id}>
            <Inert text={developer} most={60} />
          </DeveloperLink>
        </span>
      ))}
      {rest > 0 && <> and {list(name, `${figure(rest)} more`)}</>}
    </>
  );
}
