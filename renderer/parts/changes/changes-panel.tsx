import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { RuleChange, StateChanges, StepChange } from "../../../shared/model/accountability/changes.ts";
import { againstText } from "../../../shared/model/accountability/remedy-text.ts";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { STEP_WORDS } from "../../text/step-words.ts";
import { LevelMark } from "../finding-table/level.tsx";
import { Inert } from "../inert.tsx";
import { Section } from "../page.tsx";
import { ChangedFindings } from "./changed-findings.tsx";
import "./changes.css";

interface Props {
  readonly changes: StateChanges;
  /** How a developer is shown: a link, where it is of this case. */
  named(developer_id: string, developer: string): ReactNode;
  /** The calls that a finding has got now, as a number that opens them. */
  got?(rule: string, row: DeveloperFinding): ReactNode;
  /** The same of a developer's steps. */
  stepsOf?(developer_id: string, words: string): ReactNode;
  /** What stands beside a finding that somebody confirmed and that is otherwise now. */
  confirmAgain?(rule: string, developer_id: string, developer: string): ReactNode;
}

/** What is otherwise in one state than in an earlier one: what got worse first, then rule by rule, then finding by finding. */
export function ChangesPanel({ changes, named, stepsOf, got, confirmAgain }: Props): ReactNode {
  const { rules, findings, no_longer_hold: fallen, claims, remedy } = changes;
  const isNothing = findings.length + fallen.length + claims.length + remedy.length === 0;
  return (
    <>
      {isNothing && rules.every(isSame) && (
        <p role="status">Nothing is otherwise: findings, claims and steps stay as they were.</p>
      )}
      {fallen.length > 0 && (
        <Section title={`Confirmed, and no longer holding: ${figure(fallen.length)}`}>
          <ul className="changes-steps">
            {fallen.map(({ rule, developer_id, developer }) => (
              <li key={`${rule} ${developer_id}`}>
                {named(developer_id, developer)} under <Inert text={rule} />: the finding was confirmed, and nothing is
                found any more.
              </li>
            ))}
          </ul>
        </Section>
      )}
      {remedy.length > 0 && (
        <Section title={`Remedy steps of which something else speaks against them: ${figure(remedy.length)}`}>
          <ul className="changes-steps">
            {remedy.map((each) => (
              <li key={each.n}>
                <ChangedStep change={each} stepsOf={stepsOf ?? named} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {claims.length > 0 && (
        <Section title={`Claims that turn: ${figure(claims.length)}`}>
          <ul className="changes-steps">
            {claims.map(({ id, before, after }) => (
              <li key={id}>
                <Inert text={id} />: {before} before, <strong>{after}</strong> now
              </li>
            ))}
          </ul>
        </Section>
      )}
      {rules.length > 0 && (
        <Section title="Developers by level">
          <div className="changes-rules">
            {rules.map((rule) => (
              <RuleTable key={rule.rule} rule={rule} />
            ))}
          </div>
        </Section>
      )}
      {findings.length > 0 && (
        <Section title={`Findings that are otherwise: ${figure(findings.length)}`}>
          <ChangedFindings
            findings={findings}
            named={named}
            {...(got && { got })}
            {...(confirmAgain && { confirmAgain })}
          />
        </Section>
      )}
    </>
  );
}

const isSame = ({ before, after }: RuleChange): boolean => JSON.stringify(before) === JSON.stringify(after);

function ChangedStep({
  change: { developer_id, developer, step, on, before, after, is_worse: isWorse },
  stepsOf,
}: {
  change: StepChange;
  stepsOf(id: string, words: string): ReactNode;
}): ReactNode {
  const words = (all: StepChange["after"]) => (all.length === 0 ? "nothing" : all.map(againstText).join(", "));
  return (
    <>
      {stepsOf(developer_id, developer)}, {STEP_WORDS[step]}
      {on !== undefined && ` on ${on.slice(0, 10)}`}: <span className={isWorse ? "danger" : ""}>{words(after)}</span>
      <span className="muted"> (before: {words(before)})</span>
    </>
  );
}

/** Why a number opens no rows. */
const BEFORE = "As it was then: no calls of now are behind it";
const NOW = "Answer has this number with its rows";

const LEVELS = ["entitled", "obtained", "possible", "attempted"] as const;

function RuleTable({ rule: { rule, before, after } }: { rule: RuleChange }): ReactNode {
  const row = (key: string, name: ReactNode, was: string | undefined, is: string | undefined) => (
    <tr key={key}>
      <th scope="row">{name}</th>
      <td className="right" title={BEFORE}>
        {was ?? <span className="muted">no rule</span>}
      </td>
      <td className={was === is ? "right" : "right changes-now"} title={NOW}>
        {is ?? <span className="muted">no rule</span>}
      </td>
    </tr>
  );
  return (
    <div>
      <table className="plain-table" aria-label={`Developers by level, ${rule}`}>
        <thead>
          <tr>
            <th scope="col">
              <Inert text={rule} most={60} />
            </th>
            <th scope="col" className="right">
              before
            </th>
            <th scope="col" className="right">
              now
            </th>
          </tr>
        </thead>
        <tbody>
          {LEVELS.map((level) =>
            row(
              level,
              <LevelMark level={level} />,
              before && figure(before[level].developers),
              after && figure(after[level].developers),
            ),
          )}
          {row(
            "recent",
            "recent",
            before && figure(before.recent.developers),
            after && figure(after.recent.developers),
          )}
          {row(
            "calls",
            "Calls that got data",
            before && figure(before.obtained.events),
            after && figure(after.obtained.events),
          )}
          {row(
            "people",
            "People",
            before && peopleText(before.obtained.people),
            after && peopleText(after.obtained.people),
          )}
        </tbody>
      </table>
    </div>
  );
}
