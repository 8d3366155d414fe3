import { readAll } from "../../bag/bag-files.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { namingAct, signerNamed } from "../../signature/named-signer.ts";

const CUSTODY = "data/extract/custody.jsonl";
const MAX_CUSTODY_BYTES = 1 << 30;

interface NamedKey {
  /** Custody names a key, and it is not the one that signed. */
  readonly isAnother: boolean;
  /** The end of a sentence on the key that signed. */
  readonly says: string;
}

/** Whether the key that signed is the one that custody names: its first act, or a later one. Of what cannot be read `custody` says so. */
export async function namedKey(bag: Bag, fingerprint: string): Promise<NamedKey> {
  if (!bag.exhibit || !bag.files.sizes.has(CUSTODY)) return { isAnother: false, says: "" };
  const acts = (await readAll(bag.files, CUSTODY, MAX_CUSTODY_BYTES)).toString("utf8").split("\n").flatMap(namingAct);
  const named = signerNamed(acts);
  if (!named) return { isAnother: false, says: "; no act of custody names a key" };
  const which = `the one that act ${named.seq} (${named.act}) of custody names`;
  return named.fingerprint === fingerprint
    ? { isAnother: false, says: `; it is ${which}` }
    : { isAnother: true, says: `, which is not ${which}, ${named.fingerprint}` };
}
