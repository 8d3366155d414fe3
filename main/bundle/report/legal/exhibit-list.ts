import { figure } from "../../../../shared/base/figure.ts";
import { namedFile } from "../../../../shared/model/source.ts";
import type { PageInput } from "../../contents/page-input.ts";
import type { Text } from "../document/tree.ts";
import { type Draft, draft } from "./draft.ts";

const FILES: readonly (readonly [file: string, what: string])[] = [
  ["report.pdf", "Accountability report"],
  ["extract/findings.json", "Findings, every number of the report"],
  ["extract/events.csv", "Calls of the bundle, one a row"],
  ["extract/lines/", "Original lines of these calls, byte for byte"],
  ["extract/sources.json", "Sources with digests and ledgers"],
  ["extract/custody.jsonl", "Custody, one act a line"],
  ["extract/registry.json", "Registry as read"],
  ["extract/policy.json", "Policy as read"],
  ["METHOD.txt", "Definitions and how each number is worked out"],
];

/** What can be offered, numbered: files of the bundle, and the originals behind them. */
export function exhibitList(input: PageInput): Draft {
  const { about, sources } = input;
  const counted = sources.filter(({ withdrawn }) => withdrawn === undefined);
  const rows: Text[][] = [
    ...FILES.map(([file, what]): Text[] => [[what], [{ code: file }], ["in the bundle"]]),
    ...counted.map((source): Text[] => [
      [`Original log ${source.source}: ${namedFile(source)}, ${figure(source.bytes)} bytes`],
      [{ code: source.sha256 }],
      [about.originals[String(source.source)] === undefined ? "kept by the examiner" : "in originals/"],
    ]),
  ];
  return draft(
    input,
    "exhibit-list",
    "Exhibit list",
    [
      {
        kind: "table",
        title: `Exhibits of bundle ${about.name}`,
        columns: [
          { title: "No", share: 0.8, isNumber: true },
          { title: "Exhibit", share: 4 },
          { title: "File or SHA-256", share: 5 },
          { title: "Where", share: 2 },
        ],
        rows: rows.map((row, index) => [[String(index + 1)], ...row]),
      },
      {
        kind: "paragraph",
        text: ["Exhibit numbers of the court: ", { open: "numbers by the court's own scheme" }, "."],
      },
    ],
    ["The form of an exhibit list is the court's own; none was looked up."],
  );
}
