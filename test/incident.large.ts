import { test } from "vitest";
import { openIncident } from "./incident.ts";
import { expectTruth } from "./truth.ts";

test.each([1, 2, 3])("seed %i: half a million calls give the generator's truth, number for number", async (seed) => {
  const incident = await openIncident(500_000, seed);
  await expectTruth(incident);
  incident.engine.caseFile.close();
});
