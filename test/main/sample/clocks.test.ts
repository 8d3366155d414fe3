import { test } from "vitest";
import { openIncident } from "../../incident.ts";
import { expectClocksTruth } from "../../truth.ts";

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  "seed %i: the sample's clocks and what would move its numbers are what its maker knows of them",
  async (seed) => {
    const incident = await openIncident(3000, seed);
    await expectClocksTruth(incident);
    incident.engine.caseFile.close();
  },
  60_000,
);
