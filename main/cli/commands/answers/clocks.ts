import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { given } from "../../../../shared/base/given.ts";
import { periodOf } from "../../../../shared/base/period.ts";
import type { ClocksReport, DueClock, Regime } from "../../../../shared/model/accountability/due-clock.ts";
import { termText } from "../../../../shared/model/accountability/term.ts";
import { askCase, changeCase } from "../../kit/ask-case.ts";
import { type Args, AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";
import type { Ask } from "../../kit/with-case-thread.ts";

export const clocks: Command = {
  name: "clocks",
  summary: "What is due to whom and when, by the facts of the case, and what of it the case can fill",
  takes: ["CASE", "[CLOCKS.json]"],
  options: {
    at: { value: "TIME", meaning: "how it stands then; without it now" },
    set: { value: "FACT=TIME", meaning: "a fact that starts clocks: a day or a time" },
    done: { value: "ID", meaning: "this clock was met" },
    on: { value: "T", meaning: "when it was met" },
    file: { value: "F", meaning: "what proves that, kept in evidence" },
    "take-back": { value: "FACT", meaning: "the fact holds no more" },
    reason: { value: "TEXT", meaning: "why, for --set and --take-back" },
    regimes: { meaning: "list the regimes that Exhibit brings, and what of each is unconfirmed" },
    regime: { value: "a,b", meaning: "add the clocks of these regimes" },
    ics: { value: "FILE", meaning: "write the due dates to a new calendar file" },
    ...AS,
  },
  async run(args, out) {
    demandTogether(args);
    const acts =
      ["set", "done", "take-back", "regime", "ics"].some((name) => args.has(name)) || args.get(1) !== undefined;
    if (acts) return changeCase(args.at(0), out, (ask) => work(args, out, ask));
    return askCase(args.at(0), out, (ask) => work(args, out, ask));
  },
};

function demandTogether(args: Args): void {
  const needs = (name: string, other: string, example: string) => {
    if (args.has(name) && !args.has(other)) throw new Refusal("usage", `--${name} needs --${other}`, example);
  };
  const at = args.value("at");
  const period = at === undefined ? undefined : periodOf(at);
  // Before anything is recorded.
  if (period && !("from" in period)) throw new Refusal("usage", `--at: "${at}" ${period.what}`, period.todo);
  needs("set", "reason", 'give --reason "how it is known"');
  needs("take-back", "reason", 'give --reason "why it holds no more"');
  needs("done", "on", "give --on 2019-12-05 or a time");
  for (const name of ["on", "file"]) needs(name, "done", "give --done ID, the clock that was met");
  if (args.has("reason") && !args.has("set") && !args.has("take-back"))
    throw new Refusal("usage", "--reason is for --set and --take-back", "leave it out, or give one of them");
}

async function work(args: Args, out: Output, ask: Ask): Promise<number> {
  if (args.has("regimes")) {
    const reply = await ask("regimes", {});
    if (out.isJson) out.json(reply);
    else showRegimes(reply.regimes, out);
    return 0;
  }
  const at = given({ at: args.value("at") });
  const file = args.get(1);
  if (file !== undefined) await ask("dueClocks", { file: path.resolve(file), ...at, ...args.by });
  const regimes = args.list("regime");
  if (regimes) await ask("addRegimes", { regimes, ...args.by });
  await record(args, ask);
  const ics = args.value("ics");
  const written = ics === undefined ? undefined : await ask("dueCalendar", { file: ics, ...at, ...args.by });
  const report = await ask("dueClocks", at);
  if (out.isJson) out.json(report);
  else {
    show(report, (await ask("clocksInForce", {})).clocks, out);
    if (written) out.line(inert(`${written.events} due dates, sha256 ${written.sha256}: ${written.file}`));
  }
  return 0;
}

/** The acts of one command, in the order in which they rest on each other. */
async function record(args: Args, ask: Ask): Promise<void> {
  const reason = args.value("reason") ?? "";
  const back = args.value("take-back");
  if (back !== undefined) await ask("takeBackFact", { fact: back, reason, ...args.by });
  const set = args.value("set");
  if (set !== undefined) {
    const equals = set.indexOf("=");
    if (equals < 1)
      throw new Refusal("usage", `--set is not FACT=TIME: "${set}"`, "write --set discovered=2019-11-05T09:00:00Z");
    await ask("setFact", { fact: set.slice(0, equals), time: set.slice(equals + 1), reason, ...args.by });
  }
  const id = args.value("done");
  if (id !== undefined) {
    const proof = args.value("file");
    const on = args.value("on") as string;
    await ask("clockDone", { id, on, ...(proof === undefined ? {} : { file: path.resolve(proof) }), ...args.by });
  }
}

function show({ at, facts, clocks: states }: ClocksReport, defined: readonly DueClock[], out: Output): void {
  if (states.length === 0) {
    out.line(
      "No clocks: give them with `exhibit clocks CASE CLOCKS.json`, or add a regime with --regime (--regimes lists them).",
    );
    return;
  }
  out.line(`At ${at}`);
  for (const [fact, value] of Object.entries(facts)) out.line(inert(`${fact}: ${value}`));
  for (const [index, status] of states.entries()) {
    const clock = defined[index] as DueClock;
    out.line();
    out.line(
      inert(
        `${status.id}: ${status.state}${clock.title === undefined ? "" : `, ${clock.title}`}${clock.to === undefined ? "" : `, to ${clock.to}`}`,
      ),
    );
    out.line(inert(whenText(status, clock)));
    if (status.threshold !== undefined && clock.threshold)
      out.line(`threshold of ${clock.threshold.people} people ${clock.threshold.level}: ${status.threshold}`);
    for (const { item, value, filter } of status.contents)
      out.line(inert(`  ${item}: ${value ?? "for a person to fill"}${filter === undefined ? "" : `   [${filter}]`}`));
    if (clock.unconfirmed !== undefined) out.line(inert(`  unconfirmed: ${clock.unconfirmed}`));
  }
}

function whenText(
  { started, due, done_on: doneOn, next_due: nextDue }: ClocksReport["clocks"][number],
  clock: DueClock,
): string {
  const term = termText(clock.within);
  if (started === undefined)
    return `  starts with ${clock.trigger}, which is not set: then ${term}${doneOn === undefined ? "" : `; done ${doneOn}`}`;
  return [
    `  started ${started}`,
    `due ${due} (${term})`,
    ...(doneOn === undefined ? [] : [`done ${doneOn}`]),
    ...(nextDue === undefined ? [] : [`next due ${nextDue}`]),
  ].join(", ");
}

function showRegimes(regimes: readonly Regime[], out: Output): void {
  for (const { id, clocks: each } of regimes) {
    out.line(`${id}: exhibit clocks CASE --regime ${id}`);
    for (const clock of each) {
      out.line(`  ${clock.id}: ${clock.title}, ${termText(clock.within)} from ${clock.trigger}`);
      out.line(`    unconfirmed: ${clock.unconfirmed}`);
    }
  }
}
