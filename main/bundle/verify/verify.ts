import fs from "node:fs";
import path from "node:path";
import type { CheckResult } from "../../../shared/contract/desktop.ts";
import type { VerdictWord } from "../../../shared/model/verdict.ts";
import type { Bag } from "../bag/load-bag.ts";
import { type BundleContents, bundleContents } from "./bundle-contents.ts";
import { countsCheck, custodyCheck } from "./content-checks.ts";
import { datesCheck } from "./dates-check.ts";
import { none, type Verdict } from "./outcomes.ts";
import { recomputeCheck } from "./recompute.ts";
import { verifyBag } from "./verify-bag.ts";
import { verifyCase } from "./verify-case.ts";

export interface TargetOptions {
  readonly recompute?: boolean;
  /** Text of the public key the signature must be by. */
  readonly signer?: string;
}

/** A verdict as it is printed and shown. */
export interface PrintedVerdict {
  readonly verdict: VerdictWord;
  readonly ok: boolean;
  readonly checks: readonly CheckResult[];
}

/** Verifies a bundle (zip or folder), any BagIt bag, or a case. Throws only what `verifyBag` does. */
export async function verify(target: string, options: TargetOptions = {}): Promise<PrintedVerdict> {
  const verdict = await verdictOn(target, options);
  const checks = verdict.checks.map(({ check, ok, how, code, detail }) => ({
    check,
    ok,
    ...(how && { how }),
    code,
    detail,
  }));
  return { verdict: verdict.verdict, ok: verdict.ok, checks };
}

async function verdictOn(target: string, options: TargetOptions): Promise<Verdict> {
  if (fs.existsSync(path.join(target, "case.db"))) return verifyCase(target, options);
  let read: Promise<BundleContents> | undefined;
  const contents = (bag: Bag) => {
    read ??= bundleContents(bag);
    return read;
  };
  return verifyBag(target, {
    ...(options.signer === undefined ? {} : { signer: options.signer }),
    content: {
      custody: custodyCheck,
      dates: async (bag) => datesCheck(await contents(bag), bag),
      counts: countsCheck,
      redaction: () => none("not-redacted"),
      recompute: options.recompute ? recomputeCheck : () => none("recompute-not-asked"),
      timestamp: () => none("timestamp-none"),
    },
  });
}
