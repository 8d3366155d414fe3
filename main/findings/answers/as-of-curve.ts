import { Refusal } from "../../../shared/base/errors.ts";
import { momentOf } from "../../../shared/base/moment.ts";
import { DAY, isoOf, type Micros } from "../../../shared/base/time.ts";
import type { AsOfCurve, AsOfPoint } from "../../../shared/model/accountability/as-of-curve.ts";
import { recentDaysOf } from "../../../shared/model/recent-days.ts";
import { CallTallier, reachedTotal } from "../call-tallier.ts";
import type { Inquiry } from "../inquiry.ts";
import type { Grants } from "../rules/grants.ts";
import { ATTEMPTED, type Judged, judge, NONE, OBTAINED, POSSIBLE } from "../rules/judge.ts";
import { ruleNamed } from "../rules/policy.ts";

import { grantsOf } from "./answer.ts";

/** Dates that one answer has at most: a month each for ten years. */
const MAX_POINTS = 600;

/**
 * What each rule finds with other as-of dates: the end of every month from its cutoff on and its own, or those that are asked for.
 * @throws Refusal `rule-unknown`, `policy-missing`, `usage` for a time that is none, or outside the rule's span
 */
export function asOfCurve(inquiry: Inquiry, only?: string, at?: readonly string[]): AsOfCurve {
  if (only !== undefined) ruleNamed(inquiry.policy, only);
  return {
    rules: inquiry.judged
      .filter(({ rule }) => only === undefined || rule.id === only)
      .map((judged) => ({ rule: judged.rule.id, points: pointsOf(inquiry, judged, at) })),
  };
}

function pointsOf(inquiry: Inquiry, judged: Judged, at: readonly string[] | undefined): AsOfPoint[] {
  const grants = grantsOf(inquiry, judged);
  const dates = at === undefined ? monthEnds(judged) : datesGiven(judged, at);
  // A filter that names `asof` or a recent window means other calls with each. Else a call's level does not depend on it.
  if (/\b(?:asof|last\d+d)\b/iu.test(judged.rule.applies_to.filter ?? ""))
    return dates.flatMap((date) => pointsAt(inquiry, judgedAsOf(inquiry, judged, date), grants, [date]));
  return pointsAt(inquiry, judged, grants, dates);
}

const judgedAsOf = ({ dataset, personIndex, returned }: Inquiry, { rule, cutoff }: Judged, date: Micros): Judged =>
  judge(dataset, personIndex, returned, rule, cutoff, date);

/** One pass over the calls; each date takes what was counted until then. `dates` ascend. */
function pointsAt(inquiry: Inquiry, judged: Judged, grants: Grants, dates: readonly Micros[]): AsOfPoint[] {
  const { dataset, policy } = inquiry;
  const { columns } = dataset;
  const tallier = new CallTallier(inquiry, judged);
  const recentSpan = recentDaysOf(policy) * DAY;
  const levels = { [ATTEMPTED]: tallier.empty(), [POSSIBLE]: tallier.empty(), [OBTAINED]: tallier.empty() };
  let reached = judged.from;
  return dates.map((asOf): AsOfPoint => {
    const to = Math.min(judged.to, columns.lowerBound(asOf));
    for (; reached < to; reached += 1) {
      const verdict = judged.verdicts[reached] as number;
      if (verdict !== NONE && verdict <= OBTAINED) tallier.add(levels[verdict as keyof typeof levels], reached);
    }
    const recentFrom = asOf - recentSpan;
    const recent = tallier.empty();
    for (let p = Math.max(judged.from, columns.lowerBound(recentFrom)); p < to; p += 1) {
      const verdict = judged.verdicts[p] as number;
      if (verdict >= POSSIBLE && verdict <= OBTAINED) tallier.add(recent, p);
    }
    const held = grants.entitled(judged.cutoff, asOf);
    const [attempted, possible, obtained] = [levels[ATTEMPTED], levels[POSSIBLE], levels[OBTAINED]];
    return {
      as_of: isoOf(asOf),
      recent_from: isoOf(recentFrom),
      holding: grants.holding(asOf).size,
      entitled: { developers: held.size, apps: new Set([...held.values()].flatMap((apps) => [...apps])).size },
      attempted: withoutPeople(reachedTotal(attempted)),
      possible: reachedTotal(possible),
      obtained: {
        ...reachedTotal(obtained),
        ...(obtained.fieldsAre === undefined ? {} : { fields_are: obtained.fieldsAre }),
      },
      recent: reachedTotal(recent),
    };
  });
}

/** Who got nothing got nothing of anybody. */
const withoutPeople = ({ people: _, ...total }: AsOfPoint["possible"]): AsOfPoint["attempted"] => total;

/** The ends of the UTC months behind the cutoff, and the rule's own as-of. */
function monthEnds({ cutoff, asOf }: Judged): Micros[] {
  if (!Number.isFinite(asOf) || asOf <= cutoff) return [];
  const dates: Micros[] = [];
  const begin = new Date(cutoff / 1000);
  for (let month = begin.getUTCMonth() + 1; ; month += 1) {
    const end = Date.UTC(begin.getUTCFullYear(), month, 1) * 1000;
    if (end >= asOf) break;
    dates.push(end);
  }
  return [...dates.slice(-(MAX_POINTS - 1)), asOf];
}

function datesGiven({ cutoff, asOf }: Judged, at: readonly string[]): Micros[] {
  const wrong = (what: string, todo: string) => new Refusal("usage", what, todo);
  if (at.length > MAX_POINTS) throw wrong(`${at.length} dates are asked for`, `give at most ${MAX_POINTS}`);
  const dates = at.map((text) => {
    const moment = momentOf(text);
    if (!("from" in moment)) throw wrong(`"${text.slice(0, 60)}" ${moment.what}`, moment.todo);
    // A day without a clock is its end, as in a policy.
    const date = moment.after;
    if (date <= cutoff || date > asOf)
      throw wrong(
        `${text.slice(0, 60)} is not behind the cutoff and up to as-of`,
        `give times behind ${isoOf(cutoff)}${Number.isFinite(asOf) ? ` and up to ${isoOf(asOf)}` : ""}`,
      );
    return date;
  });
  return [...new Set(dates)].sort((a, b) => a - b);
}
