import type { Micros } from "../../../../shared/base/time.ts";
import { cellText, daysOfInstant, xmlText } from "./cells.ts";
import { HEADING_STYLE, TIME_STYLE } from "./fixed-parts.ts";

/** A text, a number, an instant, or nothing. */
export type Cell = string | number | { readonly instant: Micros } | undefined;

export interface WrittenColumn {
  readonly name: string;
  /** In characters of the common font. */
  readonly width?: number;
}

const DEFAULT_WIDTH = 16;

/** A column's letters: A, B, … Z, AA. */
export function lettersOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest === 0 ? "" : lettersOf(rest - 1)) + String.fromCharCode(65 + (index % 26));
}

/** What stands before the rows: the heading stays in sight, columns have widths. */
export function sheetHead(columns: readonly WrittenColumn[]): string {
  const cols = columns
    .map(
      ({ width = DEFAULT_WIDTH }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
    )
    .join("");
  const heading = columns
    .map(({ name }, index) => textCell(`${lettersOf(index)}1`, name, ` s="${HEADING_STYLE}"`))
    .join("");
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols}</cols><sheetData><row r="1">${heading}</row>`;
}

export const sheetTail = (columns: number, rows: number): string =>
  `</sheetData><autoFilter ref="A1:${lettersOf(columns - 1)}${rows}"/></worksheet>`;

const textCell = (place: string, text: string, style = ""): string =>
  `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;

/** A row, 1 being the heading. `cut`: is told of each text that was too long. */
export function rowXml(row: number, letters: readonly string[], cells: readonly Cell[], cut: () => void): string {
  let xml = `<row r="${row}">`;
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index];
    if (cell === undefined) continue;
    const place = `${letters[index]}${row}`;
    if (typeof cell === "string") {
      const { text, isCut } = cellText(cell);
      if (isCut) cut();
      xml += textCell(place, text);
    } else if (typeof cell === "number") xml += `<c r="${place}"><v>${cell}</v></c>`;
    else {
      const days = daysOfInstant(cell.instant);
      if (days !== undefined) xml += `<c r="${place}" s="${TIME_STYLE}"><v>${days}</v></c>`;
    }
  }
  return `${xml}</row>`;
}
