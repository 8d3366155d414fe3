import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { claimResult } from "../../../main/findings/answers/claims.ts";
import { Inquiry } from "../../../main/findings/inquiry.ts";
import { CLAIM } from "../../../shared/model/claims.ts";
import type { DeveloperFinding } from "../../../shared/model/finding.ts";
import { caseOf, newCase } from "../../fixture.ts";
import { referenceClaims } from "../../reference/claims.ts";
import { type Answer, edges, expectAnswer } from "../../reference/edges.ts";
import { peopleOfAll, referenceFindings } from "../../reference/findings.ts";
import type { Claim, Input } from "../../reference/model.ts";
import { randomCase } from "../../reference/random.ts";

function answerOf(caseFile: Case, input: Input & { claims: Claim[] }): Answer {
  const inquiry = new Inquiry(caseOf(input, caseFile));
  const findings = inquiry.findings();
  const claims = input.claims.map((claim) => claimResult(inquiry, CLAIM.parse(claim)));
  return {
    ...(findings.as_of === undefined ? {} : { as_of: findings.as_of }),
    rule: findings.rules[0] as Answer["rule"],
    claims: claims.map(({ id, verdict, measured }) => ({
      id,
      verdict,
      ...(measured === undefined ? {} : { measured }),
    })),
    people: inquiry.people("").people as Answer["people"],
    coverage: findings.coverage,
  };
}

describe("each edge case gives what FORMATS says", () => {
  const caseFile = newCase();
  test.each(edges().map((edge) => [`${edge.id}: ${edge.promise}`, edge] as const))("%s", (_, edge) => {
    expectAnswer(edge, answerOf(caseFile, edge));
  });
});

test("the engine and the slow second implementation agree on random small cases", () => {
  const caseFile = newCase();
  fc.assert(
    fc.property(randomCase, (input) => {
      const inquiry = new Inquiry(caseOf(input, caseFile));
      const { as_of, rules } = inquiry.findings();
      const expected = referenceFindings(input);
      const comparable = {
        ...(as_of === undefined ? {} : { as_of }),
        rules: rules.map((rule) => ({ ...rule, developers: rule.developers.map(named) })),
      };
      expect(comparable).toEqual({
        ...expected,
        rules: expected.rules.map((rule) => ({
          ...rule,
          developers: (rule.developers as unknown as DeveloperFinding[]).map(named),
        })),
      });
      expect(inquiry.people("").people).toEqual(peopleOfAll(input));
      const claims = input.claims.map((claim) => claimResult(inquiry, CLAIM.parse(claim)));
      expect(
        claims.map(({ id, verdict, measured }) => ({ id, verdict, ...(measured === undefined ? {} : { measured }) })),
      ).toEqual(referenceClaims(input, input.claims));
    }),
    { numRuns: 200 },
  );
});

/** Without what the reference does not speak of: decisions, remedies, and names where there is none but the id. */
function named({ status: _status, remedy: _remedy, developer, ...row }: DeveloperFinding): object {
  const own =
    developer === undefined ||
    row.developer_id.startsWith("app:") ||
    row.developer_id === "unknown" ||
    developer === row.developer_id;
  return own ? row : { ...row, developer };
}
