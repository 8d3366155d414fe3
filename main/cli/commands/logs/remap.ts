import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import type { RemapReport } from "../../../../shared/model/source.ts";
import { AS, type Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";
import { withCaseThread } from "../../kit/with-case-thread.ts";
import { readMapping } from "./import.ts";
import { sourceNumber } from "./withdraw.ts";

export const remap: Command = {
  name: "remap",
  summary: "Reads a source again from evidence, with another mapping, zone or encoding, and replaces its events",
  takes: ["CASE", "SOURCE"],
  options: {
    mapping: { value: "M.json", meaning: "this mapping instead of the one in force" },
    format: { value: "F", meaning: "without a mapping: this format's own" },
    timezone: { value: "Z", meaning: "the zone of times that carry none, such as Europe/Berlin or +02:00" },
    encoding: { value: "E", meaning: "the encoding of the text, such as windows-1252" },
    strict: { meaning: "exit 1 if any record was rejected" },
    ...AS,
  },
  async run(args, out) {
    const mapping = args.value("mapping");
    const input = {
      source: sourceNumber(args, 1),
      ...(mapping === undefined ? {} : { mapping: readMapping(mapping) }),
      ...given({
        format: args.value("format"),
        timezone: args.value("timezone"),
        encoding: args.value("encoding"),
      }),
      ...args.by,
    };
    return withCaseThread(args.at(0), out, async (ask) => {
      const report = await ask("remap", input);
      if (out.isJson) out.json(report);
      else for (const line of lines(report)) out.line(inert(line));
      return args.has("strict") && report.source.rejected > 0 ? 1 : 0;
    });
  },
};

function* lines({ source, before, annotations }: RemapReport): Generator<string> {
  const how = ({ format, encoding, timezone, timezone_from }: RemapReport["before"] | RemapReport["source"]) =>
    `${format}, ${encoding}, times ${timezone} (${timezone_from})`;
  const count = ({ events, rejected, skipped }: RemapReport["before"] | RemapReport["source"]) =>
    `${figure(events)} events, ${figure(rejected)} rejected, ${figure(skipped)} skipped`;
  yield `${source.source} ${source.file}: ${how(source)}; before ${how(before)}`;
  yield `  ${count(source)}; before ${count(before)}`;
  const { lines: all, line_ledger: ledger } = source;
  yield `  ${figure(all)} lines = ${figure(ledger.events)} events + ${figure(ledger.rejected)} rejected + ${figure(ledger.skipped)} skipped`;
  if (annotations.kept > 0) yield `  tags and notes kept on ${figure(annotations.kept)} events`;
  if (annotations.lost > 0)
    yield `  tags and notes lost on ${figure(annotations.lost)}, no event any more: lines ${annotations.lost_lines.map(figure).join("; ")}`;
}
