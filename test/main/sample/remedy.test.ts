import { expect, test } from "vitest";
import { openIncident } from "../../incident.ts";
import { expectRemedyTruth } from "../../truth.ts";

// More seeds: incident.large.ts.
test.each([1, 2, 7])(
  "the sample's remedy is what its maker knows of it, seed %i",
  async (seed) => {
    const incident = await openIncident(3000, seed);
    const rows = await expectRemedyTruth(incident);
    const against = rows.filter(({ entries }) =>
      entries.some((entry) => entry.step === "certified" && entry.against.length > 0),
    );
    expect(against).toHaveLength(1);
    expect(rows.filter(({ overdue }) => overdue.includes("audited"))).toHaveLength(1);
    const unnotified = rows.filter(
      ({ entries, state }) => state === "certified" && entries.every(({ step }) => step !== "notified"),
    );
    expect(unnotified).toHaveLength(1);
    incident.engine.caseFile.close();
  },
  120_000,
);
