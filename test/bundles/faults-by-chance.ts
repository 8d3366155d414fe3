import path from "node:path";
import { temporaryFolder } from "../temporary.ts";
import { bundleOf, randomCase } from "./random-case.ts";
import { unpacked } from "./unpacked.ts";

/** How many small cases are tried; more with CASES. */
const CASES = Number(process.env.CASES ?? 6);

/**
 * What `faultsOf` finds in the bundles of small cases by chance, from the seed `from` on, with all that led to each. A case that
 * makes no bundle is left out; where most make none, that is a fault.
 * @param faultsOf gets the bundle's folder
 */
export async function faultsByChance(from: number, faultsOf: (bundle: string) => string[]): Promise<string[]> {
  const failures: string[] = [];
  let without = 0;
  for (let seed = from; seed < from + CASES; seed += 1) {
    const folder = temporaryFolder();
    const { engine, make, acts } = await randomCase(folder, seed);
    const { originals: _, ...options } = bundleOf(make);
    const made = await engine
      .ask("bundle", { out: path.join(folder, "bundle.zip"), ...options })
      .catch(() => undefined);
    engine.caseFile.close();
    if (made === undefined) {
      without += 1;
      continue;
    }
    const faults = faultsOf(await unpacked(made.bundle, folder));
    if (faults.length > 0) failures.push(`seed ${seed}: ${faults.join("; ")}`, ...acts);
  }
  if (without > CASES / 2) failures.push(`${without} of ${CASES} cases made no bundle`);
  return failures;
}
