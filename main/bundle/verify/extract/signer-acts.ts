import type { CustodyEntry } from "../../../custody/append.ts";
import { printable } from "../../../platform/printable-name.ts";
import { type Signer, signerNamed } from "../../signature/named-signer.ts";
import { parsePublicKey } from "../../signature/ssh-key.ts";
import type { Compared } from "./compared.ts";

/**
 * An act that names a key has its fingerprint; and each act `bundle` says that it is signed by another key than the one named
 * before it, where it is.
 */
export function signerFaults(acts: readonly CustodyEntry[]): Compared {
  const faults: string[] = [];
  for (const [index, { seq, act, detail }] of acts.entries()) {
    const of = `act ${seq} (${act})`;
    const signer = act === "create" || act === "signer" ? (detail.signer as Partial<Signer> | undefined) : undefined;
    if ((act === "signer" || signer !== undefined) && fingerprintOf(signer?.key) !== signer?.fingerprint)
      faults.push(`${of} names the key ${say(signer?.fingerprint)}, and the key that it holds is another one`);
    if (act !== "bundle") continue;
    const named = signerNamed(acts.slice(0, index))?.fingerprint;
    const other = detail.signed === true && named !== undefined && named !== detail.key ? named : undefined;
    if (detail.key_named !== other)
      faults.push(
        `${of} says that custody names ${say(detail.key_named)} instead of the key that signed it, ${say(detail.key)}, and the acts before it name ${say(named)}`,
      );
  }
  return { faults, onTrust: [] };
}

function fingerprintOf(key: unknown): string | undefined {
  try {
    return typeof key === "string" ? parsePublicKey(key).fingerprint : undefined;
  } catch {
    return undefined;
  }
}

const say = (value: unknown): string => (value === undefined ? "no key" : printable(String(value).slice(0, 80)));
