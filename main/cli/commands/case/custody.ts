import { figure } from "../../../../shared/base/figure.ts";
import { askCase } from "../../kit/ask-case.ts";
import type { Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";

export const custody: Command = {
  name: "custody",
  summary: "The record of every act, chained; checks the chain",
  takes: ["CASE"],
  options: {
    verify: { meaning: "only check the chain; exit 1 if it is broken" },
    checkpoint: { value: "FILE", meaning: "write the chain's head to a new file, to be kept outside the case" },
  },
  async run(args, out) {
    const file = args.value("checkpoint");
    return askCase(args.at(0), out, async (ask) => {
      const verdict = file === undefined ? await ask("custody", {}) : await ask("checkpoint", { file });
      if (out.isJson) out.json(verdict);
      else {
        if (!args.has("verify") && file === undefined) {
          const { rows } = await ask("custodyRows", { offset: 0, limit: 10_000 });
          out.table(
            ["entry", "at", "by", "act", "detail"],
            // The digests of rows are for `verify`; a bundle's custody.jsonl has them.
            rows
              .reverse()
              .map(({ seq, at, by, act, detail: { digests: _, ...detail } }) => [
                String(seq),
                at,
                by,
                act,
                JSON.stringify(detail),
              ]),
          );
        }
        const why = "why" in verdict && verdict.why !== undefined ? `: ${verdict.why}` : "";
        out.line(
          inert(
            `${figure(verdict.entries)} entries, ${verdict.ok ? "unbroken" : `broken${why}`}, head ${verdict.head}`,
          ),
        );
      }
      return verdict.ok ? 0 : 1;
    });
  },
};
