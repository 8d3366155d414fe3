import { Refusal } from "../../../shared/base/errors.ts";
import { Allowance } from "../../evidence/archives/limits.ts";
import { zipEntries } from "../../evidence/archives/zip-entries.ts";
import { zipParts } from "../../evidence/archives/zip-parts.ts";
import type { Original } from "../../platform/byte-source.ts";
import { SheetRows } from "../../platform/workbook/rows.ts";
import { SharedStrings } from "../../platform/workbook/strings.ts";
import { mainPart, type Parts, readMeanings, readWorkbook } from "../../platform/workbook/workbook.ts";
import type { Sheet } from "./sheet.ts";

/** A spreadsheet keeps fifteen digits of a number. */
const FIRST_INEXACT = 1e15;

const inMemory = (bytes: Buffer): Original => ({
  bytes: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
  close: () => undefined,
});

/**
 * Every sheet of a workbook, hidden ones too. A cell that is formatted as a date becomes ISO 8601, by the workbook's own day
 * count; a number becomes its digits; a formula is what it last gave.
 * @throws Refusal `file-unreadable`, `archive-limit`, `registry-wrong`
 */
export async function readXlsx(bytes: Buffer, file: string): Promise<Sheet[]> {
  const zip = inMemory(bytes);
  const parts = zipParts(zip, await zipEntries(zip, file, new Allowance(file, bytes.length)), file);
  try {
    return sheetsOf(parts, file);
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

function sheetsOf(parts: Parts, file: string): Sheet[] {
  const workbook = readWorkbook(parts, mainPart(parts) ?? "xl/workbook.xml");
  if (!workbook)
    throw new Refusal(
      "registry-wrong",
      `${file} is a zip, but no XLSX workbook`,
      "give the table that is in it, as CSV, JSON or XLSX",
    );
  const { days } = workbook;
  const strings = new SharedStrings();
  strings.read(parts(workbook.strings ?? "") ?? "");
  const meanings = readMeanings(parts(workbook.styles ?? "") ?? "");
  const context = { strings: strings.texts, meanings, days, numberText: digitsOf, hasBareClocks: false };
  return workbook.sheets.map(({ name, part }) => {
    const rows = new SheetRows(context).read(parts(part) ?? "");
    return { name, days, rows: Array.from(rows, ({ number, cells }) => ({ place: `row ${number}`, cells })) };
  });
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
