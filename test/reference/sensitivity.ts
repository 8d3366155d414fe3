import { countedCalls, referenceFindings, ruleSpan } from "./findings.ts";
import type { Input, Rule } from "./model.ts";
import { iso, micros } from "./time.ts";

/*
 * A second, slow and obvious implementation of what moves the numbers (FORMATS, "Sensitivity"): the cutoff is moved in the
 * policy and everything found anew; each call is judged at the time it would have with any of the offsets there are.
 */

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const SHIFTS = { "-P7D": -7 * DAY, "-P1D": -DAY, "-PT1H": -HOUR, PT1H: HOUR, P1D: DAY, P7D: 7 * DAY };

const withRule = (input: Input, rule: Rule, changed: Partial<Rule>): Input => ({
  ...input,
  policy: {
    ...input.policy,
    rules: input.policy.rules.map((each) => (each.id === rule.id ? { ...each, ...changed } : each)),
  },
});

function foundBy(input: Input, id: string) {
  const found = referenceFindings(input).rules.find((each) => each.rule === id);
  if (!found) throw new Error(`no rule ${id}`);
  const rows = found.developers;
  const { entitled: held, attempted, ...others } = found.totals;
  const plain = Object.entries(others).map(([level, { people: _people, ...total }]) => [level, total]);
  return {
    totals: { entitled: held, attempted, ...Object.fromEntries(plain) },
    reached: rows.filter((row) => row.possible.events + row.obtained.events > 0).map((row) => row.developer_id),
    entitled: rows.filter((row) => row.entitled).map((row) => row.developer_id),
  };
}

export function referenceShifts(input: Input, rule: Rule) {
  const asSet = foundBy(input, rule.id);
  const [cutoff] = ruleSpan(input, rule);
  return Object.entries(SHIFTS).map(([by, shift]) => {
    const moved = foundBy(withRule(input, rule, { effective_from: iso(cutoff + shift), grace_days: 0 }), rule.id);
    const gone = (from: typeof asSet, to: typeof asSet) => {
      const ids = (["reached", "entitled"] as const).flatMap((kind) =>
        from[kind].filter((id) => !to[kind].includes(id)),
      );
      return [...new Set(ids)].sort();
    };
    return { by, cutoff: iso(cutoff + shift), totals: moved.totals, in: gone(moved, asSet), out: gone(asSet, moved) };
  });
}

/** Every quarter of an hour from -12:00 to +14:00. */
const OFFSETS = Array.from({ length: 26 * 4 + 1 }, (_, quarter) => -12 * HOUR + quarter * (HOUR / 4));

/** `offsetAt`: how far the zone that was used was ahead of UTC. */
export function referenceCouldMove(input: Input, rule: Rule, offsetAt: (time: number) => number) {
  const [cutoff, asOf] = ruleSpan(input, rule);
  const ever = withRule({ ...input, policy: { ...input.policy, as_of: "2200-01-01T00:00:00Z" } }, rule, {
    effective_from: "1990-01-01T00:00:00Z",
    grace_days: 0,
  });
  const counted = countedCalls(ever, { ...rule, effective_from: "1990-01-01T00:00:00Z", grace_days: 0 });
  const moving = counted.filter(({ call, time }) => {
    const ends = input.registry.grants
      .filter((grant) => grant.app === call.app && grant.permission === rule.permission)
      .filter((grant) => grant.revoked_at !== undefined && grant.granted_at < grant.revoked_at)
      .map((grant) => micros(grant.revoked_at as string));
    const local = time + offsetAt(time);
    return [cutoff, asOf - input.policy.recent_days * DAY, asOf, ...ends].some((boundary) => {
      const sides = new Set(OFFSETS.map((offset) => local - offset >= boundary));
      return sides.size === 2;
    });
  });
  return { events: moving.length, developers: new Set(moving.map(({ developer }) => developer)).size };
}
