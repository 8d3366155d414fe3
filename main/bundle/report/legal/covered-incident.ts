import { figure } from "../../../../shared/base/figure.ts";
import { measuredText } from "../../../../shared/model/people-text.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { ruleFacts } from "../document/rule-facts.ts";
import { putRight } from "../document/summary.ts";
import { type Block, heading, paragraph, type Text } from "../document/tree.ts";
import { counted, people, utc } from "../document/words.ts";
import { type Draft, draft } from "./draft.ts";

/** A report of a covered incident, as the order in FTC docket C-4365 is said to want it. */
export function coveredIncident(input: PageInput): Draft {
  const rules = ruleFacts(input);
  const blocks: Block[] = [
    {
      kind: "facts",
      rows: [
        ["To", ["Associate Director for Enforcement, Bureau of Consumer Protection, Federal Trade Commission"]],
        ["Under", [input.policy?.authority ?? { open: "the order and docket number" }]],
        ...(input.about.matter === undefined ? [] : [["Matter", [input.about.matter]] as const]),
        ["From", [{ open: "the respondent" }]],
        ["Incident confirmed on", [{ open: "date of discovery, and of verification or confirmation" }]],
      ],
    },
    ...rules.flatMap((facts): Block[] => {
      const { found, title, cutoff, origin, fields } = facts;
      const obtained = found.developers.filter(({ obtained: got }) => got.events > 0);
      const firsts = obtained.flatMap(({ obtained: { first } }) => first ?? []).sort();
      const lasts = obtained.flatMap(({ obtained: { last } }) => last ?? []).sort();
      return [
        heading(2, title),
        {
          kind: "list",
          isNumbered: true,
          items: [
            [
              { strong: "Date or range. " },
              firsts.length === 0
                ? "No call that got restricted data is in the logs."
                : `Restricted data were returned from ${utc(firsts[0] as string)} to ${utc(lasts.at(-1) as string)}; the restriction was in force from ${utc(cutoff)}.`,
            ],
            [{ strong: "Facts and scope. " }, ...scope(facts)],
            [{ strong: "Causes. " }, { open: `causes of the incident: ${title}` }],
            [
              { strong: "Number of users. " },
              people(found.totals.obtained.people, origin("totals.obtained.people", "obtained")),
              ` in calls that got data; ${measuredText(found.totals.possible.people)} in further calls that may have got data.`,
            ],
            [
              { strong: "Kinds of information. " },
              fields.length === 0 ? { open: "kinds of information" } : fields.map(([field]) => field).join(", "),
              ".",
            ],
            [{ strong: "Acts to remediate. " }, ...putRight(input, facts)],
            [{ strong: "Acts to prevent further exposure. " }, { open: "acts to prevent further exposure" }],
          ],
        },
      ];
    }),
    ...(rules.length === 0 ? [paragraph({ open: "the case has no policy: facts, scope and numbers" })] : []),
    heading(2, "Updates"),
    paragraph("Next update due: ", { open: "date of the next update" }, "."),
  ];
  return draft(input, "covered-incident-report", "Report of a covered incident", blocks, [
    "The definition of a covered incident (500 or more users, a third party, a violation of platform terms) is from memory.",
    "The clock of 30 days runs from discovery by one source, from verification or confirmation by another: both dates are asked for.",
    "The fields of the report and the update every 30 days until the incident is investigated and remediated are from memory.",
    "The addressee and the channel were not checked against the order.",
  ]);
}

const scope = ({ found: { totals }, origin }: ReturnType<typeof ruleFacts>[number]): Text => [
  counted(totals.entitled.developers, origin("totals.entitled.developers")),
  " developers kept access after the restriction; ",
  counted(totals.obtained.developers, origin("totals.obtained.developers", "obtained")),
  ` got restricted data, in ${figure(totals.obtained.events)} calls; `,
  counted(totals.recent.developers, origin("totals.recent.developers")),
  " got or may have got data in the last days before the chosen instant.",
];
