import { DAY, type Micros, SECOND } from "../../../../shared/base/time.ts";
import { spreadsheetText } from "../../spreadsheet-text.ts";

/** Characters that a cell of a spreadsheet holds at most (Excel's limits; counted in UTF-16 units). */
export const MAX_CELL = 32_767;
const CUT = " [cut]";

/** Days from 1899-12-30, from which spreadsheets count, to 1970-01-01. */
const EPOCH_DAYS = 25_569;

/**
 * What XML 1.0 cannot hold, and what would be read as standing for it: `_x0007_` is how a workbook writes the character 7
 * (ECMA-376, part 1, 22.9.2.19, ST_Xstring).
 */
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000D\u000E-\u001F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const MARKUP = /[&<>"]/gu;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const xmlText = (text: string): string =>
  /[\u0000-\u001F&<>"_\uD800-\uDFFF\uFFFE\uFFFF]/.test(text)
    ? text
        .replaceAll(LONE_SURROGATE, "\uFFFD")
        .replaceAll(UNWRITABLE, (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`)
        .replaceAll(MARKUP, (mark) => ENTITIES[mark] as string)
    : text;

export interface CutText {
  readonly text: string;
  readonly isCut: boolean;
}

/** A text as a cell can hold it: never a formula, and cut, saying so, where it is too long. */
export function cellText(text: string): CutText {
  const safe = spreadsheetText(text);
  if (safe.length <= MAX_CELL) return { text: safe, isCut: false };
  let end = MAX_CELL - CUT.length;
  // Not between the two halves of a character.
  if (/[\uD800-\uDBFF]/u.test(safe[end - 1] as string)) end--;
  return { text: safe.slice(0, end) + CUT, isCut: true };
}

/**
 * An instant as spreadsheets count: days, to the second below. Undefined before 1900-03-01: Excel's count has a 29 February
 * 1900 that never was.
 */
export function daysOfInstant(time: Micros): number | undefined {
  const days = EPOCH_DAYS + (Math.floor(time / SECOND) * SECOND) / DAY;
  return days < 61 ? undefined : days;
}
