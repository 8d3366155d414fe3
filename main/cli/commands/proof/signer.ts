import path from "node:path";
import { changeCase } from "../../kit/ask-case.ts";
import { AS, type Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";

export const signer: Command = {
  name: "signer",
  summary: "Names the key that the case's bundles are signed with from now on, in custody",
  takes: ["CASE", "KEY.pub"],
  options: {
    reason: { value: "TEXT", meaning: "why this key; it is part of the record" },
    ...AS,
  },
  async run(args, out) {
    const input = { file: path.resolve(args.at(1)), reason: args.value("reason") ?? "", ...args.by };
    return changeCase(args.at(0), out, async (ask) => {
      const named = await ask("signer", input);
      if (out.isJson) out.json(named);
      else out.line(inert(`bundles are signed with key ${named.signer}: ${named.reason}`));
      return 0;
    });
  },
};
