import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { verify } from "./verify.ts";

/**
 * Checks a bundle that was just made as whoever gets it will, every number worked out anew from it alone. What fails is a
 * fault of this program, and the file stays for whoever looks for that. Gives what the recomputation says.
 * @throws Refusal `bundle-unsound`
 */
export async function demandSound(bundle: string): Promise<string> {
  const { checks } = await verify(bundle, { recompute: true });
  const wrong = checks.filter(({ check, ok }) => ok === false || (check === "recompute" && ok !== true));
  if (wrong.length > 0)
    throw new Refusal(
      "bundle-unsound",
      `${path.basename(bundle)} was made but fails its own check (${wrong.map(({ check, detail }) => `${check}: ${detail}`).join("; ")})`,
      "this is a fault in Exhibit and not in the case: the file is left where it is for inspection; do not hand it over",
    );
  return checks.find(({ check }) => check === "recompute")?.detail ?? "";
}
