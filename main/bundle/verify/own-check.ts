import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { PrintedVerdict } from "./verify.ts";

/**
 * What `verify --recompute` says of a bundle that was just made: whoever gets it will ask the same. What fails is a fault of
 * this program, and the file stays for whoever looks for that. Gives what the recomputation says.
 * @throws Refusal `bundle-unsound`
 */
export function demandSound(bundle: string, { checks }: PrintedVerdict): string {
  const wrong = checks.filter(({ check, ok }) => ok === false || (check === "recompute" && ok !== true));
  if (wrong.length > 0)
    throw new Refusal(
      "bundle-unsound",
      `${path.basename(bundle)} was made but fails its own check (${wrong.map(({ check, detail }) => `${check}: ${detail}`).join("; ")})`,
      "this is a fault in Exhibit and not in the case: the file is left where it is for inspection; do not hand it over",
    );
  return checks.find(({ check }) => check === "recompute")?.detail ?? "";
}
