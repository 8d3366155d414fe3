import fc from "fast-check";
import { expect, test } from "vitest";
import { dryRun } from "../../../../main/findings/answers/dry-run.ts";
import { decide } from "../../../../main/findings/dispositions.ts";
import { Inquiry } from "../../../../main/findings/inquiry.ts";
import { POLICY, type Policy } from "../../../../shared/model/policy.ts";
import { caseOf } from "../../../fixture.ts";
import { randomCase } from "../../../reference/random.ts";
import { quickCase } from "../../query/dataset-of.ts";
import { AS_OF, BEFORE_CUTOFF, CUTOFF, got, inquiries, RULE } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const policyOf = (rule: object, over: object = {}): Policy =>
  POLICY.parse({ schema: "exhibit/policy@1", as_of: AS_OF, rules: [{ ...RULE, ...rule }], ...over });

test("each line says how many calls its key and those before it leave; duplicates are none", () => {
  const consents = [{ subject: "p9", app: "a1", permission: "opt_in", given_at: "2018-01-01T00:00:00Z" }];
  const calls = [
    got(CUTOFF),
    got(CUTOFF, { duplicate: true }),
    got(CUTOFF, { app: "a3" }),
    got(CUTOFF, { subjects: ["p9"] }),
    got(CUTOFF, { fields: ["id"] }),
    got(AS_OF),
    got(BEFORE_CUTOFF),
    got(CUTOFF, { resource: "g2" }),
    got(CUTOFF, { caller: "service" }),
    got(CUTOFF, { operation: "POST /x" }),
    got(CUTOFF, { api: "pages" }),
  ].map((call, index) => ({ resource: "g1", operation: index === 9 ? "POST /x" : "GET /x", ...call }));
  const rule = {
    applies_to: { api: ["GROUPS"], operations: ["get *"], filter: "resource:g1" },
    consent_permission: "opt_in",
    exempt_apps: ["a3"],
  };
  const [changed] = dryRun(inquiryOf(calls, { registry: { consents } }), policyOf(rule)).rules;
  expect(changed?.lines.map(({ line, events }) => [line, events])).toEqual([
    ["api", 9],
    ["operations", 8],
    ["filter", 6],
    ["effective_from", 5],
    ["as_of", 4],
    ["restricted_fields", 3],
    ["consent_permission", 2],
    ["exempt_apps", 1],
  ]);
});

test("before and after are what findings say, and findings in force stay as they are", () => {
  const caseFile = quickCase();
  fc.assert(
    fc.property(randomCase, randomCase, (input, other) => {
      const before = new Inquiry(caseOf(input, caseFile));
      const policy = POLICY.parse(other.policy);
      const found = before.findings();
      const said = dryRun(before, policy);
      expect(new Inquiry(caseFile).findings()).toEqual(found);
      expect(before.findings()).toEqual(found);
      const after = new Inquiry(caseFile, { policy }).findings();
      for (const { rule, before: was, after: is, lines } of said.rules) {
        expect(was).toEqual(found.rules.find((each) => each.rule === rule)?.totals);
        const fresh = after.rules.find((each) => each.rule === rule);
        expect(is).toEqual(fresh?.totals);
        const left = lines.at(-1)?.events ?? 0;
        const counted = fresh
          ? fresh.totals.attempted.events + fresh.totals.possible.events + fresh.totals.obtained.events
          : 0;
        expect(counted).toBeLessThanOrEqual(left);
      }
    }),
    { numRuns: 60 },
  );
}, 30_000);

test("who enters or leaves possible+ or entitled is named; a confirmed finding that would be none no longer holds", () => {
  const calls = [got(CUTOFF), got("2018-05-01T00:00:00Z", { app: "a2" })];
  const inquiry = inquiryOf(calls);
  for (const developer_id of ["app:a1", "app:a2"])
    decide(inquiry.dataset.caseFile, { rule: "members", developer_id, disposition: "confirmed", reason: "seen" });
  const later = dryRun(inquiry, policyOf({ effective_from: "2018-04-05" }));
  expect(later.rules).toMatchObject([{ rule: "members", in: [], out: ["app:a1"] }]);
  expect(later.no_longer_hold).toEqual([{ rule: "members", developer_id: "app:a1" }]);
  const renamed = dryRun(inquiry, policyOf({ id: "other" }));
  expect(renamed.rules.map(({ rule, before, after }) => [rule, before !== undefined, after !== undefined])).toEqual([
    ["other", false, true],
    ["members", true, false],
  ]);
  expect(renamed.no_longer_hold).toHaveLength(2);
});
