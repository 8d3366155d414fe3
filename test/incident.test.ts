import { expect, test } from "vitest";
import { openIncident } from "./incident.ts";
import { expectIndependentCounts, expectTruth } from "./truth.ts";

test.each([1, 2, 3])(
  "seed %i: findings, claims, people and counts are the generator's truth, number for number",
  async (seed) => {
    const incident = await openIncident(20_000, seed);
    await expectTruth(incident);
    if (seed === 1) {
      await expectIndependentCounts(incident);
      const { rules } = await incident.engine.ask("findings", {});
      expect(rules[0]?.totals.entitled.developers).toBe(100);
      expect(rules[0]?.totals.recent.developers).toBe(11);
    }
    incident.engine.caseFile.close();
  },
);
