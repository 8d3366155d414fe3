import { DAY, HOUR, isoOf, type Micros } from "../../../shared/base/time.ts";
import {
  type Sensitivity,
  SHIFTS,
  type Shift,
  type ShiftedRule,
} from "../../../shared/model/accountability/sensitivity.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import type { Inquiry } from "../inquiry.ts";
import { type Judged, judge } from "../rules/judge.ts";
import { ruleNamed } from "../rules/policy.ts";
import { grantsOf } from "./answer.ts";
import { movedBetween, plainFindings } from "./plain-totals.ts";
import { zoneDoubts } from "./zone-sensitivity.ts";

const BY: Readonly<Record<Shift, Micros>> = {
  "-P7D": -7 * DAY,
  "-P1D": -DAY,
  "-PT1H": -HOUR,
  PT1H: HOUR,
  P1D: DAY,
  P7D: 7 * DAY,
};

/** What would move the numbers: another cutoff, another zone. @throws Refusal `rule-unknown`, `policy-missing` for a rule that is none */
export function sensitivity(inquiry: Inquiry, only?: string): Sensitivity {
  if (only !== undefined) ruleNamed(inquiry.policy, only);
  return {
    rules: inquiry.judged
      .filter(({ rule }) => only === undefined || rule.id === only)
      .map((judged) => ({
        rule: judged.rule.id,
        shifts: shiftsOf(inquiry, judged),
        zones: zoneDoubts(inquiry, judged),
      })),
  };
}

/** The totals with the cutoff moved, as if the policy had been written so. All else stays, `as_of` and the recent window too. */
function shiftsOf(inquiry: Inquiry, judged: Judged): ShiftedRule[] {
  const { dataset, personIndex, returned, policy } = inquiry;
  const { rule, cutoff, asOf } = judged;
  const grants = grantsOf(inquiry, judged);
  const recentFrom = asOf - recentDaysOf(policy) * DAY;
  const judgeFrom = (from: Micros, named: Micros) =>
    judge(dataset, personIndex, returned, rule, named, asOf, { from, to: asOf });
  // A filter that names the cutoff means other calls with each. Else a call's level does not depend on it.
  const namesCutoff = /\bcutoff\b/iu.test(rule.applies_to.filter ?? "");
  const earliest = namesCutoff ? undefined : judgeFrom(cutoff + Math.min(...Object.values(BY)), cutoff);
  const found = (at: Micros) => plainFindings(dataset, earliest ?? judgeFrom(at, at), grants, at, recentFrom);
  const asSet = found(cutoff);
  return SHIFTS.map((by) => {
    const moved = cutoff + BY[by];
    const shifted = found(moved);
    return { by, cutoff: isoOf(moved), totals: shifted.totals, ...movedBetween(asSet, shifted) };
  });
}
