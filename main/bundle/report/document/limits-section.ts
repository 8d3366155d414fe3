import { figure } from "../../../../shared/base/figure.ts";
import { namedFile } from "../../../../shared/model/source.ts";
import { silencesOfLane } from "../../../findings/coverage/coverage.ts";
import type { PageInput } from "../../contents/page-input.ts";
import type { RuleFacts } from "./rule-facts.ts";
import { type Block, heading, paragraph, type Text } from "./tree.ts";
import { counted as numbered, plural, shortName, utc } from "./words.ts";

const MAX_ROWS = 20;

/** What the logs cover and what they cannot show. */
export function limitsSection({ findings, sources }: PageInput): Block[] {
  const counted = sources.filter(({ withdrawn }) => withdrawn === undefined);
  const gaps = findings.coverage.flatMap(({ gaps: own, ...lane }) => own.map((gap) => ({ ...lane, ...gap })));
  return [
    heading(2, "Sources, limits and coverage"),
    {
      kind: "table",
      title:
        "Sources. Every physical line is in one of three places: lines = calls + rejected + skipped. [extract/sources.json]",
      columns: [
        { title: "No", share: 0.8, isNumber: true },
        { title: "File", share: 4.4 },
        { title: "Times", share: 2.4 },
        { title: "Lines", share: 1.6, isNumber: true },
        { title: "Of calls", share: 1.6, isNumber: true },
        { title: "Rejected", share: 1.6, isNumber: true },
        { title: "Skipped", share: 1.6, isNumber: true },
      ],
      rows: counted
        .slice(0, MAX_ROWS)
        .map((source): Text[] => [
          [String(source.source)],
          [namedFile(source)],
          [zoneText(source)],
          [figure(source.lines)],
          [figure(source.line_ledger.events)],
          [figure(source.line_ledger.rejected)],
          [figure(source.line_ledger.skipped)],
        ]),
      more:
        counted.length > MAX_ROWS
          ? [`${plural(counted.length - MAX_ROWS, "more source")} in extract/sources.json.`]
          : undefined,
    },
    {
      kind: "table",
      title: "Their SHA-256, as imported",
      columns: [
        { title: "No", share: 0.8, isNumber: true },
        { title: "SHA-256", share: 13 },
      ],
      rows: counted.slice(0, MAX_ROWS).map((source): Text[] => [[String(source.source)], [{ code: source.sha256 }]]),
    },
    {
      kind: "table",
      title:
        "Gaps: runs of hours without calls in which, by the same hours of the weeks around, 20 or more were to be expected. [extract/coverage.json]",
      columns: [
        { title: "Source", share: 1, isNumber: true },
        { title: "API", share: 2 },
        { title: "No calls from", share: 3 },
        { title: "To", share: 3 },
      ],
      rows: gaps
        .slice(0, MAX_ROWS)
        .map((gap): Text[] => [[String(gap.source)], [gap.api ?? "(none)"], [utc(gap.from)], [utc(gap.to)]]),
      more:
        gaps.length === 0
          ? ["None is found."]
          : gaps.length > MAX_ROWS
            ? [`${plural(gaps.length - MAX_ROWS, "more gap")} in extract/coverage.json.`]
            : undefined,
    },
  ];
}

const zoneText = ({ timezone, timezone_from: from }: { timezone: string; timezone_from: string }): string => {
  const known: Readonly<Record<string, string>> = {
    timestamps: "as the log's own times say",
    mapping: "by the mapping that was chosen",
    option: "chosen by the examiner",
    assumed: "assumed: the log does not say",
  };
  return `${timezone}, ${known[from] ?? from}`;
};

