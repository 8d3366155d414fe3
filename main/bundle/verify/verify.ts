import fs from "node:fs";
import path from "node:path";
import type { CheckResult } from "../../../shared/contract/desktop.ts";
import type { VerdictWord } from "../../../shared/model/verdict.ts";
import type { Bag } from "../bag/load-bag.ts";
import { isLarge } from "./bag/large-bag.ts";
import { bad, none, type Outcome, type Verdict } from "./bag/outcomes.ts";
import { verifyBag } from "./bag/verify-bag.ts";
import { verifyCase } from "./case/verify-case.ts";
import { afterCheck } from "./checks/after-check.ts";
import { countsCheck } from "./checks/counts-check.ts";
import { custodyCheck } from "./checks/custody-check.ts";
import { datesCheck } from "./checks/dates-check.ts";
import { pagesCheck } from "./checks/pages-check.ts";
import { selectionCheck } from "./checks/selection-check.ts";
import { sourcesCheck } from "./checks/sources-check.ts";
import { type BundleContents, bundleContents } from "./extract/bundle-contents.ts";
import type { RowScan } from "./extract/row-scan.ts";
import { type Recomputed, recompute } from "./recompute/recompute.ts";
import { scanRows } from "./rows/scan-rows.ts";

export interface TargetOptions {
  readonly recompute?: boolean;
  /** Text of the public key the signature must be by. */
  readonly signer?: string;
  /** An older bundle of the same case, to compare with: a zip or a folder. */
  readonly after?: string;
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
  let scanned: Promise<RowScan> | undefined;
  const rows = async (bag: Bag) => {
    scanned ??= contents(bag).then((known) => scanRows(bag, known));
    return scanned;
  };
  /** Of older bundles nothing more is known than that they are as they were. */
  const since2 =
    (check: (bag: Bag, contents: BundleContents) => Promise<Outcome> | Outcome) =>
    async (bag: Bag): Promise<Outcome> => {
      const known = await contents(bag);
      if ((known.about.schema as string) !== "exhibit/bundle@1") return check(bag, known);
      const later = known.acts.find(({ act, detail }) => act === "seal" || (act === "bundle" && "selected" in detail));
      return later ? bad("bundle-not-older", later.seq) : none("bundle-older");
    };
  let again: Promise<Recomputed> | undefined;
  const worked = (bag: Bag) => {
    again ??= recompute(bag);
    return again;
  };
  /** What keeps all from being worked out anew, the check `recompute` says. */
  const ifWorked = (bag: Bag) => (options.recompute ? worked(bag).catch(() => undefined) : undefined);
  return verifyBag(target, {
    ...(options.signer === undefined ? {} : { signer: options.signer }),
    content: {
      pages: since2((bag, known) => {
        // Other checks ask for the rows, which are read while threads look at the pages.
        if (isLarge(bag)) rows(bag).catch(() => {});
        return pagesCheck(bag, known, target);
      }),
      custody: since2(async (bag, known) => custodyCheck(bag, known, await rows(bag))),
      dates: since2((bag, known) => datesCheck(known, bag)),
      sources: since2(sourcesCheck),
      selection: since2(async (bag, known) => selectionCheck(bag, known, await rows(bag), await ifWorked(bag))),
      counts: since2(async (bag, known) => countsCheck(bag, known, await rows(bag))),
      redaction: () => none("not-redacted"),
      recompute: options.recompute
        ? since2(async (bag) => (await worked(bag)).outcome)
        : () => none("recompute-not-asked"),
      after: async (bag) => {
        const { after } = options;
        return after === undefined ? none("after-none") : since2((each, known) => afterCheck(each, known, after))(bag);
      },
      timestamp: () => none("timestamp-none"),
    },
  });
}
