import fs from "node:fs";
import path from "node:path";
import { demandSound } from "../../main/bundle/verify/own-check.ts";
import { verify } from "../../main/bundle/verify/verify.ts";
import { Refusal } from "../../shared/base/errors.ts";
import { temporaryFolder } from "../temporary.ts";
import { bundleOf, randomCase } from "./random-case.ts";

/** Makes the case of a seed and its bundle, and works that out again from itself alone. Gives what is not right, with all that led to it. */
async function faultsOf(seed: number): Promise<string[]> {
  const folder = temporaryFolder();
  const { engine, make, acts } = await randomCase(folder, seed);
  const out = path.join(folder, "bundle.zip");
  const options = bundleOf(make);
  try {
    await engine.ask("bundle", { out, ...options });
    demandSound(out, await verify(out, { recompute: true }));
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [`seed ${seed}`, ...acts, `bundle ${JSON.stringify(options)}`, error.what];
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
