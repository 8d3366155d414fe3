import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import type { ReviewReport, ReviewState } from "../../../../shared/model/accountability/review-file.ts";
import { askCase, changeCase } from "../../kit/ask-case.ts";
import { AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";

const STATES: Readonly<Record<ReviewState, string>> = {
  new: "new",
  differs: "differs",
  here: "here",
  lost: "not here",
};

export const review: Command = {
  name: "review",
  summary: "Shows what a review file, or a bundle of another case, says beside the case; takes it in, act by act",
  takes: ["CASE", "FILE.review.json|BUNDLE.zip"],
  options: {
    apply: { meaning: "take in what is new here, each act under its author's name, in custody" },
    only: { value: "N,N", meaning: "with --apply: these acts by their numbers, also those that differ from here" },
    reason: { value: "TEXT", meaning: "with --apply: why it is taken in" },
    signer: { value: "PUBKEY", meaning: "the author's public key: it must be signed by this key" },
    ...AS,
  },
  async run(args, out) {
    const file = path.resolve(args.at(1));
    const key = args.value("signer");
    const signer = key === undefined ? undefined : path.resolve(key);
    if (!args.has("apply")) {
      for (const name of ["only", "reason"])
        if (args.has(name))
          throw new Refusal("usage", `--${name} is of no use without --apply`, "give both, or neither");
      return askCase(args.at(0), out, async (ask) => {
        const report = await ask("reviewFile", { file, ...given({ signer }) });
        if (out.isJson) out.json(report);
        else print(report, out);
        return 0;
      });
    }
    const only = args.list("only")?.map(actNumber);
    const input = { file, ...given({ signer, only, reason: args.value("reason") }), ...args.by };
    return changeCase(args.at(0), out, async (ask) => {
      const report = await ask("takeReview", input);
      if (out.isJson) out.json(report);
      else {
        print(report, out);
        out.line(inert(`Took in ${figure(report.taken)} ${report.taken === 1 ? "act" : "acts"} of ${report.author}.`));
      }
      return 0;
    });
  },
};

function actNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/u.test(text))
    throw new Refusal("usage", `--only takes numbers of acts, not "${text}"`, "give such as --only 1,4");
  return Number(text);
}

function print({ bundle, author, at, signed_by, acts }: ReviewReport, out: Output): void {
  const signed = signed_by === undefined ? "not signed" : `signed, key ${signed_by}`;
  out.line(inert(`Review of ${bundle} by ${author}, ${at}; ${signed}`));
  const count = (state: ReviewState) => figure(acts.filter((act) => act.state === state).length);
  out.line(
    `${figure(acts.length)} ${acts.length === 1 ? "act" : "acts"}: ${count("new")} to take in, ${count("differs")} against what is here, ${count("here")} here already, ${count("lost")} about nothing here`,
  );
  for (const act of acts)
    out.line(
      inert(
        `${String(act.n).padStart(4)} ${STATES[act.state].padEnd(8)} ${act.act.padEnd(7)} ${act.about}: ${JSON.stringify(act.says)} (${act.by}; here: ${act.here})`,
      ),
    );
}
