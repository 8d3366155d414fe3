import fc from "fast-check";
import { expect } from "vitest";
import { claimResult } from "../../main/findings/answers/claims.ts";
import { Inquiry } from "../../main/findings/inquiry.ts";
import { CLAIM } from "../../shared/model/claims.ts";
import type { DeveloperFinding } from "../../shared/model/finding.ts";
import { caseOf } from "../fixture.ts";
import { caseWithoutCache } from "../main/query/dataset-of.ts";
import { referenceClaims } from "../reference/claims.ts";
import { peopleOfAll, referenceFindings } from "../reference/findings.ts";
import { randomCase } from "../reference/random.ts";

/** The engine and the slow second implementation say the same findings, people and verdicts of so many random small cases. */
export function findingsAgree(numRuns: number): void {
  const caseFile = caseWithoutCache();
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
    { numRuns },
  );
  caseFile.close();
}

/** Without what the reference does not speak of: decisions, remedies, and names where there is none but the id. */
function named({ status: _status, remedy: _remedy, developer, ...row }: DeveloperFinding): object {
  const own =
    developer === undefined ||
    row.developer_id.startsWith("app:") ||
    row.developer_id === "unknown" ||
    developer === row.developer_id;
  return own ? row : { ...row, developer };
}
