import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import type { WithdrawReport } from "../../../../shared/model/source.ts";
import { changeCase } from "../../kit/ask-case.ts";
import { type Args, AS, type Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";

export const withdraw: Command = {
  name: "withdraw",
  summary: "Takes a source out of every count; it is kept, and --restore counts it again",
  takes: ["CASE", "SOURCE"],
  options: {
    reason: { value: "TEXT", meaning: "why; it is part of the record" },
    restore: { meaning: "count a withdrawn source again" },
    ...AS,
  },
  async run(args, out) {
    const reason = args.value("reason");
    if (reason === undefined && !args.has("restore"))
      throw new Refusal(
        "reason-missing",
        "A source is withdrawn for a reason, and none was given",
        "give --reason TEXT",
      );
    const input = { source: sourceNumber(args, 1), reason: reason ?? "withdrawn by mistake", ...args.by };
    return changeCase(args.at(0), out, async (ask) => {
      const report = await ask(args.has("restore") ? "restore" : "withdraw", input);
      if (out.isJson) out.json(report);
      else for (const line of lines(report)) out.line(inert(line));
      return 0;
    });
  },
};

/** The argument SOURCE: a source's number, as `exhibit sources` and the filter `source:` have it. @throws Refusal `usage` */
export function sourceNumber(args: Args, index: number): number {
  const text = args.at(index);
  if (!/^\d{1,9}$/u.test(text))
    throw new Refusal("usage", `"${text}" is not the number of a source`, "`exhibit sources CASE` lists them");
  return Number(text);
}

function* lines({ source, file, withdrawn, reason, events, remarked }: WithdrawReport): Generator<string> {
  yield withdrawn
    ? `Withdrawn: source ${source}, ${file}, ${figure(events)} events: ${reason}`
    : `Restored: source ${source}, ${file}, ${figure(events)} events`;
  for (const each of remarked)
    yield `  source ${each.source}, ${each.file}: ${figure(each.duplicates)} duplicates, before ${figure(each.duplicates_before)}`;
}
