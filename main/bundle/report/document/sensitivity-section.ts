import { figure } from "../../../../shared/base/figure.ts";
import type { PageInput } from "../../contents/page-input.ts";
import { type Block, heading, paragraph, type Text } from "./tree.ts";
import { shortName, someNames, utc } from "./words.ts";

const MAX_NAMES = 6;

const SHIFT_WORDS: Readonly<Record<string, string>> = {
  "-P7D": "7 days earlier",
  "-P1D": "1 day earlier",
  "-PT1H": "1 hour earlier",
  PT1H: "1 hour later",
  P1D: "1 day later",
  P7D: "7 days later",
};

/** What another cutoff or another zone would change of the numbers. */
export function sensitivitySection({ sensitivity, findings }: PageInput): Block[] {
  if (sensitivity === undefined || sensitivity.rules.length === 0) return [];
  return [
    heading(2, "Sensitivity: what would move the numbers"),
    ...sensitivity.rules.flatMap(({ rule, shifts, zones }, index): Block[] => {
      const found = findings.rules.find((each) => each.rule === rule);
      const name = (id: string) => found?.developers.find((each) => each.developer_id === id)?.developer ?? id;
      const names = (ids: readonly string[]) =>
        ids.length === 0
          ? "nobody"
          : someNames(
              ids.map((id) => shortName(name(id))),
              MAX_NAMES,
            );
      const from = `extract/sensitivity.json, rules[${index}]`;
      return [
        {
          kind: "table",
          title: `Rule ${rule} with its cutoff moved [${from}.shifts]`,
          columns: [
            { title: "Cutoff", share: 2.2 },
            { title: "Is then", share: 3.4 },
            { title: "Kept", share: 1, isNumber: true },
            { title: "Got data", share: 1.3, isNumber: true },
            { title: "Calls", share: 1.3, isNumber: true },
            { title: "Comes in", share: 3 },
            { title: "Goes out", share: 3 },
          ],
          rows: shifts.map((shift): Text[] => [
            [SHIFT_WORDS[shift.by] ?? shift.by],
            [utc(shift.cutoff)],
            [figure(shift.totals.entitled.developers)],
            [figure(shift.totals.obtained.developers)],
            [figure(shift.totals.obtained.events)],
            [names(shift.in)],
            [names(shift.out)],
          ]),
        },
        zones.length === 0
          ? paragraph("No number depends on a zone that somebody chose: every log says its own.")
          : {
              kind: "table",
              title: `Calls that another zone of a source would move [${from}.zones]`,
              columns: [
                { title: "Source", share: 1, isNumber: true },
                { title: "Zone", share: 3 },
                { title: "How it is known", share: 3 },
                { title: "Calls", share: 1.4, isNumber: true },
                { title: "Developers", share: 1.4, isNumber: true },
              ],
              rows: zones.map(({ source, timezone, timezone_from: how, could_move: move }): Text[] => [
                [String(source)],
                [timezone],
                [
                  how === "assumed"
                    ? "assumed, nobody said it"
                    : how === "option"
                      ? "said at the import"
                      : "by its mapping",
                ],
                [figure(move.events)],
                [figure(move.developers)],
              ]),
            },
      ];
    }),
  ];
}
