import { figure } from "../../../../shared/base/figure.ts";
import type { DeveloperFinding } from "../../../../shared/model/finding.ts";
import { namedFile } from "../../../../shared/model/source.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { monthsOf } from "./months-section.ts";
import type { RuleFacts } from "./rule-facts.ts";
import { putRight } from "./summary.ts";
import { type Block, heading, originText, paragraph, type Text } from "./tree.ts";
import { counted, day, people, peopleCell, plural, utc } from "./words.ts";

/** Rows of a table on paper. The others are in the extract: a report is read, a table is searched. */
const MAX_ROWS = 12;

const LEVELS = {
  entitled: "kept access",
  attempted: "tried, got nothing",
  possible: "may have got data",
  obtained: "got data",
} as const;

const APART = { file: "extract/bundle.json", key: "apart" } as const;

/** A finding: its number in words, a figure by month, who it is about, how sure it is. */
export function findingSection(facts: RuleFacts, input: PageInput): Block[] {
  const { found, title, rule, cutoff, recentDays, origin, failed, unknown } = facts;
  const { totals } = found;
  const grace = rule && rule.grace_days > 0 ? ` and ${plural(rule.grace_days, "day")} of grace` : "";
  return [
    heading(2, `Finding: ${title}`),
    paragraph(
      `Rule ${found.rule}, in force from ${utc(cutoff)}${grace}. `,
      counted(totals.obtained.developers, origin("totals.obtained.developers", "obtained")),
      ` ${totals.obtained.developers === 1 ? "developer" : "developers"} with `,
      counted(totals.obtained.apps, origin("totals.obtained.apps", "obtained")),
      ` ${totals.obtained.apps === 1 ? "app" : "apps"} got restricted data in `,
      counted(totals.obtained.events, origin("totals.obtained.events", "obtained")),
      " calls, of ",
      people(totals.obtained.people, origin("totals.obtained.people", "obtained")),
      ".",
    ),
    levelTable(facts),
    ...monthsOf(facts),
    developers(facts),
    ...example(facts, input),
    paragraph({ strong: "Put right? " }, ...putRight(input, facts)),
    {
      kind: "box",
      title: "What this does not show.",
      text: [
        "A call that returned a field shows that the app received it, not that anyone read, kept or used it. ",
        "Counted nowhere: ",
        counted(failed, APART),
        ` failed ${failed === 1 ? "call" : "calls"} and `,
        counted(unknown, APART),
        ` ${unknown === 1 ? "call" : "calls"} whose outcome is not known. `,
        ...(found.service_calls === undefined
          ? []
          : [
              "Left out: ",
              counted(found.service_calls, origin("service_calls")),
              ` ${found.service_calls === 1 ? "call" : "calls"} that services of the platform made for themselves. `,
            ]),
        totals.obtained.fields_are === "requested" || totals.obtained.fields_are === "both"
          ? "Where the log has only the fields that were asked for, these stand for the fields that were got. "
          : "",
        `"Recent" are the ${recentDays} days before the chosen instant.`,
      ],
    },
  ];
}

/** One call as it stands in the log, with its place. */
function example({ found }: RuleFacts, { examples, sources }: PageInput): Block[] {
  const line = examples.find(({ rule }) => rule === found.rule);
  if (line === undefined) return [];
  const source = sources.find((each) => each.source === line.source);
  return [
    paragraph(
      { strong: "One call, as it stands in the log. " },
      `Call ${figure(line.event)} of the bundle, of ${line.developer}: source ${line.source}${source === undefined ? "" : ` (${namedFile(source)})`}, line ${line.line}, byte ${line.offset}; in extract/lines/source-${line.source}.txt.`,
    ),
    paragraph({ code: line.text }),
  ];
}

function levelTable({ found: { totals }, recentDays, origin }: RuleFacts): Block {
  const row = (
    name: string,
    key: "attempted" | "possible" | "obtained" | "recent",
    found: { developers: number; apps: number; events: number },
    who?: string,
  ): Text[] => [
    [name],
    [counted(found.developers, origin(`totals.${key}.developers`, key === "recent" ? undefined : key))],
    [figure(found.apps)],
    [figure(found.events)],
    [who ?? ""],
  ];
  return {
    kind: "table",
    title: `By level. A developer counts under every level that it has a call or a grant of. [${originText(origin("totals"))}]`,
    columns: [
      { title: "Level", share: 3 },
      { title: "Developers", share: 2, isNumber: true },
      { title: "Apps", share: 1.5, isNumber: true },
      { title: "Calls", share: 2, isNumber: true },
      { title: "People", share: 3.5, isNumber: true },
    ],
    rows: [
      [
        ["Kept access"],
        [counted(totals.entitled.developers, origin("totals.entitled.developers"))],
        [figure(totals.entitled.apps)],
        [""],
        [""],
      ],
      row("Tried, got nothing", "attempted", totals.attempted),
      row("May have got data", "possible", totals.possible, peopleCell(totals.possible.people)),
      row("Got data", "obtained", totals.obtained, peopleCell(totals.obtained.people)),
      row(`Got or may have got, last ${recentDays} days`, "recent", totals.recent, peopleCell(totals.recent.people)),
    ],
  };
}

function developers({ found, origin }: RuleFacts): Block {
  const shown = found.developers.slice(0, MAX_ROWS);
  const left = found.developers.length - shown.length;
  return {
    kind: "table",
    title: `Developers, in the order of the findings [${originText(origin("developers"))}]`,
    columns: [
      { title: "Developer", share: 4 },
      { title: "Level", share: 2.4 },
      { title: "Calls", share: 1.4, isNumber: true },
      { title: "First and last day", share: 3.6 },
      { title: "Fields", share: 2 },
      { title: "People", share: 2.6, isNumber: true },
      { title: "Decision", share: 2.2 },
    ],
    rows: shown.map(developerRow),
    more: left > 0 ? [`${plural(left, "more developer")} in extract/findings.json, in the same order.`] : undefined,
  };
}

function developerRow(row: DeveloperFinding): Text[] {
  const { developer, developer_id: id, level, status } = row;
  const span = level === "entitled" ? undefined : row[level].first === undefined ? undefined : row[level];
  return [
    [developer === id ? id : `${developer} (${id})`],
    [LEVELS[level]],
    [level === "entitled" ? "" : figure(row[level].events)],
    [span === undefined ? "" : `${day(span.first ?? "")} to ${day(span.last ?? "")}`],
    [row.obtained.fields.join(", ")],
    [row.obtained.events > 0 ? peopleCell(row.obtained.people) : ""],
    [status],
  ];
}
