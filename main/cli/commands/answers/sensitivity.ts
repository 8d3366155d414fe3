import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import type { Sensitivity } from "../../../../shared/model/accountability/sensitivity.ts";
import { askCase } from "../../kit/ask-case.ts";
import type { Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";

export const sensitivity: Command = {
  name: "sensitivity",
  summary: "What would move the numbers: another cutoff, another time zone of a source",
  takes: ["CASE"],
  options: { rule: { value: "R", meaning: "only this rule" } },
  async run(args, out) {
    return askCase(args.at(0), out, async (ask) => {
      const report = await ask("sensitivity", given({ rule: args.value("rule") }));
      if (out.isJson) out.json(report);
      else show(report, out);
      return 0;
    });
  },
};

function show({ rules }: Sensitivity, out: Output): void {
  if (rules.length === 0) out.line("Nothing to move: the case has no policy.");
  for (const { rule, shifts, zones } of rules) {
    out.line(inert(`Rule ${rule}, its cutoff moved`));
    out.table(
      ["by", "cutoff", "kept access", "tried", "may have got", "got data", "recent", "in", "out"],
      shifts.map(({ by, cutoff, totals, ...moved }) => [
        by,
        cutoff,
        figure(totals.entitled.developers),
        figure(totals.attempted.developers),
        figure(totals.possible.developers),
        figure(totals.obtained.developers),
        figure(totals.recent.developers),
        moved.in.join(" "),
        moved.out.join(" "),
      ]),
    );
    for (const { source, timezone, timezone_from: from, could_move: could } of zones)
      out.line(
        inert(
          `Source ${source}, ${timezone} (${from}): another zone could move ${figure(could.events)} calls of ${figure(could.developers)} developers.`,
        ),
      );
    out.line();
  }
}
