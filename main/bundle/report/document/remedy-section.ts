import { knownMoment } from "../../../../shared/base/moment.ts";
import type { DeveloperRemedy, RemedyEntry } from "../../../../shared/model/accountability/remedy.ts";
import { isDoneAt, remedySummary } from "../../../../shared/model/accountability/remedy-summary.ts";
import { againstText } from "../../../../shared/model/accountability/remedy-text.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { type Block, heading, paragraph, type Text } from "./tree.ts";
import { plural, shortName, someNames, utc } from "./words.ts";

const MAX_ROWS = 20;
const MAX_NAMES = 40;

/** Is it put right: how far each developer is, what speaks against the steps, what is overdue. */
export function remedySection({ findings, remedy }: PageInput): Block[] {
  if (remedy === undefined) return [];
  const rules = remedy.rules.filter(({ developers }) => developers.some(({ entries }) => entries.length > 0));
  return [
    heading(2, "Remedy: is it put right"),
    ...(rules.length === 0 ? [paragraph("No step of a remedy is recorded in the case.")] : []),
    ...rules.flatMap((rule): Block[] => {
      const found = findings.rules.find((each) => each.rule === rule.rule);
      if (found === undefined) return [];
      const { revoked, held, holding, calledAfter, certifiedAgainst, overdue } = remedySummary(found, rule, remedy.at);
      const names = (rows: readonly DeveloperRemedy[]) =>
        someNames(
          rows.map(({ developer }) => shortName(developer)),
          MAX_NAMES,
        );
      const against = rule.developers.flatMap((row) =>
        row.entries
          .filter((entry) => isDoneAt(entry, knownMoment(remedy.at)) && entry.against.length > 0)
          .map((entry) => ({ row, entry })),
      );
      return [
        paragraph(
          `Rule ${rule.rule}, as of ${utc(remedy.at)}: by the steps recorded, access was taken from ${revoked.length} of ${plural(held.length, "developer")} that held it. `,
          holding.length === 0 ? "None still holds it. " : `Still holding it: ${names(holding)}. `,
          calledAfter.length === 0
            ? "None called after that. "
            : `Called after it was taken away: ${names(calledAfter)}. `,
          certifiedAgainst.length === 0
            ? "No certificate is contradicted by the log. "
            : `Certified deletion, against the log: ${names(certifiedAgainst)}. `,
          overdue.length === 0 ? "Nothing is overdue. " : `Overdue: ${names(overdue)}. `,
          "These are the steps that were recorded. The registry's grants may say otherwise: a grant may have gone to another owner with its app, or have ended without a step.",
        ),
        {
          kind: "table",
          title: "What speaks against a step that is said to be done [extract/remedy.json]",
          columns: [
            { title: "Developer", share: 3 },
            { title: "Step", share: 1.6 },
            { title: "Done on", share: 2 },
            { title: "What speaks against it", share: 5 },
          ],
          rows: against.slice(0, MAX_ROWS).map(({ row, entry }) => againstRow(row, entry)),
          more:
            against.length === 0
              ? ["Nothing in the logs or the registry does."]
              : against.length > MAX_ROWS
                ? [`${plural(against.length - MAX_ROWS, "more step")} in extract/remedy.json.`]
                : undefined,
        },
      ];
    }),
  ];
}

const againstRow = (row: DeveloperRemedy, entry: RemedyEntry): Text[] => [
  [row.developer],
  [entry.step],
  [entry.on ?? ""],
  [entry.against.map(againstText).join("; ")],
];
