import path from "node:path";
import type { Reply } from "../../../shared/contract/contract.ts";
import { type DeveloperRemedy, STEPS } from "../../../shared/model/accountability/remedy.ts";
import { againstText } from "../../../shared/model/accountability/remedy-text.ts";
import { record } from "../../custody/append.ts";
import { ruleNamed } from "../../findings/rules/policy.ts";
import { oneSheet } from "../../platform/workbook/write/one-sheet.ts";
import { csvCell } from "../../query/results/event-csv.ts";
import { remedyOf } from "../../remedy/remedy.ts";
import type { Session } from "../session/session.ts";
import { writeWhole } from "./export-events.ts";

/** A row a developer: how far it is, the day on which each step was last done, what is due, and what speaks against it. */
const COLUMNS = [
  ...(["developer_id", "developer", "level", "state"] as const),
  ...STEPS,
  ...(["next", "due", "overdue", "owner", "against"] as const),
] as const;

type Row = readonly (string | undefined)[];

/** Writes the table of a rule's remedy to a new file: as a workbook where its name ends in .xlsx, else as CSV. */
export function writeRemedy(
  { inquiry, caseFile }: Session,
  {
    rule,
    developers,
    file,
    by,
  }: { rule: string; developers?: string[] | undefined; file: string; by?: string | undefined },
): Reply<"remedyFile"> {
  const { id } = ruleNamed(inquiry.policy, rule);
  const { at, rules } = remedyOf(inquiry, { rule: id });
  const all = new Map(rules[0]?.developers.map((row) => [row.developer_id, row]));
  const listed = developers === undefined ? [...all.values()] : developers.flatMap((each) => all.get(each) ?? []);
  const format = /\.xlsx$/iu.test(file) ? "xlsx" : "csv";
  const rows = listed.map(rowOf);
  const pieces: Iterable<string | Uint8Array> =
    format === "csv"
      ? linesOf(rows)
      : oneSheet(
          "Remedy",
          COLUMNS.map((name) => ({ name })),
          rows,
        );
  const about = {
    file: path.basename(file),
    format: `remedy ${format}`,
    rule: id,
    remedy_at: at,
    developers: rows.length,
  };
  writeWhole(file, pieces, {
    caseFile,
    act: (written) => record(caseFile, "export", { ...about, ...written }, by),
  });
  return { file: path.resolve(file), developers: rows.length };
}

function* linesOf(rows: readonly Row[]): Generator<string> {
  yield `${COLUMNS.join(",")}\n`;
  for (const row of rows) yield `${row.map((cell) => csvCell(cell)).join(",")}\n`;
}

function rowOf({ developer_id, developer, level, state, next, overdue, entries }: DeveloperRemedy): Row {
  const counting = entries.filter(({ taken_back }) => taken_back === undefined);
  const planned = counting.findLast(({ step, on, due }) => step === next && on === undefined && due !== undefined);
  const owner = counting.findLast(({ by }) => by !== undefined)?.by;
  const against = counting.flatMap((entry) => entry.against.map((each) => `${entry.step}: ${againstText(each)}`));
  return [
    ...[developer_id, developer, level, state],
    ...STEPS.map((step) => counting.findLast((entry) => entry.step === step && entry.on !== undefined)?.on),
    ...[next, planned?.due, overdue.join(";"), owner, against.join("; ")],
  ];
}
