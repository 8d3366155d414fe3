import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { figure } from "../../../shared/base/figure.ts";
import { REGISTRY_KINDS } from "../../../shared/model/registry.ts";
import { AS, type Command } from "../kit/command.ts";
import { inert } from "../kit/output.ts";
import { withCase } from "../kit/with-case.ts";

export const registry: Command = {
  name: "registry",
  summary: "Adds tables of who is who: developers, apps, grants, consents, resources",
  takes: ["CASE", "FILE…"],
  options: {
    kind: { value: REGISTRY_KINDS.join("|"), meaning: "what the files are, where their columns do not say" },
    ...AS,
  },
  async run(args, out) {
    const wanted = args.value("kind");
    const kind = REGISTRY_KINDS.find((each) => each === wanted);
    if (wanted !== undefined && kind === undefined)
      throw new Refusal(
        "usage",
        `"${wanted}" is no kind of registry table`,
        `give one of ${REGISTRY_KINDS.join(", ")}`,
      );
    return withCase(args.at(0), "write", out, async (engine) => {
      const files = args.from(1).map((file) => path.resolve(file));
      const report = await engine.ask("registry", { files, ...(kind ? { kind } : {}), ...args.by });
      if (out.isJson) out.json(report);
      else {
        out.line(REGISTRY_KINDS.map((each) => `${figure(report[each])} ${each}`).join(", "));
        for (const conflict of report.conflicts) out.line(inert(`conflict: ${conflict}`));
      }
      return 0;
    });
  },
};
