import { test } from "vitest";
import { openIncident } from "./incident.ts";
import { expectClocksTruth, expectRemedyTruth, expectTruth } from "./truth.ts";

test.each([1, 2, 3])("seed %i: half a million calls give the generator's truth, number for number", async (seed) => {
  const incident = await openIncident(500_000, seed);
  await expectTruth(incident);
  await expectRemedyTruth(incident);
  await expectClocksTruth(incident);
  incident.engine.caseFile.close();
});

test.each([4, 5, 6, 7, 8, 9, 10, 11, 12, 13])(
  "seed %i: findings, people, claims, remedy, clocks and what would move the numbers are the generator's truth",
  async (seed) => {
    const incident = await openIncident(20_000, seed);
    await expectTruth(incident);
    await expectRemedyTruth(incident);
    await expectClocksTruth(incident);
    incident.engine.caseFile.close();
  },
);
