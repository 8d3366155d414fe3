import type { Findings } from "../../../../shared/model/finding.ts";
import { DISPOSITIONS } from "../../../../shared/model/finding.ts";
import type { BundleDocument } from "../../contents/bundle-record.ts";
import { plural } from "./words.ts";

/** Of a bundle of findings in some states: which, and of how many others it has the numbers alone. */
export function statesText(
  { findings: states }: Pick<BundleDocument, "findings">,
  findings: Findings,
): string | undefined {
  if (states === undefined) return undefined;
  const rows = findings.rules.flatMap(({ developers }) => developers);
  const of = (state: string) => rows.filter(({ status }) => status === state).length;
  const kept = states.reduce((sum, state) => sum + of(state), 0);
  const left = DISPOSITIONS.filter((state) => !states.includes(state) && of(state) > 0);
  const others = left.length === 0 ? "" : ` (${left.map((state) => `${of(state)} ${state}`).join(", ")})`;
  return `Those of ${plural(kept, `${states.join(" or ")} finding`)}. Of ${plural(rows.length - kept, "other finding")}${others} only the numbers are in this bundle: the calls that they and the totals rest on are left out, and can be asked for.`;
}
