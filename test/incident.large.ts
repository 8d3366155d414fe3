import { test } from "vitest";
import { openIncident } from "./incident.ts";
import { expectRemedyTruth, expectTruth } from "./truth.ts";

test.each([1, 2, 3])("seed %i: half a million calls give the generator's truth, number for number", async (seed) => {
  const incident = await openIncident(500_000, seed);
  await expectTruth(incident);
  await expectRemedyTruth(incident);
  incident.engine.caseFile.close();
});

test.each([4, 5, 6, 8, 9, 10, 11])("seed %i: the truth of the remedy, step for step", async (seed) => {
  const incident = await openIncident(3000, seed);
  await expectRemedyTruth(incident);
  incident.engine.caseFile.close();
});
