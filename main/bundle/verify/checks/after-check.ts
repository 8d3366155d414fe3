import type { CustodyEntry } from "../../../custody/append.ts";
import { digestOf } from "../../../custody/append.ts";
import { printable } from "../../../platform/printable-name.ts";
import { sha256Of } from "../../../platform/sha256.ts";
import { readAll } from "../../bag/bag-files.ts";
import { TAG_MANIFEST } from "../../bag/bag-layout.ts";
import { type Bag, MAX_TAG_FILE_BYTES } from "../../bag/load-bag.ts";
import { openBag } from "../bag/open-bag.ts";
import { bad, good, type Outcome } from "../bag/outcomes.ts";
import { verifyBag } from "../bag/verify-bag.ts";
import { type BundleContents, bundleContents, custodyLinesOf } from "../extract/bundle-contents.ts";
import { whatChanged } from "../extract/what-changed.ts";

/**
 * This bundle after an older one of the same case. The older one's acts are the first of this one's, and among those that
 * follow is one that holds its tag manifest. Where the two part they are a fork: of one case that was continued twice, from
 * a backup or on purpose, and only one of the two can be what happened.
 */
export async function afterCheck(bag: Bag, contents: BundleContents, target: string): Promise<Outcome> {
  const verdict = await verifyBag(target);
  const wrong = verdict.checks.filter(({ ok }) => ok === false);
  if (wrong.length > 0)
    return bad(
      "after-unreadable",
      `it is not intact: ${wrong.map(({ check, detail }) => `${check}: ${detail}`).join("; ")}`,
    );
  const { bag: old, close } = await openBag(target);
  try {
    if (old === undefined || !old.exhibit) return bad("after-unreadable", "it is not an Exhibit bundle");
    return await compare({ bag, contents }, { bag: old, contents: await bundleContents(old) });
  } finally {
    await close();
  }
}

interface Side {
  readonly bag: Bag;
  readonly contents: BundleContents;
}

async function compare(now: Side, old: Side): Promise<Outcome> {
  const [own, other] = [now.contents.about, old.contents.about];
  const [manifest, oldManifest] = [await tagManifestOf(now.bag), await tagManifestOf(old.bag)];
  const name = `${printable(String(other.name))} (number ${Number(other.number)})`;
  if (own.case !== other.case)
    return bad(
      "after-unreadable",
      `it is of another case, ${printable(String(other.case))}, and this one of ${printable(String(own.case))}`,
    );
  if (manifest === oldManifest) return good("after-same", name);
  const [lines, before] = [await custodyLinesOf(now.bag), await custodyLinesOf(old.bag)];
  const faults = chainFaults(now.contents.acts, lines, old.contents.acts, before, name);
  const seals = now.contents.acts.slice(before.length).filter(({ act }) => act === "seal" || act === "bundle");
  const seal = seals.find(({ detail }) => detail?.tagmanifest_sha256 === oldManifest);
  if (own.number === other.number && faults.length === 0)
    faults.push(
      `a fork: two bundles have the number ${Number(own.number)} and one chain of ${lines.length} acts, and their files are not the same`,
    );
  const isHidden = seals.some(({ detail }) => detail === undefined);
  if (faults.length === 0 && !seal && !isHidden) faults.push(sealFault(seals, other.number, name, oldManifest));
  const changes = await whatChanged(old, now);
  if (faults.length > 0) return bad("after-differs", faults.join("; "), changes);
  return seal
    ? good("after-follows", name, before.length, seal.seq, changes)
    : good("after-in-part-on-trust", name, before.length, changes);
}

/** The older chain is the beginning of this one, act for act; where it is not, the first act that both have otherwise. */
function chainFaults(
  acts: readonly CustodyEntry[],
  lines: readonly string[],
  oldActs: readonly CustodyEntry[],
  before: readonly string[],
  name: string,
): string[] {
  const shared = Math.min(lines.length, before.length);
  let same = 0;
  while (same < shared && actDigest(lines[same] as string) === actDigest(before[same] as string)) same += 1;
  const told = ({ act, at, by }: CustodyEntry) =>
    printable(`${String(act)} of ${String(at)}${by === undefined ? "" : ` by ${String(by)}`}`);
  if (same < shared)
    return [
      `a fork: the chains part at act ${same + 1}, which is ${told(acts[same] as CustodyEntry)} here and ${told(oldActs[same] as CustodyEntry)} in ${name}`,
    ];
  if (before.length > lines.length)
    return [
      `${name} is the later one: it has ${before.length} acts, of which the ${lines.length} of this bundle are the first`,
    ];
  return [];
}

function sealFault(seals: readonly CustodyEntry[], number: unknown, name: string, manifest: string): string {
  const other = seals.find(({ act, detail }) => act === "seal" && detail.number === number);
  return other
    ? `a fork: act ${other.seq} (seal) holds the tag manifest ${printable(String(other.detail.tagmanifest_sha256))} of bundle ${Number(number)}, and ${name} as it was given has ${manifest}`
    : `no act of this bundle holds the tag manifest ${manifest} of ${name}`;
}

/** An act that names what must not be in a bundle stands there as its digest. */
function actDigest(line: string): string {
  const act = JSON.parse(line) as { digest?: unknown; previous?: unknown };
  return typeof act.digest === "string" && act.previous === undefined ? act.digest : digestOf(line);
}

const tagManifestOf = async (bag: Bag): Promise<string> =>
  sha256Of(await readAll(bag.files, TAG_MANIFEST, MAX_TAG_FILE_BYTES));
