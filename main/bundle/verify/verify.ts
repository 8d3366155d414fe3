import fs from "node:fs";
import path from "node:path";
import { countsCheck, custodyCheck } from "./content-checks.ts";
import { recomputeCheck } from "./recompute.ts";
import { type Verdict, verifyBag } from "./verify-bag.ts";
import { verifyCase } from "./verify-case.ts";

export interface TargetOptions {
  readonly recompute?: boolean;
  /** Text of the public key the signature must be by. */
  readonly signer?: string;
}

/** Verifies a bundle (zip or folder), any BagIt bag, or a case. Throws only what `verifyBag` does. */
export async function verify(target: string, options: TargetOptions = {}): Promise<Verdict> {
  if (fs.existsSync(path.join(target, "case.db"))) return verifyCase(target, options);
  return verifyBag(target, {
    ...(options.signer === undefined ? {} : { signer: options.signer }),
    content: {
      custody: custodyCheck,
      counts: countsCheck,
      redaction: () => ({ ok: null, detail: "nothing is redacted" }),
      recompute: options.recompute
        ? recomputeCheck
        : () => ({ ok: null, detail: "not asked for; --recompute works every number out anew" }),
      timestamp: () => ({ ok: null, detail: "the bundle carries no time stamp" }),
    },
  });
}
