import { Refusal } from "../../../shared/base/errors.ts";
import { isoOf } from "../../../shared/base/time.ts";
import { countedMicros } from "../../intake/time/epochs.ts";
import { type Meaning, meaningOf } from "../../platform/workbook/number-format.ts";
import { xmlTokens } from "../../platform/workbook/xml.ts";
import type { Sheet, SheetRow } from "./sheet.ts";
import { zipParts } from "./zip-parts.ts";

type Parts = (path: string) => string | undefined;
type Days = Sheet["days"];

/** Columns that a sheet has at most (ECMA-376: XFD). */
const MAX_COLUMNS = 16_384;
/** A spreadsheet keeps fifteen digits of a number. */
const FIRST_INEXACT = 1e15;

interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  readonly strings: readonly string[];
  /** By a cell's style: what its number is. */
  readonly meanings: readonly Meaning[];
  readonly days: Days;
}

/**
 * Every sheet of a workbook (ECMA-376, Office Open XML), hidden ones too. A cell that is formatted as a date becomes ISO 8601,
 * by the workbook's own day count; a number becomes its digits; a formula is what it last gave.
 * @throws Refusal `file-unreadable`, `archive-limit`, `registry-wrong`
 */
export async function readXlsx(bytes: Buffer, file: string): Promise<Sheet[]> {
  const parts = await zipParts(bytes, file);
  try {
    const workbook = readWorkbook(parts, file);
    return workbook.sheets.map(({ name, part }) => ({
      name,
      days: workbook.days,
      rows: readRows(parts(part) ?? "", workbook),
    }));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      "registry-wrong",
      `${file} is no workbook that Exhibit can read (${(error as Error).message})`,
      "save it as CSV",
      { cause: error },
    );
  }
}

function readWorkbook(parts: Parts, file: string): Workbook {
  const main =
    targetOf(parts("_rels/.rels") ?? "", "", ([type]) => type.endsWith("/officeDocument")) ?? "xl/workbook.xml";
  const text = parts(main);
  if (text === undefined) {
    throw new Refusal(
      "registry-wrong",
      `${file} is a zip, but no XLSX workbook`,
      "give the table that is in it, as CSV, JSON or XLSX",
    );
  }
  const folder = main.slice(0, main.lastIndexOf("/") + 1);
  const relations = parts(`${folder}_rels/${main.slice(folder.length)}.rels`) ?? "";
  const sheets: { name: string; part: string }[] = [];
  let days: Days = "excel_days";
  for (const token of xmlTokens(text)) {
    if (token.kind !== "open") continue;
    if (token.name === "workbookPr" && /^(?:1|true|on)$/iu.test(token.attributes.get("date1904") ?? ""))
      days = "excel_days_1904";
    if (token.name !== "sheet") continue;
    const id = [...token.attributes].find(([name]) => /(?:^|:)id$/u.test(name))?.[1];
    const part = targetOf(relations, folder, ([type, relation]) => relation === id && type.endsWith("/worksheet"));
    // Charts have no part of rows.
    if (part !== undefined) sheets.push({ name: token.attributes.get("name") ?? "", part });
  }
  const partOf = (kind: string) =>
    parts(targetOf(relations, folder, ([type]) => type.endsWith(`/${kind}`)) ?? "") ?? "";
  return { sheets, days, strings: readStrings(partOf("sharedStrings")), meanings: readMeanings(partOf("styles")) };
}

/** The part that a relation leads to, from the folder of the part that has it. */
function targetOf(
  relations: string,
  folder: string,
  wanted: (relation: readonly [type: string, id: string]) => boolean,
): string | undefined {
  for (const token of xmlTokens(relations)) {
    if (token.kind !== "open" || token.name !== "Relationship") continue;
    const { attributes } = token;
    if (!wanted([attributes.get("Type") ?? "", attributes.get("Id") ?? ""])) continue;
    const target = attributes.get("Target") ?? "";
    return target.startsWith("/") ? target.slice(1) : resolved(folder + target);
  }
  return undefined;
}

