import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import type { BundleChanges, CaseState } from "../../../shared/model/accountability/changes.ts";
import type { Remedy } from "../../../shared/model/accountability/remedy.ts";
import type { ClaimResult, Findings } from "../../../shared/model/finding.ts";
import { compareStates } from "../../changes/compare-states.ts";
import { latestDecisions } from "../../changes/state-of.ts";
import type { BundleDocument } from "../contents/bundle-record.ts";
import { openBag } from "./bag/open-bag.ts";
import { verifyBag } from "./bag/verify-bag.ts";
import { readJson } from "./extract/read-extract.ts";

/**
 * What a later bundle says otherwise than an older one. Both are intact, or nothing is compared; whether they are of one case,
 * and one chain follows the other, is what `verify --after` checks.
 * @throws Refusal `bundle-missing`
 */
export async function bundleChanges(before: string, after: string): Promise<BundleChanges> {
  const [was, is] = [await stateIn(before), await stateIn(after)];
  return { before: was.name, after: is.name, ...compareStates(was.state, is.state) };
}

async function stateIn(target: string): Promise<{ name: string; state: CaseState }> {
  const refused = (why: string) =>
    new Refusal(
      "bundle-missing",
      `${path.basename(target)} ${why}`,
      "choose two bundles that `exhibit verify` finds intact",
    );
  const broken = (await verifyBag(target)).checks.find(({ ok }) => ok === false);
  if (broken) throw refused(`is not intact: ${broken.check}: ${broken.detail}`);
  const { bag, close } = await openBag(target);
  try {
    if (bag === undefined || !bag.exhibit) throw refused("is not an Exhibit bundle");
    const about = await readJson<BundleDocument>(bag, "bundle.json");
    const findings = await readJson<Findings>(bag, "findings.json");
    const { claims } = await readJson<{ claims: ClaimResult[] }>(bag, "claims.json");
    // Absent in bundles of versions that knew no remedy.
    const remedy = bag.files.sizes.has("data/extract/remedy.json")
      ? (await readJson<Remedy>(bag, "remedy.json")).rules
      : [];
    const state: CaseState = {
      ...(findings.as_of === undefined ? {} : { as_of: findings.as_of }),
      rules: findings.rules,
      claims: claims.map(({ id, verdict }) => ({ id, verdict })),
      remedy,
      decisions: latestDecisions(about.decisions),
    };
    return { name: about.name, state };
  } finally {
    await close();
  }
}
