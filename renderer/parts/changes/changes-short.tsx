import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { FindingChange, RuleChange, StateChanges } from "../../../shared/model/accountability/changes.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { counted } from "../../text/format.ts";
import { LEVEL_WORDS } from "../finding-table/words.ts";
import { Inert } from "../inert.tsx";
import "./changes.css";

/** Findings that are named; the rest are counted. */
const MAX_NAMED = 6;

/** What an act would change, in a few lines: beside the button that does it. */
export function ChangesShort({ changes }: { changes: StateChanges }): ReactNode {
  const { rules, findings, no_longer_hold: fallen, claims } = changes;
  const moved = rules.flatMap(linesOf);
  return (
    <div className="changes-short" role="status">
      <strong>What it would change</strong>
      {moved.length + findings.length + fallen.length + claims.length === 0 && (
        <p className="muted">No finding, no claim.</p>
      )}
      <ul>
        {moved.map((line) => (
          <li key={line}>
            <Inert text={line} most={200} />
          </li>
        ))}
        {findings.slice(0, MAX_NAMED).map((each) => (
          <li key={`${each.rule} ${each.developer_id}`}>
            <Inert text={each.developer} most={60} />: {wordsOf(each)}
          </li>
        ))}
        {findings.length > MAX_NAMED && <li>and {counted(findings.length - MAX_NAMED, "more finding")}</li>}
        {fallen.map(({ rule, developer_id, developer }) => (
          <li key={`fallen ${rule} ${developer_id}`} className="warning">
            <Inert text={developer} most={60} />: confirmed, and would no longer hold
          </li>
        ))}
        {claims.map(({ id, before, after }) => (
          <li key={`claim ${id}`}>
            Claim <Inert text={id} most={60} />: {before} now, {after} then
          </li>
        ))}
      </ul>
    </div>
  );
}

const LEVELS = ["entitled", "obtained", "possible", "attempted"] as const;

function linesOf({ rule, before, after }: RuleChange): string[] {
  if (before === undefined || after === undefined) return [];
  return [
    ...LEVELS.flatMap((level) =>
      before[level].developers === after[level].developers
        ? []
        : [
            `${rule}: ${LEVEL_WORDS[level]} ${figure(before[level].developers)} now, ${figure(after[level].developers)} then`,
          ],
    ),
    ...(peopleText(before.obtained.people) === peopleText(after.obtained.people)
      ? []
      : [`${rule}: people ${peopleText(before.obtained.people)} now, ${peopleText(after.obtained.people)} then`]),
  ];
}

function wordsOf({ change, before, after }: FindingChange): string {
  if (change === "gone") return "no finding any more";
  if (change === "new") return `a finding, ${counted(after?.obtained.events ?? 0, "call")} that got data`;
  const [was, is] = [before?.obtained.events ?? 0, after?.obtained.events ?? 0];
  return was === is ? "other numbers" : `calls that got data ${figure(was)} now, ${figure(is)} then`;
}