function resolved(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}

/** Texts that cells share. A text in pieces is one; how it is read aloud (`rPh`) is none of it. */
function readStrings(text: string): string[] {
  const strings: string[] = [];
  let inside = 0;
  let spoken = false;
  for (const token of xmlTokens(text)) {
    if (token.kind === "open") {
      if (token.name === "si") strings.push("");
      else if (token.name === "rPh") spoken = true;
      else if (token.name === "t") inside += 1;
    } else if (token.kind === "close") {
      if (token.name === "rPh") spoken = false;
      else if (token.name === "t") inside -= 1;
    } else if (inside > 0 && !spoken) strings[strings.length - 1] += token.text;
  }
  return strings;
}

function readMeanings(text: string): Meaning[] {
  const codes = new Map<number, string>();
  const meanings: Meaning[] = [];
  let isCells = false;
  for (const token of xmlTokens(text)) {
    if (token.kind === "text") continue;
    if (token.name === "cellXfs") isCells = token.kind === "open";
    if (token.kind !== "open") continue;
    if (token.name === "numFmt")
      codes.set(Number(token.attributes.get("numFmtId")), token.attributes.get("formatCode") ?? "");
    if (!isCells || token.name !== "xf") continue;
    const id = Number(token.attributes.get("numFmtId") ?? 0);
    meanings.push(meaningOf(id, codes.get(id)));
  }
  return meanings;
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
}

function readRows(text: string, workbook: Workbook): SheetRow[] {
  const rows: SheetRow[] = [];
  let number = 0;
  let cells: string[] = [];
  let cell: Cell | undefined;
  let reads = false;
  let spoken = false;
  for (const token of xmlTokens(text)) {
    if (token.kind === "text") {
      if (cell && reads && !spoken) cell.value += token.text;
      continue;
    }
    if (token.name === "rPh") spoken = token.kind === "open";
    // A value (`v`) or the text of a cell that shares none (`is`, `t`). A formula (`f`) is neither.
    else if (token.name === "v" || token.name === "t") reads = token.kind === "open";
    else if (token.kind === "open" && token.name === "row") {
      number = Number(token.attributes.get("r") ?? number + 1);
      cells = [];
    } else if (token.kind === "open" && token.name === "c") {
      cell = {
        column: columnOf(token.attributes.get("r")) ?? cells.length,
        type: token.attributes.get("t") ?? "n",
        style: Number(token.attributes.get("s") ?? 0),
        value: "",
      };
    } else if (token.name === "c" && cell) {
      if (cell.column < MAX_COLUMNS) {
        while (cells.length < cell.column) cells.push("");
        cells[cell.column] = textOf(cell, workbook);
      }
      cell = undefined;
    } else if (token.name === "row") rows.push({ place: `row ${number}`, cells });
  }
  return rows;
}

/** `AB12` as a number from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/u.exec(reference ?? "")?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function textOf({ type, style, value }: Cell, { strings, meanings, days }: Workbook): string {
  if (type === "s") return strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "true" : "false";
  // `#N/A` and the like: a cell whose formula has no value.
  if (type === "e") return "";
  if (type !== "n" || value === "") return value.trim();
  const written = digitsOf(value.trim());
  const meaning = meanings[style] ?? "number";
  if (meaning === "number") return written;
  const time = countedMicros(written, days);
  if (Number.isNaN(time)) return written;
  const iso = isoOf(time);
  return meaning === "day" && iso.endsWith("T00:00:00Z") ? iso.slice(0, 10) : iso.slice(0, -1);
}

/** A number without an exponent where its digits are what was typed; of more digits than a spreadsheet keeps, with one. */
function digitsOf(value: string): string {
  const number = Number(value);
  if (value === "" || !Number.isFinite(number)) return value;
  if (Math.abs(number) >= FIRST_INEXACT) return number.toExponential();
  if (/^-?\d+$/u.test(value)) return value;
  // Programs write seventeen digits of a fraction (0.10000000000000001): fifteen are meant.
  return String(Number(number.toPrecision(15)));
}
