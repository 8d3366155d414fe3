import { figure } from "../../../../shared/base/figure.ts";
import type { SourceClock } from "../../../../shared/model/clocks.ts";
import { ledgerFigures } from "../../../../shared/model/ledger.ts";
import { namedFile, type SourceState } from "../../../../shared/model/source.ts";
import { askCase } from "../../kit/ask-case.ts";
import type { Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";
import { acquisitionLine } from "./received.ts";

export const sources: Command = {
  name: "sources",
  summary: "Lists the sources of a case with the ledger of their lines, withdrawn ones too",
  takes: ["CASE"],
  options: {},
  async run(args, out) {
    return askCase(args.at(0), out, async (ask) => {
      const reply = await ask("sources", {});
      if (out.isJson) {
        out.json({ ...reply, ledger: await ask("ledger", {}), ...(await ask("clocks", {})) });
        return 0;
      }
      const counted = reply.sources.filter((source) => source.withdrawn === undefined);
      out.table(HEADER, [...reply.sources.map(row), total(counted)]);
      for (const { source, withdrawn } of reply.sources)
        if (withdrawn)
          out.line(inert(`source ${source} withdrawn ${withdrawn.at} by ${withdrawn.by}: ${withdrawn.reason}`));
      for (const { source, acquisition } of reply.sources)
        if (acquisition) out.line(inert(`source ${source} ${acquisitionLine(acquisition)}`));
      for (const { source, reference } of reply.sources)
        if (reference) out.line(inert(`source ${source} by reference, ${reference.state}: ${reference.path}`));
      for (const clock of (await ask("clocks", {})).clocks)
        if (clock.jumps > 0) for (const line of jumpLines(clock)) out.line(inert(line));
      return 0;
    });
  },
};

function* jumpLines({ source, jumps, first_jumps: first }: SourceClock): Generator<string> {
  yield `source ${source}: its clock jumps back ${figure(jumps)} times`;
  for (const { line, from, to } of first.slice(0, 3)) yield `  line ${figure(line)}: from ${from} to ${to}`;
}

const HEADER = ["source", "lines", "= events", "+ rejected", "+ skipped", "duplicates", "state", "format", "file"];

const row = (source: SourceState): string[] => [
  String(source.source),
  ...figures([source]),
  source.withdrawn ? "withdrawn" : "counted",
  source.format,
  namedFile(source),
];

const total = (counted: readonly SourceState[]): string[] => ["all", ...figures(counted), "counted", "", ""];

const figures = (of: readonly SourceState[]): string[] => ledgerFigures(of).map((number) => figure(number));
