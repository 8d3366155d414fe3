import { describe, expect, test } from "vitest";
import { referenceClaims } from "./claims.ts";
import { referenceCoverage } from "./coverage.ts";
import { edges, expectAnswer } from "./edges.ts";
import { peopleOfAll, referenceFindings } from "./findings.ts";

describe("the reference gives what was worked out by hand", () => {
  test("there are cases enough, no two of one name, none of more than five calls", () => {
    const ids = edges().map((edge) => edge.id);
    expect(ids.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ids).size).toBe(ids.length);
    for (const edge of edges()) expect(edge.events.length, edge.id).toBeLessThanOrEqual(5);
  });

  test.each(edges())("$id", (edge) => {
    const { rules, ...rest } = referenceFindings(edge);
    const [rule] = rules;
    if (rule === undefined) throw new Error("no rule");
    const coverage = referenceCoverage(edge.events.map((call) => ({ ...call, source: 1 })));
    expectAnswer(edge, {
      ...rest,
      rule,
      claims: referenceClaims(edge, edge.claims),
      people: peopleOfAll(edge),
      coverage,
    });
  });
});
