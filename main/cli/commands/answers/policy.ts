import path from "node:path";
import { figure } from "../../../../shared/base/figure.ts";
import type { DryRun, DryRunRule } from "../../../../shared/model/accountability/dry-run.ts";
import { askCase, changeCase } from "../../kit/ask-case.ts";
import { AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";

export const policy: Command = {
  name: "policy",
  summary: "Takes a policy into force: the rules that calls are held against",
  takes: ["CASE", "POLICY.json"],
  options: { "dry-run": { meaning: "what it would change; nothing is set" }, ...AS },
  async run(args, out) {
    if (args.has("dry-run"))
      return askCase(args.at(0), out, async (ask) => {
        const { document } = await ask("policyRead", { file: path.resolve(args.at(1)) });
        const { warnings, ...changes } = await ask("policyDryRun", { document });
        if (out.isJson) out.json(changes);
        else showDryRun(changes, warnings, out);
        return 0;
      });
    return changeCase(args.at(0), out, async (ask) => {
      const report = await ask("policy", { file: path.resolve(args.at(1)), ...args.by });
      if (out.isJson) out.json(report);
      else {
        out.line(`in force: ${report.rules.join(", ")}`);
        for (const warning of report.warnings) out.line(inert(`note: ${warning}`));
      }
      return 0;
    });
  },
};

function showDryRun({ rules, no_longer_hold: fallen, claims }: DryRun, warnings: readonly string[], out: Output): void {
  for (const rule of rules) {
    const gone = rule.after === undefined ? ": no longer in the policy" : rule.before === undefined ? ": new" : "";
    out.line(`Rule ${rule.rule}${gone}`);
    if (rule.lines.length > 0)
      out.table(
        ["after", "calls left"],
        rule.lines.map(({ line, events }) => [line, figure(events)]),
      );
    out.table(["developers", "now", "then"], developerRows(rule));
    if (rule.in.length > 0) out.line(inert(`in: ${rule.in.join(", ")}`));
    if (rule.out.length > 0) out.line(inert(`out: ${rule.out.join(", ")}`));
    out.line();
  }
  for (const { rule, developer_id: developer } of fallen)
    out.line(inert(`confirmed, and would no longer hold: ${developer} under ${rule}`));
  for (const { id, before, after } of claims) out.line(inert(`claim ${id}: ${before}, then ${after}`));
  for (const warning of warnings) out.line(inert(`note: ${warning}`));
  out.line("Nothing was set.");
}

const developerRows = ({ before, after }: DryRunRule): string[][] =>
  (["entitled", "attempted", "possible", "obtained", "recent"] as const).map((level) => [
    level,
    figure(before?.[level].developers ?? 0),
    figure(after?.[level].developers ?? 0),
  ]);
