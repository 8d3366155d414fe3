import path from "node:path";
import { readText } from "../platform/small-file.ts";
import { OpenRefusal } from "./open-refusal.ts";
import { headerScore, type Wishes } from "./recognise.ts";
import { readSheets } from "./sheets/read-sheets.ts";
import { type HeaderScore, isBlank, MAX_HEADER_ROWS, type Sheet, type SheetRow } from "./sheets/sheet.ts";

/** A table of a file, with its header told from its rows. Nobody knows yet what it is. */
export interface FileSheet {
  readonly sheet: Sheet;
  readonly header: readonly string[];
  /** `book.xlsx sheet "Apps"`, `grants.csv` */
  readonly where: string;
  /** Too much like a registry to be passed over where it is not recognised. */
  readonly isTable: boolean;
}

export interface FileSheets {
  readonly name: string;
  readonly bytes: Buffer;
  readonly encoding?: string;
  /** It can hold no second table, not even an empty one. */
  readonly isOne: boolean;
  readonly sheets: readonly FileSheet[];
  /** What the file holds beside tables, by name. */
  readonly unread: readonly string[];
}

/** The file's tables that are not empty. @throws Refusal as `readRegistryFile` does */
export async function readFileSheets(file: string, wishes: Wishes): Promise<FileSheets> {
  const name = path.basename(file);
  const bytes = readText(file);
  const score = headerScore(wishes);
  const { sheets, encoding, unread = [] } = await readSheets(bytes, name, score);
  return {
    name,
    bytes,
    ...(encoding === undefined ? {} : { encoding }),
    isOne: sheets.length === 1,
    unread,
    sheets: sheets.flatMap((raw) => {
      const where = raw.name === undefined ? name : `${name} ${encoding === undefined ? "sheet" : "at"} "${raw.name}"`;
      const found = withHeader(raw, score);
      return found ? [{ ...found, where, isTable: sheets.length === 1 || score(found.header) >= 2 }] : [];
    }),
  };
}

/** A sheet with its header: the row of the first that has the most known names. Undefined: it is empty. */
export function withHeader(sheet: Sheet, score: HeaderScore): Pick<FileSheet, "sheet" | "header"> | undefined {
  if (sheet.header) return sheet.header.length === 0 ? undefined : { sheet, header: sheet.header };
  const rows = sheet.rows.filter(({ cells }) => !isBlank(cells));
  let best = 0;
  for (let index = 1; index < Math.min(rows.length, MAX_HEADER_ROWS); index += 1)
    if (score((rows[index] as SheetRow).cells) > score((rows[best] as SheetRow).cells)) best = index;
  const header = rows[best]?.cells.map((cell) => cell.trim());
  return header && { header, sheet: { ...sheet, rows: rows.slice(best + 1) } };
}

export const notRecognised = (where: string, header: readonly string[]): OpenRefusal =>
  new OpenRefusal(
    `${where} is not recognised as developers, apps, grants, consents or resources (its columns: ${header.filter((each) => each !== "").join(", ") || "none"})`,
    'name its kind with --kind, or what its columns are with --columns app="…",developer_id="…"',
    { where, columns: [], by: "columns" },
  );
