import { describe, expect, test } from "vitest";
import { referenceClaims } from "./claims.ts";
import { referenceClocks } from "./clocks.ts";
import { referenceCoverage } from "./coverage.ts";
import { edges, expectAnswer } from "./edges.ts";
import { peopleOfAll, referenceFindings } from "./findings.ts";
import { referenceRemedy } from "./remedy.ts";
import { referenceCouldMove, referenceShifts } from "./sensitivity.ts";

describe("the reference gives what was worked out by hand", () => {
  test("there are cases enough, no two of one name, none of more than five calls", () => {
    const ids = edges().map((edge) => edge.id);
    expect(ids.length).toBeGreaterThanOrEqual(200);
    expect(new Set(ids).size).toBe(ids.length);
    for (const edge of edges()) expect(edge.events.length, edge.id).toBeLessThanOrEqual(5);
  });

  test.each(edges())("$id", (edge) => {
    const { as_of, rules } = referenceFindings(edge);
    const [rule] = edge.policy.rules;
    const { remedy, clocks, zone } = edge;
    const entries = (remedy?.entries ?? []).map((entry) => ({ ...entry, rule: rule?.id ?? "" }));
    expectAnswer(edge, {
      ...(as_of === undefined ? {} : { as_of }),
      rules,
      claims: referenceClaims(edge, edge.claims),
      people: peopleOfAll(edge),
      coverage: referenceCoverage(edge.events.map((call) => ({ ...call, source: 1 }))),
      remedy: remedy === undefined ? [] : referenceRemedy(edge, entries, remedy.at),
      clocks: clocks === undefined ? [] : referenceClocks(edge, clocks),
      sensitivity: edge.policy.rules.map((each) => ({
        rule: each.id,
        shifts: referenceShifts(edge, each),
        zones:
          zone === undefined
            ? []
            : [{ source: 1, could_move: referenceCouldMove(edge, each, () => zone.offset_hours * 3_600_000_000) }],
      })),
    });
  });
});
