import { startThread } from "../../../platform/workers.ts";
import { nameList, readAll } from "../../bag/bag-files.ts";
import { SIGNATURE, SIGNING_KEY, TAG_MANIFEST } from "../../bag/bag-layout.ts";
import { compareFiles, type Fixity } from "../../bag/fixity.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { valuesOf } from "../../bag/tag-file.ts";
import { type PublicKey, parsePublicKey } from "../../signature/ssh-key.ts";
import { verifyMessage } from "../../signature/ssh-signature.ts";
import { exhibitFaults, orderFault } from "./bundle-shape.ts";
import { isLarge } from "./large-bag.ts";
import { namedKey } from "./named-key.ts";
import { openBag } from "./open-bag.ts";
import type { Container } from "./open-zip.ts";
import {
  bad,
  type CheckName,
  CONTENT_CHECKS,
  good,
  isBagCheck,
  none,
  type Outcome,
  type Verdict,
  verdictOf,
} from "./outcomes.ts";

type ContentCheck = (typeof CONTENT_CHECKS)[number];

export interface VerifyOptions {
  /** Text of the public key the signature must be by. */
  readonly signer?: string;
  /** Checks of what the files say, each run on an Exhibit bundle only; one that throws has failed. */
  readonly content?: Partial<Record<ContentCheck, (bag: Bag) => Promise<Outcome> | Outcome>>;
}

/**
 * Verifies a bag, in a zip or as a folder. Anything wrong with it is a failed check. Only what cannot be read
 * (`bundle-missing`, `file-unreadable`) and a `signer` that is no key (`key-wrong`) is refused.
 */
export async function verifyBag(target: string, options: VerifyOptions = {}): Promise<Verdict> {
  const signer = options.signer === undefined ? undefined : parsePublicKey(options.signer);
  const opened = await openBag(target);
  const { bag, container, close } = opened;
  try {
    if (bag === undefined)
      return verdictOf({ container: bad("zip-unreadable", container?.faults.slice(0, 3).join("; ") ?? "") });
    const beside = options.content && isLarge(bag) ? checksBeside(target, options.signer) : undefined;
    // What it says is awaited below.
    beside?.catch(() => {});
    const outcomes = beside ? {} : await bagOutcomes(bag, opened.faults, signer);
    for (const check of CONTENT_CHECKS)
      outcomes[check] = bag.exhibit ? await contentOutcome(bag, options.content?.[check]) : none("not-exhibit");
    if (beside) return verdictOf({ ...outcomes, ...(await beside) });
    if (container === undefined) return verdictOf({ container: none("folder-no-zip"), ...outcomes });
    await container.finish();
    return verdictOf({ container: await containerOutcome(container, bag, outcomes), ...outcomes });
  } finally {
    await close();
  }
}

/** What is said of the bag, by a thread that reads it again while the contents are looked at. */
function checksBeside(target: string, signer: string | undefined): Promise<Outcomes> {
  const worker = startThread(import.meta.url, "bag", { workerData: { target, signer }, isLean: true });
  return new Promise((resolve, reject) => {
    worker.once("message", ({ checks }: Verdict) =>
      resolve(
        Object.fromEntries(
          checks
            .filter(({ check }) => isBagCheck(check))
            .map(({ check, ok, code, detail }) => [check, { ok, code, detail }]),
        ),
      ),
    );
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the thread that reads the digests ended")));
  });
}

type Outcomes = Partial<Record<CheckName, Outcome>>;

async function containerOutcome(container: Container, bag: Bag, outcomes: Outcomes): Promise<Outcome> {
  const order = bag.exhibit ? await orderFault(container, bag) : undefined;
  const deviations = order === undefined ? container.deviations : [...container.deviations, order];
  const wrong = bag.exhibit ? [...container.faults, ...deviations] : container.faults;
  const intact = [outcomes.structure, outcomes.manifest, outcomes.tagmanifest].every(
    (outcome) => outcome?.ok !== false,
  );
  if (wrong.length > 0) return bad("zip-wrong", sentences(wrong), intact);
  if (deviations.length > 0) return none("zip-ordinary", container.entries);
  return good("zip-right", container.entries);
}

