import path from "node:path";
import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import type { SubjectReport } from "../../../../shared/model/finding.ts";
import { peopleText } from "../../../../shared/model/people-text.ts";
import { askCase } from "../../kit/ask-case.ts";
import { AS, type Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";
import { withCaseThread } from "../../kit/with-case-thread.ts";
import { contradictionLines } from "../answers/findings.ts";

export const people: Command = {
  name: "people",
  summary: "How many people the events of a filter returned, and how sure that is",
  takes: ["CASE", "FILTER"],
  options: {
    list: {
      value: "FILE",
      meaning:
        "write the ids of those that the log lists to a new file; .csv, .xlsx: with developers, first, last, fields, events",
    },
    subject: { value: "ID", meaning: "what was taken of one person, and by whom" },
    subjects: { value: "FILE", meaning: "the same of each id in a file, one a line" },
    ...AS,
  },
  async run(args, out) {
    const filter = args.at(1);
    const [list, subject, subjects] = [args.value("list"), args.value("subject"), args.value("subjects")];
    if ([list, subject, subjects].filter((each) => each !== undefined).length > 1)
      throw new Refusal("usage", "--list, --subject and --subjects are questions of their own", "give one of them");
    if (subject?.trim() === "") throw new Refusal("usage", "--subject is empty", "give an id as the logs list it");
    if (list !== undefined)
      return withCaseThread(args.at(0), out, async (ask) => {
        const reply = await ask("peopleList", { filter, file: list, ...args.by });
        if (out.isJson) out.json(reply);
        else out.line(inert(`${peopleText(reply.people)} people; ${figure(reply.listed)} ids in ${reply.file}`));
        return 0;
      });
    return askCase(args.at(0), out, async (ask) => {
      if (subjects !== undefined) {
        const reply = await ask("subjects", { filter, file: path.resolve(subjects) });
        if (out.isJson) out.json({ subjects: reply.subjects });
        else showSubjects(reply.subjects, out);
        return 0;
      }
      if (subject !== undefined) {
        const report = await ask("subject", { filter, subject });
        if (out.isJson) out.json(report);
        else if (!report.affected) out.line(inert(`${subject}: not affected`));
        else
          out.table(
            ["developer", "first", "last", "fields", "events"],
            report.developers.map((row) => [
              row.developer_id,
              row.first,
              row.last,
              row.fields.join(" "),
              figure(row.events),
            ]),
          );
        return 0;
      }
      const reply = await ask("people", { filter });
      if (out.isJson) out.json(reply);
      else {
        out.line(`${peopleText(reply.people)}${reply.people.basis === "exact" ? ", exact" : ""}`);
        for (const line of contradictionLines(await ask("contradictions", { filter }))) out.line(line);
      }
      return 0;
    });
  },
};

/** A row an id and developer; an id that nobody got has one too. */
function showSubjects(subjects: readonly SubjectReport[], out: Output): void {
  const affected = subjects.filter((each) => each.affected).length;
  out.line(`${figure(affected)} of ${figure(subjects.length)} affected`);
  out.table(
    ["id", "affected", "developer", "first", "last", "fields", "events"],
    subjects.flatMap(({ subject, developers }) =>
      developers.length === 0
        ? [[subject, "not listed", "", "", "", "", ""]]
        : developers.map((row) => [
            ...[subject, "affected", row.developer_id, row.first, row.last],
            ...[row.fields.join(" "), figure(row.events)],
          ]),
    ),
  );
}
