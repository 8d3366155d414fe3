import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import type { StepGiven } from "../../shared/model/accountability/remedy.ts";
import { sha256Of } from "../platform/sha256.ts";
import { readText } from "../platform/small-file.ts";
import { isNoValue } from "../registry/columns/cell-words.ts";
import { columnKey } from "../registry/columns/column-key.ts";
import { withHeader } from "../registry/file-sheets.ts";
import { readSheets } from "../registry/sheets/read-sheets.ts";
import { isBlank } from "../registry/sheets/sheet.ts";

/** What a column may be called beside its own name, as `columnKey` writes it. */
const COLUMNS = {
  developer_id: ["developer", "developerid", "partner_id", "partner"],
  rule: ["rule_id"],
  step: ["action", "milestone"],
  on: ["done", "done_on", "done_at", "date", "completed", "completed_on"],
  due: ["due_on", "due_date", "due_by", "deadline", "planned"],
  by: ["who", "done_by", "responsible", "assignee"],
  result: ["outcome"],
  note: ["notes", "comment", "comments", "remark", "remarks"],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Column[];
const NEEDED: readonly Column[] = ["developer_id", "step"];
const KNOWN: ReadonlySet<string> = new Set([...NAMES, ...Object.values(COLUMNS).flat()]);

/** A file of steps as it was read: each with the place where it stands. */
export interface StepsRead {
  readonly file: string;
  readonly sha256: string;
  readonly ignored: readonly string[];
  readonly rows: readonly { readonly place: string; readonly step: StepGiven }[];
}

/**
 * Reads a table of steps: CSV with any usual delimiter and encoding, JSON or XLSX, as registry files are read.
 * @throws Refusal `remedy-wrong`, `registry-wrong`, `file-missing`, `file-is-folder`, `file-unreadable`, `file-empty`
 */
export async function readSteps(file: string): Promise<StepsRead> {
  const name = path.basename(file);
  const bytes = readText(file);
  const score = (cells: readonly string[]) => cells.filter((cell) => KNOWN.has(columnKey(cell))).length;
  const tables = (await readSheets(bytes, name, score)).sheets.flatMap((sheet) => {
    const found = withHeader(sheet, score);
    return found && score(found.header) >= 2 ? [found] : [];
  });
  const [table] = tables;
  if (table === undefined)
    throw new Refusal("remedy-wrong", `${name} is no table of steps`, `give one with a header of ${NAMES.join(", ")}`);
  if (tables.length > 1)
    throw new Refusal("remedy-wrong", `${name} has several tables of steps`, "import each in a file of its own");
  const columns = columnsOf(table.header, name);
  const used = new Set(columns.values());
  const rows = table.sheet.rows
    .filter(({ cells }) => !isBlank(cells))
    .map(({ place, cells }) => {
      const cell = (column: Column) => {
        const text = (cells[columns.get(column) ?? -1] ?? "").trim();
        return text === "" || isNoValue(text) ? undefined : text;
      };
      return {
        place,
        step: {
          ...{ developer: cell("developer_id") ?? "", step: cell("step") ?? "" },
          ...given(
            Object.fromEntries(
              (["rule", "on", "due", "by", "result", "note"] as const).map((each) => [each, cell(each)]),
            ),
          ),
        },
      };
    });
  return {
    file: name,
    sha256: sha256Of(bytes),
    ignored: table.header.filter((header, index) => header !== "" && !used.has(index)),
    rows,
  };
}

/** Where each column stands. Its own name goes before any other that may mean it. */
function columnsOf(header: readonly string[], file: string): Map<Column, number> {
  const keys = header.map(columnKey);
  const columns = new Map<Column, number>();
  for (const column of NAMES) {
    for (const names of [[column], COLUMNS[column] as readonly string[]]) {
      const found = keys.flatMap((key, index) => (names.includes(key) ? [index] : []));
      if (found.length > 1)
        throw new Refusal(
          "remedy-wrong",
          `${file}: the columns ${found.map((index) => `"${header[index]}"`).join(" and ")} are both ${column}`,
          "keep one of them; nothing was changed",
        );
      const [index] = found;
      if (index === undefined || columns.has(column)) continue;
      columns.set(column, index);
    }
  }
  const missing = NEEDED.filter((column) => !columns.has(column));
  if (missing.length > 0)
    throw new Refusal(
      "remedy-wrong",
      `${file} has no column ${missing.join(", ")} (its columns: ${header.join(", ")})`,
      `name its columns ${NAMES.join(", ")}; nothing was changed`,
    );
  return columns;
}
