import path from "node:path";
import { given } from "../../../../shared/base/given.ts";
import { verdictLine } from "../../../../shared/model/verdict.ts";
import type { Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";

export const verify: Command = {
  name: "verify",
  summary: "Checks a bundle, a BagIt bag or a case; exit 1 if anything is wrong",
  takes: ["BUNDLE.zip|BAG-FOLDER|CASE"],
  options: {
    recompute: { meaning: "also work out every number anew from the calls it rests on" },
    signer: { value: "PUBKEY", meaning: "the examiner's public key: the signature must be by this key" },
    after: {
      value: "OLDER-BUNDLE.zip",
      meaning: "an older bundle of the same case: its acts must be the first of this one, and what changed is listed",
    },
  },
  async run(args, out) {
    const target = path.resolve(args.at(0));
    const signer = args.value("signer");
    // In a thread, whose end is a sentence where its memory is: a program's own would be a dump.
    const { askCaseless } = await import("../../../engine/threads/remote-engine.ts");
    const older = args.value("after");
    const after = older === undefined ? undefined : path.resolve(older);
    const verdict = await askCaseless("verify", {
      target,
      recompute: args.has("recompute"),
      ...given({ signer, after }),
    });
    if (out.isJson) out.json(verdict);
    else {
      for (const check of verdict.checks)
        out.line(
          inert(`${check.ok === null ? "-  " : check.ok ? "ok " : "BAD"} ${check.check.padEnd(12)} ${check.detail}`),
        );
      out.line(verdictLine(verdict.verdict, verdict.checks));
    }
    return verdict.ok ? 0 : 1;
  },
};
