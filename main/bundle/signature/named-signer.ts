import { Refusal } from "../../../shared/base/errors.ts";
import { type Case, demandWritable } from "../../case/case.ts";
import { type CustodyEntry, record } from "../../custody/append.ts";
import { custodyLines } from "../../custody/case-chain.ts";
import { readText } from "../../platform/small-file.ts";
import { parsePublicKey } from "./ssh-key.ts";

/** The key that a case names for its bundles, as acts hold it: the public half, and its fingerprint. */
export interface Signer {
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly key: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

/** An act that names a key. */
export interface SignerAct extends Signer {
  readonly seq: number;
  readonly act: string;
}

/** The public key in a file. A private one is not kept anywhere. @throws Refusal `key-wrong`, or as `readText` */
export function readSigner(file: string): Signer {
  const { line, fingerprint } = parsePublicKey(readText(file).toString("utf8"), file);
  return { key: line, fingerprint };
}

/** The key that the first act of a chain or the last act `signer` names. */
export function signerNamed(acts: readonly Pick<CustodyEntry, "seq" | "act" | "detail">[]): SignerAct | undefined {
  const naming = acts.filter(({ act, detail }) => NAMING.has(act) && isSigner(detail?.signer)).at(-1);
  return naming && { seq: naming.seq, act: naming.act, ...(naming.detail.signer as Signer) };
}

/** A line of a chain, if it may name a key. A damaged one names nothing: `custody` says what is wrong with it. */
export function namingAct(line: string): CustodyEntry[] {
  if (!line.includes('"signer"')) return [];
  try {
    const act = JSON.parse(line) as CustodyEntry | null;
    return act === null || typeof act !== "object" ? [] : [act];
  } catch {
    return [];
  }
}

/** That of a case. */
export const signerOf = ({ db }: Pick<Case, "db">): SignerAct | undefined =>
  signerNamed([...custodyLines({ db })].flatMap(namingAct));

/**
 * Names the key that the case's bundles are signed with from now on.
 * @throws Refusal `reason-missing`, `case-read-only`, `usage`, or as `readSigner`
 */
export function nameSigner(caseFile: Case, file: string, why: string, by?: string): Signer {
  demandWritable(caseFile);
  const reason = why.trim();
  if (reason === "") throw new Refusal("reason-missing", "A key is named for a reason", "give it with --reason TEXT");
  const signer = readSigner(file);
  return caseFile.db.transaction((): Signer => {
    const before = signerOf(caseFile);
    if (before?.fingerprint === signer.fingerprint)
      throw new Refusal(
        "usage",
        `${signer.fingerprint} is the key that act ${before.seq} (${before.act}) names already`,
        "nothing needs to be done",
      );
    record(caseFile, "signer", { signer, ...(before && { before: before.fingerprint }), reason }, by);
    return signer;
  })();
}

const NAMING: ReadonlySet<string> = new Set(["create", "signer"]);

const isSigner = (value: unknown): value is Signer =>
  typeof (value as Signer | undefined)?.key === "string" && typeof (value as Signer).fingerprint === "string";