/** What an opposing expert would ask for first. */
export function againstSection(
  { about, findings, sources, lanes, claims }: PageInput,
  rules: readonly RuleFacts[],
): Block[] {
  const dismissed = rules.flatMap(({ found }) =>
    found.developers
      .filter(({ status }) => status === "dismissed" || status === "disputed")
      .map((row) => ({ rule: found.rule, ...row })),
  );
  const reason = (rule: string, developer: string) =>
    about.decisions.findLast((each) => each.rule === rule && each.developer_id === developer)?.reason ?? "";
  const untold = lanes.reduce((sum, lane) => sum + silencesOfLane(lane).untold.length, 0);
  const gaps = findings.coverage.reduce((sum, lane) => sum + lane.gaps.length, 0);
  const counted = sources.filter(({ withdrawn }) => withdrawn === undefined);
  const rejected = counted.reduce((sum, source) => sum + source.rejected, 0);
  const withdrawn = sources.filter((source) => source.withdrawn !== undefined);
  const denied = rules.reduce((sum, { found }) => sum + found.totals.attempted.events, 0);
  return [
    heading(2, "What speaks against it"),
    {
      kind: "list",
      items: [
        dismissed.length === 0
          ? ["No finding was dismissed or disputed."]
          : [
              `${plural(dismissed.length, "finding")} dismissed or disputed: `,
              dismissed
                .slice(0, MAX_ROWS)
                .map((row) => `${shortName(row.developer)} (${row.status}: ${reason(row.rule, row.developer_id)})`)
                .join("; "),
              dismissed.length > MAX_ROWS
                ? `; and ${plural(dismissed.length - MAX_ROWS, "more")} in extract/findings.json`
                : "",
              ".",
            ],
        ...(claims.length === 0
          ? []
          : [
              [
                numbered(claims.filter(({ verdict }) => verdict === "contradicted").length, {
                  file: "extract/claims.json",
                  key: "claims[].verdict",
                }),
                ` of ${plural(claims.length, "claim")} ${claims.length === 1 ? "is" : "are"} contradicted by the record; ${figure(claims.filter(({ verdict }) => verdict === "undetermined").length)} cannot be determined.`,
              ],
            ]),
        [
          numbered(denied, {
            file: "extract/findings.json",
            key: "rules[].totals.attempted.events",
            filter: "level:attempted",
          }),
          ` ${denied === 1 ? "call" : "calls"} asked and got nothing.`,
        ],
        [
          numbered(rejected, { file: "extract/sources.json", key: "sources[].rejected" }),
          ` ${rejected === 1 ? "record" : "records"} could not be read as calls; the same file has the reasons of each source.`,
        ],
        [
          withdrawn.length === 0
            ? "No source is withdrawn."
            : `${plural(withdrawn.length, "source")} withdrawn, and not counted: ${withdrawn.map((source) => `${namedFile(source)} (${source.withdrawn?.reason ?? ""})`).join("; ")}.`,
        ],
        [
          `${gaps === 0 ? "No gap in the logs is found" : `${plural(gaps, "gap")} in the logs`}.${untold === 0 ? "" : ` Of ${plural(untold, "more run")} of hours without calls it cannot be told: no other week says what is usual.`}`,
        ],
        [
          about.unfinished.length === 0
            ? "No import is unfinished."
            : `Imports not finished, and not counted: ${about.unfinished.join(", ")}.`,
        ],
      ],
    },
  ];
}

export const methodSection = ({ about, policy }: PageInput): Block[] => [
  heading(2, "Question and method"),
  paragraph(
    policy === undefined
      ? "No policy is set. The bundle holds calls chosen by filters."
      : `The policy ${policy.title ?? ""} states ${plural(policy.rules.length, "rule")}: from when which fields of which calls were restricted. Each call in a rule's scope is judged by the registry's grants, the call's outcome and the fields that it returned.`,
  ),
  ...(policy === undefined
    ? []
    : [
        {
          kind: "list",
          items: [
            [
              { strong: "Got data: " },
              "the call succeeded, and the log shows that restricted fields came back, or were asked for where it has no others.",
            ],
            [{ strong: "May have got data: " }, "the call succeeded, and the log does not say which fields came back."],
            [{ strong: "Tried, got nothing: " }, "the call was refused, or it returned nobody."],
            [
              { strong: "Kept access: " },
              "by the registry's grants the developer held the rule's permission after its day; no call is needed for it.",
            ],
          ],
        } as const,
      ]),
  paragraph(
    "The bundle holds ",
    numbered(about.events, { file: "extract/bundle.json", key: "events" }),
    " calls; ",
    numbered(about.left_out, { file: "extract/bundle.json", key: "left_out" }),
    ` of the case are left out. METHOD.txt has every definition that a number rests on, in full, and how to work it out by hand. All times are UTC.`,
  ),
  {
    kind: "table",
    title: "How the calls were chosen [extract/bundle.json, selected]",
    columns: [
      { title: "Why", share: 3 },
      { title: "Filter", share: 5 },
      { title: "Calls", share: 1.4, isNumber: true },
    ],
    rows: about.selected.map(({ why, filter, events }): Text[] => [
      [why],
      [{ code: filter === "" ? "(every call)" : filter }],
      [figure(events)],
    ]),
  },
];
