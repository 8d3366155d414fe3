import fc from "fast-check";
import { expect, test } from "vitest";
import { asOfCurve } from "../../../../main/findings/answers/as-of-curve.ts";
import { Inquiry } from "../../../../main/findings/inquiry.ts";
import { caseOf } from "../../../fixture.ts";
import { entitled } from "../../../reference/findings.ts";
import { randomCase } from "../../../reference/random.ts";
import { micros } from "../../../reference/time.ts";
import { quickCase } from "../../query/dataset-of.ts";

test("each point is what the policy would find with that as-of, by the month and on dates that are asked for", () => {
  const caseFile = quickCase();
  let points = 0;
  fc.assert(
    fc.property(randomCase, (input) => {
      const inquiry = new Inquiry(caseOf(input, caseFile));
      const { policy } = inquiry;
      if (!policy || inquiry.asOf === undefined) return;
      for (const { rule, points: found } of asOfCurve(inquiry).rules) {
        // Three of them: each is judged anew from the beginning.
        for (const { as_of, recent_from: _, holding, ...totals } of [found[0], found[7], found.at(-1)].filter(
          (each) => each !== undefined,
        )) {
          points += 1;
          const other = new Inquiry(caseFile, { policy: { ...policy, as_of } });
          expect(totals, as_of).toEqual(other.findings({ rule }).rules[0]?.totals);
          const own = input.policy.rules.find(({ id }) => id === rule);
          const at = micros(as_of);
          // Whoever is the owner at the instant, and holds it.
          expect(holding).toBe(new Set(own && entitled(input, own, [at, at + 1]).map(([developer]) => developer)).size);
          expect(asOfCurve(inquiry, rule, [as_of]).rules[0]?.points).toEqual([
            { as_of, recent_from: _, holding, ...totals },
          ]);
        }
      }
    }),
    { numRuns: 25 },
  );
  expect(points).toBeGreaterThan(30);
});

test("a date that is none, before the cutoff or behind as-of is refused", () => {
  const caseFile = quickCase();
  fc.assert(
    fc.property(randomCase, (input) => {
      const inquiry = new Inquiry(
        caseOf({ ...input, policy: { ...input.policy, as_of: "2019-11-05T00:00:00Z" } }, caseFile),
      );
      const [rule] = input.policy.rules;
      for (const [date, words] of [
        ["soon", /is no time|is not/u],
        ["2001-01-01", /behind the cutoff/u],
        ["2033-01-01", /up to/u],
      ] as const)
        expect(() => asOfCurve(inquiry, rule?.id, [date])).toThrow(words);
    }),
    { numRuns: 1 },
  );
});
