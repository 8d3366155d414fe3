import fs from "node:fs";
import path from "node:path";
import { verify } from "../../main/bundle/verify/verify.ts";
import { Refusal } from "../../shared/base/errors.ts";
import { temporaryFolder } from "../temporary.ts";
import { bundleOf, randomCase } from "./random-case.ts";

/** Makes the case of a seed, its bundle, and works it out again from the bundle alone. Gives what is not right, with all that led to it. */
async function faultsOf(seed: number): Promise<string[]> {
  const folder = temporaryFolder();
  const { engine, make, acts } = await randomCase(folder, seed);
  const out = path.join(folder, "bundle.zip");
  const options = bundleOf(make);
  try {
    await engine.ask("bundle", { out, ...options });
    const { checks } = await verify(out, { recompute: true });
    const bad = checks.filter(({ check, ok }) => ok === false || (check === "recompute" && ok !== true));
    if (bad.length === 0) return [];
    return [
      `seed ${seed}`,
      ...acts,
      `bundle ${JSON.stringify(options)}`,
      ...bad.map(({ check, detail }) => `${check}: ${detail}`),
    ];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [`seed ${seed}`, ...acts, `bundle ${JSON.stringify(options)}`, error.message];
  } finally {
    engine.caseFile.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes and checks the bundles of `count` cases, from the seed `from` on. Gives those that failed. */
export async function failures(from: number, count: number): Promise<string[][]> {
  const failed: string[][] = [];
  for (let seed = from; seed < from + count; seed += 1) {
    const faults = await faultsOf(seed);
    if (faults.length > 0) failed.push(faults);
  }
  return failed;
}
