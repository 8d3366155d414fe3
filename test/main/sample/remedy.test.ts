import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Against, Remedy } from "../../../shared/model/accountability/remedy.ts";
import { sampleCase } from "../../sampled.ts";
import { temporaryFolder } from "../../temporary.ts";

const withoutFilter = (against: Against): object => {
  if (!("filter" in against)) return against;
  const { filter: _filter, ...rest } = against;
  return rest;
};

describe.each([1, 2, 7, 23])("the sample's remedy, seed %i", (seed) => {
  test("is what its maker knows of it, and each filter has the calls that it says", async () => {
    const folder = path.join(temporaryFolder(), "incident");
    const engine = await sampleCase(folder, 3000, seed);
    const { remedy: truth } = JSON.parse(fs.readFileSync(path.join(folder, "truth.json"), "utf8")) as {
      remedy: Remedy;
    };
    await engine.ask("importSteps", { file: path.join(folder, "remedy.csv") });
    const remedy = await engine.ask("remedy", { at: truth.at });
    const rules = remedy.rules.map(({ rule, developers }) => ({
      rule,
      developers: developers.map((row) => ({
        ...row,
        entries: row.entries.map((entry) => ({ ...entry, against: entry.against.map(withoutFilter) })),
      })),
    }));
    expect({ at: remedy.at, rules }).toEqual(truth);
    const entries = remedy.rules.flatMap(({ developers }) => developers.flatMap((row) => row.entries));
    for (const each of entries.flatMap(({ against }) => against))
      if ("filter" in each)
        expect((await engine.ask("query", { filter: each.filter })).count, each.filter).toBe(each.events);
    const rows = remedy.rules[0]?.developers ?? [];
    expect(entries.filter(({ step, against }) => step === "certified" && against.length > 0)).toHaveLength(1);
    expect(rows.filter(({ overdue }) => overdue.includes("audited"))).toHaveLength(1);
    const isNotified = (steps: readonly string[]) => steps.includes("notified");
    expect(
      rows.filter(({ entries: own, state }) => state === "certified" && !isNotified(own.map(({ step }) => step))),
    ).toHaveLength(1);
    engine.caseFile.close();
  }, 60_000);
});
