import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import {
  type Against,
  AUDIT_RESULTS,
  type DeveloperRemedy,
  type Remedy,
  type RemedyEntry,
  type RuleRemedy,
  STEPS,
} from "../../../../shared/model/accountability/remedy.ts";
import { againstText } from "../../../../shared/model/accountability/remedy-text.ts";
import { askCase, changeCase } from "../../kit/ask-case.ts";
import { type Args, AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";
import type { Ask } from "../../kit/with-case-thread.ts";

/** What is done; of several, only one at a time. */
const WAYS = ["import", "add", "take-back"] as const;
/** Options that only a step has which is added. */
const OF_A_STEP = ["developer", "on", "due", "by", "result", "file", "note"] as const;

export const remedy: Command = {
  name: "remedy",
  summary: "Is it put right: the steps of each developer, what is overdue, and what the logs say against them",
  takes: ["CASE"],
  options: {
    rule: { value: "R", meaning: "only this rule; with --add and --import the rule of steps that name none" },
    at: { value: "TIME", meaning: "how it stood then: what was done, and what was overdue; without it now" },
    import: {
      value: "F.csv",
      meaning: "record the steps of a table: developer_id, rule, step, on, due, by, result, note",
    },
    add: { value: STEPS.join("|"), meaning: "record this step" },
    developer: { value: "D", meaning: "whose step it is, by id or name" },
    on: { value: "TIME", meaning: "when it was done; a date is its whole day" },
    due: { value: "TIME", meaning: "when it is to be done" },
    by: { value: "WHO", meaning: "who did it, or is to" },
    result: { value: AUDIT_RESULTS.join("|"), meaning: "how an audit ended" },
    file: { value: "F…", meaning: "a file that shows it, copied into evidence", isMany: true },
    note: { value: "TEXT", meaning: "what else there is to say" },
    "take-back": { value: "N", meaning: "entry N was wrong: it stays, and counts for nothing" },
    reason: { value: "TEXT", meaning: "why it is taken back" },
    ...AS,
  },
  async run(args, out) {
    const ways = WAYS.filter((way) => args.has(way));
    if (ways.length > 1)
      throw new Refusal("usage", `--${ways.join(" and --")} are two things`, "do one after the other");
    const [way] = ways;
    const stray = OF_A_STEP.find((name) => args.has(name));
    if (way !== "add" && stray !== undefined)
      throw new Refusal("usage", `--${stray} is of a step, and none is added`, "name the step with --add STEP");
    if (way !== "take-back" && args.has("reason"))
      throw new Refusal(
        "usage",
        "--reason is of an entry that is taken back",
        "name it with --take-back N, or give --note",
      );
    const question = given({ rule: args.value("rule"), at: args.value("at") });
    const show = async (ask: Ask) => {
      const document = await ask("remedy", question);
      if (out.isJson) out.json(document);
      else showRemedy(document, out);
      return 0;
    };
    if (way === undefined) return askCase(args.at(0), out, show);
    return changeCase(args.at(0), out, async (ask) => {
      // A time that cannot be read is said before anything is recorded.
      if (question.at !== undefined) await ask("remedy", { at: question.at });
      await act(args, way, ask, out);
      return show(ask);
    });
  },
};

async function act(args: Args, way: (typeof WAYS)[number], ask: Ask, out: Output): Promise<void> {
  if (way === "import") {
    const { entries, ignored } = await ask("importSteps", {
      file: path.resolve(args.value("import") ?? ""),
      ...given({ rule: args.value("rule") }),
      ...args.by,
    });
    if (out.isJson) return;
    out.line(`${figure(entries.length)} steps recorded`);
    if (ignored.length > 0) out.line(inert(`  not used: ${ignored.join(", ")}`));
  } else if (way === "take-back") {
    const n = args.whole("take-back", 1) as number;
    await ask("takeBackStep", { n, reason: args.value("reason") ?? "", ...args.by });
    if (!out.isJson) out.line(`entry ${n} taken back`);
  } else {
    const developer = args.value("developer");
    if (developer === undefined)
      throw new Refusal("usage", "A step is of a developer, and none is named", "name it with --developer D");
    const [rule, on, due, by] = ["rule", "on", "due", "by"].map((name) => args.value(name));
    const step = {
      step: args.value("add") ?? "",
      developer,
      ...given({ rule, on, due, by, result: args.value("result"), note: args.value("note") }),
    };
    const files = (args.values("file") ?? []).map((file) => path.resolve(file));
    const { entries } = await ask("addSteps", { steps: [step], files, ...args.by });
    if (!out.isJson) out.line(`entry ${entries[0]} recorded`);
  }
}

function showRemedy({ at, rules }: Remedy, out: Output): void {
  if (rules.length === 0) out.line("Nothing to put right: the case has no policy.");
  for (const rule of rules) showRule(rule, at, out);
}

function showRule({ rule, developers }: RuleRemedy, at: string, out: Output): void {
  out.line(inert(`Rule ${rule}, at ${at}`));
  out.table(
    ["developer", "level", "state", "next", "overdue", "against"],
    developers.map((row) => [
      row.developer,
      row.level ?? "",
      row.state ?? "nothing yet",
      row.next ?? "",
      row.overdue.join(" "),
      againstOf(row),
    ]),
  );
  out.line();
  const entries = developers.flatMap((row) => row.entries.map((entry) => ({ row, entry })));
  if (entries.length > 0)
    out.table(
      ["n", "developer", "step", "on", "due", "by", "result", "files", "what speaks against it"],
      entries.map(({ row, entry }) => [
        String(entry.n),
        row.developer,
        entry.step,
        entry.on ?? "",
        entry.due ?? "",
        entry.by ?? "",
        entry.result ?? "",
        entry.files.map(({ name }) => name).join(" "),
        spoken(entry),
      ]),
    );
  for (const { filter, events } of entries.flatMap(({ entry }) => entry.against.filter(isOfCalls)))
    out.line(inert(`  ${figure(events)} ${events === 1 ? "call" : "calls"}: ${filter}`));
  if (entries.length > 0) out.line();
}

const isOfCalls = (each: Against): each is Extract<Against, { filter: string }> => "filter" in each;

const againstOf = (row: DeveloperRemedy): string => {
  const contradicted = row.entries.filter(({ against }) => against.length > 0);
  return contradicted.length === 0 ? "" : contradicted.map(({ step }) => step).join(" ");
};

const spoken = (entry: RemedyEntry): string =>
  entry.taken_back === undefined ? entry.against.map(againstText).join("; ") : `taken back: ${entry.taken_back}`;
