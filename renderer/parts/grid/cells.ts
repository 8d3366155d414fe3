import type { ICellRendererParams } from "ag-grid-community";
import type { CallRow } from "../../../shared/model/explore.ts";
import { inertText, pieces } from "../inert.tsx";
import type { CallColumn } from "./columns.ts";

/** Cells are plain elements with plain text: twenty rows are drawn anew with every notch of the wheel. */
export function cellOf(column: CallColumn, tags: () => readonly string[]) {
  return ({ data }: ICellRendererParams<CallRow>): HTMLElement | string => {
    if (!data) return "";
    switch (column.id) {
      case "tags":
        return tagCell(data, tags());
      case "time":
        return timeCell(column.text(data));
      case "outcome":
        return outcomeCell(data.outcome);
      case "people":
        return data.people === undefined ? element("span", "cell-unknown", "not logged") : column.text(data);
      default: {
        const text = column.text(data);
        return column.isFigure ? text : textCell(text);
      }
    }
  };
}

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  if (text !== "") made.textContent = text;
  return made;
}

function textCell(text: string): HTMLElement {
  const cell = element("bdi", "cell-text");
  for (const piece of pieces(text)) cell.append(piece.isControl ? element("span", "control", piece.text) : piece.text);
  if (text !== "") cell.title = inertText(text);
  return cell;
}

function timeCell(text: string): HTMLElement {
  const cell = element("span", "cell-time");
  cell.append(element("span", "cell-date", text.slice(0, 11)), text.slice(11));
  return cell;
}

/** Shape says it as well as colour: filled, hollow, diamond, ring. */
function outcomeCell(outcome: string): HTMLElement {
  const cell = element("span", "cell-outcome");
  cell.append(element("span", `mark mark-${outcome}`), outcome);
  return cell;
}

function tagCell(row: CallRow, known: readonly string[]): HTMLElement {
  const cell = element("span", "cell-tags");
  const all = row.tags ?? [];
  cell.title = [...all.map(inertText), ...(row.notes ? [row.notes === 1 ? "1 note" : `${row.notes} notes`] : [])].join(
    ", ",
  );
  for (const tag of all.slice(0, row.notes ? 1 : 2)) {
    const number = known.indexOf(tag) + 1;
    cell.append(
      element(
        "span",
        `tag-mark tag-${number >= 1 && number <= 8 ? number : 9}`,
        number >= 1 && number <= 99 ? String(number) : "+",
      ),
    );
  }
  if (row.notes) cell.append(element("span", "note-mark", "n"));
  return cell;
}
