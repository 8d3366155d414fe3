import { instant, type Moment } from "../../shared/base/moment.ts";
import { isoOf } from "../../shared/base/time.ts";
import type { CaseState } from "../../shared/model/accountability/changes.ts";
import { claimResults } from "../findings/answers/claims.ts";
import { type Decision, decisions } from "../findings/dispositions.ts";
import type { Inquiry } from "../findings/inquiry.ts";
import { remedyOf } from "../remedy/remedy.ts";

/** What of a case is compared, as it stands. `at`: when steps count as done and due; without it now. */
export function stateOf(inquiry: Inquiry, at: Moment = instant(Date.now() * 1000)): CaseState {
  const { asOf, dataset } = inquiry;
  return {
    ...(asOf === undefined ? {} : { as_of: isoOf(asOf) }),
    rules: inquiry.judged.map((judged) => inquiry.summaryOf(judged)),
    claims: claimResults(inquiry).map(({ id, verdict }) => ({ id, verdict })),
    remedy: remedyOf(inquiry, { at }).rules,
    decisions: latestDecisions(decisions(dataset.caseFile)),
  };
}

/** What holds of each finding, from every decision in its order. */
export function latestDecisions(
  all: readonly Pick<Decision, "rule" | "developer_id" | "disposition">[],
): CaseState["decisions"] {
  const latest = new Map(
    all.map(({ rule, developer_id, disposition }) => [`${rule} ${developer_id}`, { rule, developer_id, disposition }]),
  );
  return [...latest.values()];
}
