import { Refusal } from "../../../../shared/base/errors.ts";
import { changeCase } from "../../kit/ask-case.ts";
import { AS, type Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";

const DISPOSITIONS = { confirm: "confirmed", dismiss: "dismissed", dispute: "disputed", reopen: "open" } as const;

export const finding: Command = {
  name: "finding",
  summary: "Decides a finding, with the reason",
  takes: ["CASE", "DEVELOPER"],
  options: {
    confirm: { meaning: "it holds" },
    dismiss: { meaning: "it does not hold; it stays in the bundle with the reason" },
    dispute: { meaning: "it is disputed" },
    reopen: { meaning: "it is open again" },
    reason: { value: "TEXT", meaning: "why" },
    rule: { value: "R", meaning: "only under this rule" },
    ...AS,
  },
  async run(args, out) {
    const chosen = (Object.keys(DISPOSITIONS) as (keyof typeof DISPOSITIONS)[]).filter((way) => args.has(way));
    const [way] = chosen;
    if (way === undefined || chosen.length > 1)
      throw new Refusal(
        "usage",
        "`exhibit finding` needs one of --confirm, --dismiss, --dispute, --reopen",
        "give the one that is meant",
      );
    const rule = args.value("rule");
    return changeCase(args.at(0), out, async (ask) => {
      const decided = await ask("finding", {
        developer: args.at(1),
        disposition: DISPOSITIONS[way],
        reason: args.value("reason") ?? "",
        ...(rule === undefined ? {} : { rule }),
        ...args.by,
      });
      if (out.isJson) out.json({ findings: decided });
      else
        for (const each of decided)
          out.line(inert(`${each.rule}, ${each.developer_id}: ${each.status} (${each.reason})`));
      return 0;
    });
  },
};