async function bagOutcomes(bag: Bag, found: readonly string[], signer: PublicKey | undefined): Promise<Outcomes> {
  const { payload, tags } = await compareFiles(bag);
  const faults = [...found, ...bag.faults, ...(bag.exhibit ? await exhibitFaults(bag) : [])];
  const kind = bag.exhibit ? "Exhibit bundle" : "not an Exhibit bundle";
  const notes = bag.notes.length === 0 ? "" : `; ${bag.notes.join("; ")}`;
  return {
    structure:
      faults.length > 0
        ? bad("structure-wrong", sentences(faults))
        : good("structure-right", bag.declaration.version, kind, notes),
    manifest: fixityOutcome(payload),
    tagmanifest: bag.tagManifests.length > 0 ? fixityOutcome(tags) : (bag.exhibit ? bad : none)("tag-manifest-missing"),
    signature: await signatureOutcome(bag, signer),
  };
}

async function contentOutcome(bag: Bag, run: ((bag: Bag) => Promise<Outcome> | Outcome) | undefined): Promise<Outcome> {
  if (run === undefined) return none("not-checked");
  try {
    return await run(bag);
  } catch (error) {
    return bad("check-failed", (error as Error).message);
  }
}

/** Up to 20 sentences and how many more. */
function sentences(faults: readonly string[]): string {
  return faults.length > 20 ? `${faults.slice(0, 20).join("; ")}; and ${faults.length - 20} more` : faults.join("; ");
}

function fixityOutcome(fixity: Fixity): Outcome {
  const list = (what: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${what} (${names.length}): ${nameList(names)}`];
  const wrong = [
    ...list("changed", fixity.changed),
    ...list("missing", fixity.missing),
    ...list("missing, named in fetch.txt and never fetched", fixity.unfetched),
    ...list("in no manifest, or not in each", fixity.unlisted),
    ...list("unreadable", fixity.unreadable),
    ...(fixity.faults.length > 0 ? [sentences(fixity.faults)] : []),
  ];
  const files = `${fixity.compared} ${fixity.compared === 1 ? "file" : "files"}`;
  return wrong.length > 0
    ? bad("files-differ", wrong.join("; "))
    : good("files-unchanged", [files, ...fixity.notes].join("; "));
}

/** The signature over the tag manifest. It says who signed only when compared with a key that came by another way. */
async function signatureOutcome(bag: Bag, signer: PublicKey | undefined): Promise<Outcome> {
  const promised = bag.exhibit ? valuesOf(bag.info, SIGNING_KEY) : [];
  if (!bag.files.sizes.has(SIGNATURE)) {
    if (promised.length > 0) return bad("signature-missing", promised.join(", "));
    return (signer === undefined ? none : bad)(bag.exhibit ? "unsigned" : "signature-none");
  }
  try {
    const text = (await readAll(bag.files, SIGNATURE, 1 << 16)).toString("latin1");
    const verdict = verifyMessage(text, await readAll(bag.files, TAG_MANIFEST, 1 << 24));
    if (verdict.fault !== undefined) return bad("signature-wrong", verdict.fault);
    const { fingerprint } = verdict.key;
    if (bag.exhibit && !promised.includes(fingerprint)) {
      return bad("signature-key-unnamed", fingerprint, promised.join(", "));
    }
    if (signer && signer.fingerprint !== fingerprint) return bad("signer-other", fingerprint, signer.fingerprint);
    const { isAnother, says } = await namedKey(bag, fingerprint);
    if (isAnother) return good(signer ? "signer-confirmed-not-named" : "signature-not-named", fingerprint, says);
    return good(signer ? "signer-confirmed" : "signature-valid", fingerprint, says);
  } catch (error) {
    return bad("signature-unreadable", (error as Error).message);
  }
}
