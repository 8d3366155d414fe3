import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { ClocksReport } from "../../../shared/model/accountability/due-clock.ts";
import type { Sensitivity } from "../../../shared/model/accountability/sensitivity.ts";
import { sampleCase } from "../../sampled.ts";
import { temporaryFolder } from "../../temporary.ts";

type Fact = { set: string; time: string; reason: string } | { done: string; on: string };

describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])("the sample, seed %i", (seed) => {
  test("its clocks and what would move its numbers are what its maker knows of them", async () => {
    const folder = path.join(temporaryFolder(), "incident");
    const engine = await sampleCase(folder, 3000, seed);
    const read = <T>(file: string) => JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")) as T;
    const truth = read<{ clocks: ClocksReport; sensitivity: Sensitivity }>("truth.json");
    expect(await engine.ask("sensitivity", {})).toEqual(truth.sensitivity);
    await engine.ask("dueClocks", { file: path.join(folder, "clocks.json") });
    for (const fact of read<Fact[]>("facts.json")) {
      if ("set" in fact) await engine.ask("setFact", { fact: fact.set, time: fact.time, reason: fact.reason });
      else await engine.ask("clockDone", { id: fact.done, on: fact.on });
    }
    expect(await engine.ask("dueClocks", { at: truth.clocks.at })).toEqual(truth.clocks);
    engine.caseFile.close();
  }, 60_000);
});
