import { figure } from "../../../../shared/base/figure.ts";
import type { CaseInfo } from "../../../../shared/contract/case.ts";
import { askCase } from "../../kit/ask-case.ts";
import type { Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";

export const info: Command = {
  name: "info",
  summary: "Says what a case holds",
  takes: ["CASE"],
  options: {},
  async run(args, out) {
    return askCase(args.at(0), out, async (ask) => {
      showInfo(await ask("info", {}), out);
      return 0;
    });
  },
};

export function showInfo(about: CaseInfo, out: Output): void {
  if (out.isJson) {
    out.json(about);
    return;
  }
  out.line(inert(`${about.title}: ${about.case}`));
  out.line(inert(`examiner ${about.examiner}, created ${about.created}${about.read_only ? ", read-only" : ""}`));
  out.line(`${figure(about.events)} events from ${figure(about.sources)} sources`);
  if (about.unfinished.length > 0)
    out.line(inert(`unfinished: ${about.unfinished.join(", ")}: finish with \`exhibit import CASE FILE --resume\``));
  if (about.signer !== undefined) out.line(`bundles signed with key ${about.signer}`);
  out.line(`custody head ${about.custody_head}`);
  if (about.clock !== undefined) out.line(about.clock);
}
