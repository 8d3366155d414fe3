import { Refusal } from "../../../../shared/base/errors.ts";
import { figure } from "../../../../shared/base/figure.ts";
import { given } from "../../../../shared/base/given.ts";
import type { AsOfCurve, AsOfPoint } from "../../../../shared/model/accountability/as-of-curve.ts";
import type { People } from "../../../../shared/model/finding.ts";
import { peopleText } from "../../../../shared/model/people-text.ts";
import { csvCell } from "../../../query/results/event-csv.ts";
import { askCase } from "../../kit/ask-case.ts";
import type { Command } from "../../kit/command.ts";
import { inert, type Output } from "../../kit/output.ts";

export const curve: Command = {
  name: "curve",
  summary: "Several as-of dates at once: who still had access, who called, how many people, month by month",
  takes: ["CASE"],
  options: {
    rule: { value: "R", meaning: "only this rule" },
    at: { value: "TIME,…", meaning: "these as-of dates; without it the end of each month and the policy's own" },
    format: { value: "table|csv", meaning: "how to print it; without it a table" },
  },
  async run(args, out) {
    const format = args.value("format") ?? "table";
    if (format !== "table" && format !== "csv")
      throw new Refusal("usage", `--format is not "${format}"`, "give table or csv");
    return askCase(args.at(0), out, async (ask) => {
      const report = await ask("asOfCurve", given({ rule: args.value("rule"), at: args.list("at") }));
      if (out.isJson) out.json(report);
      else if (format === "csv") showCsv(report, out);
      else show(report, out);
      return 0;
    });
  },
};

function show({ rules }: AsOfCurve, out: Output): void {
  if (rules.length === 0) out.line("No curve: the case has no policy.");
  for (const { rule, points } of rules) {
    out.line(inert(`Rule ${rule}, as of other dates`));
    out.table(
      [
        "as of",
        "still held",
        "kept access",
        "called recently",
        "got data",
        "may have got",
        "tried",
        "people",
        "recent",
      ],
      points.map((point) => [
        point.as_of,
        figure(point.holding),
        figure(point.entitled.developers),
        figure(point.recent.developers),
        figure(point.obtained.developers),
        figure(point.possible.developers),
        figure(point.attempted.developers),
        peopleText(point.obtained.people),
        peopleText(point.recent.people),
      ]),
    );
    out.line();
  }
}

/** The lower bound, or the number itself; its upper bound; and how it is known. */
const spread = (people: People): (string | number | undefined)[] => [
  people.value ?? undefined,
  people.basis === "between" ? people.at_most : people.basis === "at-least" ? undefined : (people.value ?? undefined),
  people.basis,
];

const LEVELS = ["attempted", "possible", "obtained", "recent"] as const;

/** A column a number. */
function showCsv({ rules }: AsOfCurve, out: Output): void {
  const levels = LEVELS.flatMap((level) => [
    ...["developers", "apps", "calls"].map((what) => `${level}_${what}`),
    ...(level === "attempted" ? [] : [`${level}_people`, `${level}_people_at_most`, `${level}_people_basis`]),
  ]);
  out.line(["rule", "as_of", "holding", "entitled_developers", "entitled_apps", ...levels].join(","));
  for (const { rule, points } of rules)
    for (const point of points) out.line([rule, ...cellsOf(point)].map(csvCell).join(","));
}

const cellsOf = (point: AsOfPoint) => [
  ...[point.as_of, point.holding, point.entitled.developers, point.entitled.apps],
  ...LEVELS.flatMap((level) => [
    ...[point[level].developers, point[level].apps, point[level].events],
    ...(level === "attempted" ? [] : spread(point[level].people)),
  ]),
];
