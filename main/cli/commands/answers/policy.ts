import path from "node:path";
import { AS, type Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";
import { withCase } from "../../kit/with-case.ts";

export const policy: Command = {
  name: "policy",
  summary: "Takes a policy into force: the rules that calls are held against",
  takes: ["CASE", "POLICY.json"],
  options: { ...AS },
  async run(args, out) {
    return withCase(args.at(0), "write", out, async (engine) => {
      const report = await engine.ask("policy", { file: path.resolve(args.at(1)), ...args.by });
      if (out.isJson) out.json(report);
      else {
        out.line(`in force: ${report.rules.join(", ")}`);
        for (const warning of report.warnings) out.line(inert(`note: ${warning}`));
      }
      return 0;
    });
  },
};
