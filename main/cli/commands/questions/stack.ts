import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import { STACK_ORDERS, type Stack } from "../../../../shared/model/accountability/stack.ts";
import { peopleText } from "../../../../shared/model/people-text.ts";
import { stackLines } from "../../../query/results/stack-table.ts";
import { askCase } from "../../kit/ask-case.ts";
import { type Args, AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";
import { withCaseThread } from "../../kit/with-case-thread.ts";

const FORMATS = ["table", "csv", "xlsx"] as const;
const SUMS = ["bytes", "duration_ms"] as const;

export const stack: Command = {
  name: "stack",
  summary:
    "Every value of a field, or of two, in the events of a filter: how often, since when, against another filter",
  takes: ["CASE", "FILTER"],
  options: {
    by: {
      value: "FIELD[,FIELD]",
      meaning: "the field or the two fields: any that can be counted, or month, day, weekday, hour",
    },
    order: { value: STACK_ORDERS.join("|"), meaning: "which rows come first; without it the most frequent" },
    sum: { value: SUMS.join("|"), meaning: "its sum over the calls of each row" },
    distinct: { value: "FIELD", meaning: "how many different values of it each row has" },
    people: { meaning: "how many people each row's calls returned" },
    against: { value: "FILTER", meaning: "compare with these calls, by calls a logged day" },
    format: { value: FORMATS.join("|"), meaning: "how the rows are written" },
    out: { value: "FILE", meaning: "write the rows to a new file" },
    ...AS,
  },
  async run(args, out) {
    const asked = askedFor(args);
    const format = oneOf(args, "format", FORMATS) ?? (args.has("out") ? "csv" : "table");
    const file = args.value("out");
    if (file === undefined && format === "xlsx")
      throw new Refusal("usage", "A workbook is no text that can be printed", "give --out FILE.xlsx");
    if (file !== undefined && format === "table")
      throw new Refusal("usage", "A table is for reading on screen", "give --format csv or xlsx with --out");
    if (file !== undefined)
      return withCaseThread(args.at(0), out, async (ask) => {
        const reply = await ask("stackFile", { ...asked, file, format: format as "csv" | "xlsx", ...args.by });
        if (out.isJson) out.json(reply);
        else
          out.line(
            inert(
              `${figure(reply.values)} values, ${figure(reply.bytes)} bytes, sha256 ${reply.sha256}: ${reply.file}`,
            ),
          );
        return 0;
      });
    return askCase(args.at(0), out, async (ask) => {
      const reply = await ask("stack", asked);
      if (out.isJson) out.json(reply);
      else if (format === "csv") for (const line of stackLines(reply)) out.raw(line);
      else show(reply, out);
      return 0;
    });
  },
};

function askedFor(args: Args) {
  const by = args.list("by");
  if (!by) throw new Refusal("usage", "`exhibit stack` needs --by", "give the field, such as --by developer");
  const people = args.has("people") ? true : undefined;
  return {
    filter: args.at(1),
    fields: by,
    ...given({
      order: oneOf(args, "order", STACK_ORDERS),
      sum: oneOf(args, "sum", SUMS),
      distinct: args.value("distinct"),
      against: args.value("against"),
      people,
    }),
  };
}

function oneOf<Word extends string>(args: Args, name: string, words: readonly Word[]): Word | undefined {
  const given = args.value(name);
  const word = words.find((each) => each === given);
  if (given !== undefined && word === undefined)
    throw new Refusal("usage", `--${name} is not "${given}"`, `give one of ${words.join(", ")}`);
  return word;
}

function show({ by, rows, values, events, days, against_days: againstDays }: Stack, out: Output): void {
  const has = (column: "people" | "sum" | "distinct") => rows.some((row) => row[column] !== undefined);
  const columns = (["people", "sum", "distinct"] as const).filter(has);
  const compared = againstDays === undefined ? [] : ["against", "ratio"];
  out.table(
    [...by, "events", "first", "last", ...columns, ...compared],
    rows.map((row) => [
      ...row.values.map((value) => value ?? "(none)"),
      figure(row.count),
      row.first ?? "",
      row.last ?? "",
      ...columns.map((column) =>
        column === "people"
          ? row.people
            ? peopleText(row.people)
            : ""
          : row[column] === undefined
            ? ""
            : figure(row[column]),
      ),
      ...(againstDays === undefined
        ? []
        : [
            figure(row.against ?? 0),
            row.ratio === undefined ? "new" : row.count === 0 ? "stopped" : row.ratio.toFixed(2),
          ]),
    ]),
  );
  const other = againstDays === undefined ? "" : `, against ${figure(againstDays)} days`;
  out.line(`${figure(values)} values, ${figure(events)} events, ${figure(days)} days with logs${other}`);
}
