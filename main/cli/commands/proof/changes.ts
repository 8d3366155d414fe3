import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import {
  type CaseChanges,
  type FindingChange,
  PART_WORDS,
  type StateChanges,
} from "../../../../shared/model/accountability/changes.ts";
import { againstText } from "../../../../shared/model/accountability/remedy-text.ts";
import type { DeveloperFinding } from "../../../../shared/model/finding.ts";
import { askCase } from "../../kit/ask-case.ts";
import type { Args, Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";

export const changes: Command = {
  name: "changes",
  summary:
    "What an import, a policy, a registry or a step changed: findings, claims and steps before and after; or what one bundle says otherwise than another",
  takes: ["CASE|OLDER-BUNDLE.zip", "[NEWER-BUNDLE.zip]"],
  options: {
    before: {
      value: "ACT",
      meaning: "the case as it was behind this act of custody; without it, before its last change",
    },
    after: { value: "ACT", meaning: "the case as it was behind this one; without it, as it is" },
  },
  async run(args, out) {
    const newer = args.get(1);
    if (newer !== undefined) return compareBundles(args, newer, out);
    if (fs.statSync(args.at(0), { throwIfNoEntry: false })?.isFile())
      throw new Refusal("usage", "A bundle is compared with another one", "name the newer one too");
    const asked = given({ before: args.whole("before", 0), after: args.whole("after", 0) });
    return askCase(args.at(0), out, async (ask) => {
      const { before, changes: quick } = await ask("changes", asked);
      if (before === undefined)
        throw new Refusal("state-lost", "Nothing has been done to the case yet", "import logs, then a policy");
      const found = quick ?? (await ask("changesReadAgain", { ...asked, before }));
      if (out.isJson) out.json(found);
      else showCase(found, out);
      return 0;
    });
  },
};

async function compareBundles(args: Args, newer: string, out: Output): Promise<number> {
  if (args.value("before") !== undefined || args.value("after") !== undefined)
    throw new Refusal("usage", "--before and --after name acts of a case", "leave them out for two bundles");
  const { askCaseless } = await import("../../../engine/threads/remote-engine.ts");
  const found = await askCaseless("bundleChanges", { before: path.resolve(args.at(0)), after: path.resolve(newer) });
  if (out.isJson) out.json(found);
  else {
    out.line(inert(`${found.after} against ${found.before}`));
    show(found, out);
  }
  return 0;
}

function showCase({ before, after, acts, ...found }: CaseChanges, out: Output): void {
  out.line(`Behind act ${after}, against act ${before}. Between the two:`);
  for (const { seq, at, act, about } of acts)
    out.line(inert(`  ${seq}  ${at}  ${act}${about === undefined ? "" : ` ${about}`}`));
  show(found, out);
}

function show({ rules, findings, no_longer_hold: fallen, claims, remedy }: StateChanges, out: Output): void {
  for (const { rule, before, after, ...moved } of rules) {
    out.line(inert(`Rule ${rule}${after === undefined ? ": gone" : before === undefined ? ": new" : ""}`));
    out.table(
      ["developers", "before", "after"],
      (["entitled", "attempted", "possible", "obtained", "recent"] as const).map((level) => [
        level,
        figure(before?.[level].developers ?? 0),
        figure(after?.[level].developers ?? 0),
      ]),
    );
    if (moved.in.length > 0) out.line(inert(`in: ${moved.in.join(", ")}`));
    if (moved.out.length > 0) out.line(inert(`out: ${moved.out.join(", ")}`));
    const own = findings.filter((each) => each.rule === rule);
    if (own.length > 0)
      out.table(
        ["developer", "change", "level before", "after", "got before", "after", "differs"],
        own.map(({ developer, change, differs, before: was, after: is }) => [
          developer,
          change,
          was?.level ?? "",
          is?.level ?? "",
          got(was),
          got(is),
          differs.map((part) => PART_WORDS[part]).join(", "),
        ]),
      );
    out.line();
  }
  if (findings.length === 0) out.line("No finding is otherwise.");
  for (const { rule, developer } of fallen)
    out.line(inert(`confirmed, and no longer holds: ${developer} under ${rule}`));
  for (const { id, before, after } of claims) out.line(inert(`claim ${id}: ${before}, now ${after}`));
  for (const { n, step, developer, before, after, is_worse: isWorse } of remedy) {
    const words = (against: (typeof remedy)[number]["after"]) =>
      against.length === 0 ? "nothing" : against.map(againstText).join(", ");
    out.line(
      inert(
        `step ${n}, ${step} of ${developer}: ${isWorse ? "contradicted" : "less speaks against it"}: ${words(after)}; before: ${words(before)}`,
      ),
    );
  }
}

const got = (row: FindingChange["after"] | DeveloperFinding): string =>
  row === undefined ? "" : figure(row.obtained.events);
