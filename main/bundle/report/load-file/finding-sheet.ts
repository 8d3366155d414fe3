import { figure } from "../../../../shared/base/figure.ts";
import type { DeveloperFinding } from "../../../../shared/model/finding.ts";
import type { PageInput } from "../../contents/page-input.ts";
import type { RuleFacts } from "../document/rule-facts.ts";
import { heading, paragraph, type ReportDocument, type Text } from "../document/tree.ts";
import { peopleCell, plural, utc } from "../document/words.ts";

const LEVELS = [
  ["attempted", "Tried, got nothing"],
  ["possible", "May have got data"],
  ["obtained", "Got data"],
] as const;

/** A developer's finding under one rule as a document of its own, with its Bates number at the foot of each page. */
export function findingSheet(
  { about, remedy }: PageInput,
  { found, title, cutoff }: RuleFacts,
  row: DeveloperFinding,
  bates: string,
  natives: readonly string[],
): ReportDocument {
  const { developer, developer_id: id } = row;
  const decision = about.decisions.findLast((each) => each.rule === found.rule && each.developer_id === id);
  const steps = (remedy?.rules ?? [])
    .filter(({ rule }) => rule === found.rule)
    .flatMap(({ developers }) => developers.filter((each) => each.developer_id === id))
    .flatMap(({ entries }) => entries);
  return {
    title: `${bates}: finding on ${developer}`,
    head: about.title,
    foot: `${bates}. Bundle ${about.name}, ${about.at}`,
    author: about.examiner,
    at: about.at,
    blocks: [
      heading(1, developer === id ? id : `${developer} (${id})`),
      paragraph(`Finding under the rule ${found.rule}: ${title}. In force from ${utc(cutoff)}.`),
      {
        kind: "facts",
        rows: [
          ["Bates number", [bates]],
          ["Level", [row.level]],
          ["Kept access", [row.entitled ? "yes" : "no"]],
          ["Recent", [row.recent ? "yes" : "no"]],
          ["Apps", [row.apps.join(", ")]],
          ["Restricted fields got", [row.obtained.fields.join(", ") || "none"]],
          ["Access revoked", [row.revoked_at === undefined ? "not by the registry" : utc(row.revoked_at)]],
          ["Allowed calls after that", [figure(row.allowed_after_revocation)]],
          ["Decision", [decisionWords(row, decision)]],
          ["Rests on", [natives.length === 0 ? "no call: on grants alone" : natives.join("; ")]],
        ],
      },
      {
        kind: "table",
        title: "Calls by level",
        columns: [
          { title: "Level", share: 3 },
          { title: "Calls", share: 2, isNumber: true },
          { title: "First", share: 3 },
          { title: "Last", share: 3 },
          { title: "People", share: 4, isNumber: true },
        ],
        rows: LEVELS.map(([level, words]): Text[] => {
          const { events, first, last } = row[level];
          const people = level === "attempted" || events === 0 ? "" : peopleCell(row[level].people);
          return [[words], [figure(events)], [first ? utc(first) : ""], [last ? utc(last) : ""], [people]];
        }),
      },
      paragraph({ strong: "Remedy. " }, stepWords(steps)),
      paragraph(
        "The numbers are those of extract/findings.json; the calls are the rows of extract/events.csv with this developer_id and rule, and their original lines lie in extract/lines. METHOD.txt says how each is worked out.",
      ),
    ],
  };
}

const decisionWords = (
  { status }: DeveloperFinding,
  decision: PageInput["about"]["decisions"][number] | undefined,
): string =>
  decision === undefined ? "open" : `${status} on ${utc(decision.at)} by ${decision.by}: ${decision.reason}`;

function stepWords(
  steps: readonly {
    readonly step: string;
    readonly on?: string;
    readonly due?: string;
    readonly taken_back?: string;
    readonly against: readonly unknown[];
  }[],
): string {
  const done = steps.filter((each) => each.taken_back === undefined);
  if (done.length === 0) return "No step is recorded.";
  return `${done
    .map(({ step, on, due, against }) => {
      const when = on === undefined ? `due ${due ?? ""}` : on;
      return `${step} ${when}${against.length === 0 ? "" : `, against which ${plural(against.length, "thing speaks", "things speak")}`}`;
    })
    .join("; ")}.`;
}
