import { expect } from "vitest";
import { parsePrivateKey } from "../../../../../main/bundle/signature/ssh-key.ts";
import { verifyBag } from "../../../../../main/bundle/verify/bag/verify-bag.ts";
import { verify } from "../../../../../main/bundle/verify/verify.ts";
import { privateKeyText } from "../../fixture.ts";
import { changed, examiner, forged, type Payload, signedBundle } from "../../signed-bundle.ts";

/** A key that is not the examiner's. */
const other = parsePrivateKey(privateKeyText(Buffer.alloc(32, 9))).publicKey;
export const OTHER = { key: other.line, fingerprint: other.fingerprint };

/** What is changed, by which check it must be named, and what of it the sentence must say. */
export type Row = [name: string, change: (payload: Payload) => void, check: string, says: RegExp];

/** check:large forges the bundle with its originals too. */
const isEveryKind = process.env.EXHIBIT_EVERY_KIND === "yes";

/** The bundles that are forged: without originals, and where they are asked for, with them. */
export let root: string;
export let withOriginals: string;

export async function makeBundles(options: { originals?: boolean } = {}): Promise<void> {
  root = await signedBundle();
  if (options.originals || isEveryKind) withOriginals = await signedBundle({ originals: true });
}

export async function checksOf(folder: string) {
  return verify(folder, { recompute: true, signer: examiner.publicKey.line });
}

/** Named where the examiner seals it again; without that the digests name it, whatever it is. */
export async function expectNamed([name, change, check, says]: Row, from = root): Promise<void> {
  const { checks } = await verifyBag(changed(from, change));
  expect(checks.filter(({ ok }) => ok === false).map((each) => each.check)).toContainEqual(
    expect.stringMatching(/^(?:manifest|tagmanifest)$/u),
  );
  await expectForgedNamed([name, change, check, says], from);
  if (isEveryKind && from === root) await expectForgedNamed([name, change, check, says], withOriginals);
}

async function expectForgedNamed([, change, check, says]: Row, from: string): Promise<void> {
  const verdict = await checksOf(await forged(from, change));
  expect(verdict.verdict).toBe("broken");
  const named = verdict.checks.find((each) => each.check === check);
  expect(named, JSON.stringify(verdict.checks)).toMatchObject({ ok: false });
  expect(named?.detail).toMatch(says);
}

// biome-ignore-start lint/suspicious/noExplicitAny: the table changes what it likes.
export const bundle = (change: (about: any) => void) => (it: Payload) => it.json("extract/bundle.json", change);
export const source = (change: (source: any, all: any[]) => void) => (it: Payload) =>
  it.json("extract/sources.json", ({ sources }) => change(sources[0], sources));
export const acts = (change: (acts: any[]) => any[] | undefined) => (it: Payload) => it.acts(change);
// biome-ignore-end lint/suspicious/noExplicitAny: as above.
export const without = (name: string) => acts((all) => all.filter(({ act }) => act !== name));
