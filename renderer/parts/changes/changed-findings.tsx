import { type ReactNode, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { type FindingChange, PART_WORDS } from "../../../shared/model/accountability/changes.ts";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { LevelMark } from "../finding-table/level.tsx";
import { Inert } from "../inert.tsx";

interface Props {
  readonly findings: readonly FindingChange[];
  named(developer_id: string, developer: string): ReactNode;
  /** The calls that got data now, as a number that opens them; absent: those of a bundle, which opens none. */
  got?(rule: string, row: DeveloperFinding): ReactNode;
  confirmAgain?(rule: string, developer_id: string, developer: string): ReactNode;
}

/** Rows drawn at first, and with each "Show more". */
const ROWS_SHOWN = 100;

const CHANGE_WORDS: Readonly<Record<FindingChange["change"], string>> = {
  new: "new",
  gone: "gone",
  level: "another level",
  numbers: "other numbers",
  decision: "decided",
};

/** Each finding that is new, gone or otherwise, with its numbers before and now. */
export function ChangedFindings({ findings, named, confirmAgain, got = gotFigure }: Props): ReactNode {
  const [shown, setShown] = useState(ROWS_SHOWN);
  const rules = new Set(findings.map(({ rule }) => rule));
  return (
    <div className="table-scroll">
      <table className="table changes-findings" aria-label="Findings that are otherwise">
        <thead>
          <tr>
            <th scope="col">Developer</th>
            {rules.size > 1 && <th scope="col">Rule</th>}
            <th scope="col">Change</th>
            <th scope="col">Level before</th>
            <th scope="col">Level now</th>
            <th scope="col" className="right">
              Calls that got, before
            </th>
            <th scope="col" className="right">
              now
            </th>
            <th scope="col">People before</th>
            <th scope="col">now</th>
            <th scope="col">What differs</th>
            <th scope="col">Finding</th>
          </tr>
        </thead>
        <tbody>
          {findings.slice(0, shown).map(({ rule, developer_id, developer, change, differs, before, after }) => (
            <tr key={`${rule} ${developer_id}`}>
              <td>{named(developer_id, developer)}</td>
              {rules.size > 1 && (
                <td>
                  <Inert text={rule} most={40} />
                </td>
              )}
              <td className="nowrap">{CHANGE_WORDS[change]}</td>
              <td>{before && <LevelMark level={before.level} recent={before.recent} />}</td>
              <td>{after && <LevelMark level={after.level} recent={after.recent} />}</td>
              <td className="right" title="As it was then: no calls of now are behind it">
                {before && figure(before.obtained.events)}
              </td>
              <td className={isOther(before, after, calls) ? "right changes-now" : "right"}>
                {after && got(rule, after)}
              </td>
              <td className="nowrap" title="As it was then: no calls of now are behind it">
                {before && peopleOf(before)}
              </td>
              <td
                className={isOther(before, after, peopleOf) ? "nowrap changes-now" : "nowrap"}
                title="The calls beside it list them"
              >
                {after && peopleOf(after)}
              </td>
              <td>{differs.map((part) => PART_WORDS[part]).join(", ")}</td>
              <td className="nowrap">
                {after?.status}
                {after?.status === "confirmed" && (change === "numbers" || change === "level") && (
                  <> {confirmAgain?.(rule, developer_id, developer)}</>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {findings.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + ROWS_SHOWN)}>
          Show more of {figure(findings.length)}
        </button>
      )}
    </div>
  );
}

const gotFigure = (_: string, row: DeveloperFinding): ReactNode => figure(row.obtained.events);
const calls = (row: DeveloperFinding) => row.obtained.events;
const peopleOf = (row: DeveloperFinding) => (row.obtained.events > 0 ? peopleText(row.obtained.people) : "");

const isOther = (
  before: DeveloperFinding | undefined,
  after: DeveloperFinding | undefined,
  of: (row: DeveloperFinding) => unknown,
): boolean => (before && of(before)) !== (after && of(after));
