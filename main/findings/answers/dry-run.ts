import type { DryRun } from "../../../shared/model/accountability/dry-run.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import type { Policy } from "../../../shared/model/policy.ts";
import { decisions } from "../dispositions.ts";
import { Inquiry } from "../inquiry.ts";
import type { Judged } from "../rules/judge.ts";
import { ruleLines } from "../rules/rule-lines.ts";
import { claimResults } from "./claims.ts";
import { membersOf, movedBetween } from "./plain-totals.ts";
import { policyWarnings } from "./policy-warnings.ts";

/** What a policy would change against another one, of the same calls. Nothing is set. */
export function dryRun(before: Inquiry, policy: Policy): DryRun & { warnings: string[] } {
  const after = new Inquiry(before.dataset.caseFile, { policy, beside: before });
  const rulesOf = ({ judged }: Inquiry) => new Map(judged.map((each) => [each.rule.id, each]));
  const [old, fresh] = [rulesOf(before), rulesOf(after)];
  const ids = [...fresh.keys(), ...[...old.keys()].filter((id) => !fresh.has(id))];
  const found = ids.map((id) => {
    const [was, is] = [old.get(id), fresh.get(id)];
    return { id, was: was && before.summaryOf(was), is: is && after.summaryOf(is) };
  });
  const verdicts = new Map(claimResults(before).map(({ id, verdict }) => [id, verdict]));
  return {
    rules: found.map(({ id, was, is }) => ({ rule: id, lines: linesOf(after, fresh.get(id)), ...moved(was, is) })),
    no_longer_hold: noLongerHold(before, found),
    claims: claimResults(after).flatMap(({ id, verdict }) => {
      const was = verdicts.get(id);
      return was === undefined || was === verdict ? [] : [{ id, before: was, after: verdict }];
    }),
    warnings: policyWarnings(after),
  };
}

const linesOf = ({ dataset, personIndex, returned }: Inquiry, judged: Judged | undefined) =>
  judged === undefined ? [] : ruleLines(dataset, personIndex, returned, judged);

const moved = (was: RuleFindings | undefined, is: RuleFindings | undefined) => ({
  ...(was ? { before: was.totals } : {}),
  ...(is ? { after: is.totals } : {}),
  ...movedBetween(membersOf(was), membersOf(is)),
});

/** Findings that somebody confirmed, of which the policy would make none. */
function noLongerHold(
  { dataset }: Inquiry,
  found: readonly { id: string; is: RuleFindings | undefined }[],
): DryRun["no_longer_hold"] {
  const holding = new Map(found.map(({ id, is }) => [id, new Set(is?.developers.map((row) => row.developer_id))]));
  const latest = new Map(decisions(dataset.caseFile).map((each) => [`${each.rule} ${each.developer_id}`, each]));
  return [...latest.values()]
    .filter(
      ({ disposition, rule, developer_id }) =>
        disposition === "confirmed" && holding.get(rule)?.has(developer_id) !== true,
    )
    .map(({ rule, developer_id }) => ({ rule, developer_id }));
}
