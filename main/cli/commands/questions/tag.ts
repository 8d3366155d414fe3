import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { changeCase } from "../../kit/ask-case.ts";
import { AS, type Command } from "../../kit/command.ts";
import { inert } from "../../kit/output.ts";

export const tag: Command = {
  name: "tag",
  summary: "Adds a tag to every event a filter holds for, or takes it away; can be undone",
  takes: ["CASE", "FILTER"],
  options: {
    add: { value: "T", meaning: "the tag to add" },
    remove: { value: "T", meaning: "the tag to take away" },
    note: { value: "TEXT", meaning: "a note on the same events" },
    ...AS,
  },
  async run(args, out) {
    const [add, remove, note] = [args.value("add"), args.value("remove"), args.value("note")];
    if ((add === undefined) === (remove === undefined))
      throw new Refusal("usage", "`exhibit tag` needs one of --add T and --remove T", "give the one that is meant");
    return changeCase(args.at(0), out, async (ask) => {
      const report = await ask("tag", {
        filter: args.at(1),
        tag: (add ?? remove) as string,
        ...(remove === undefined ? {} : { remove: true }),
        ...(note === undefined ? {} : { note }),
        ...args.by,
      });
      if (out.isJson) out.json(report);
      else if (report.unchanged) {
        const why = add === undefined ? "has" : "lacks";
        out.line(inert(`Nothing changed: none of ${figure(report.events)} events ${why} the tag ${report.tag}`));
      } else
        out.line(inert(`${add === undefined ? "Untagged" : "Tagged"} ${figure(report.events)} events ${report.tag}`));
      return 0;
    });
  },
};

export const undo: Command = {
  name: "undo",
  summary: "Takes back the latest tag or note",
  takes: ["CASE"],
  options: { ...AS },
  async run(args, out) {
    return changeCase(args.at(0), out, async (ask) => {
      const report = await ask("undo", args.by);
      if (out.isJson) out.json(report);
      else {
        const what = `${report.tag || "a note"} on ${figure(report.events)} events (${report.filter || "all"})`;
        out.line(inert(`Taken back: ${what}${report.unchanged ? "; it had changed nothing, so nothing changed" : ""}`));
      }
      return 0;
    });
  },
};
