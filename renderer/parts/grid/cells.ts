import type { ICellRendererComp, ICellRendererParams } from "ag-grid-community";
import type { CallRow } from "../../../shared/model/explore.ts";
import { inertText, isPlain, pieces } from "../inert.tsx";
import type { CallColumn } from "./columns.ts";

/** What the places of the grid show. */
export interface Places {
  /** The row that stands in a place; absent: none. */
  rowIn(place: number): CallRow | undefined;
  tags(): readonly string[];
  /** A cell stands in its place, or no more. */
  add(cell: Cell): void;
  remove(cell: Cell): void;
}

export interface Cell {
  /** Shows the row that stands in the cell's place now. */
  write(): void;
}

/**
 * Cells are plain elements with plain text: all of them are written anew with every notch of the wheel. Another row in the same
 * place changes what is in the element, not the element, and of a text its characters, not the node. The whole of a text that
 * may be cut off is a title only where the mouse is.
 */
export function cellOf(column: CallColumn, places: Places) {
  const isText = !column.isFigure && !["tags", "time", "outcome", "people"].includes(column.id);
  return class implements ICellRendererComp, Cell {
    /** Only what a log says may turn its own direction. */
    readonly #gui = document.createElement(isText ? "bdi" : "span");
    #place = 0;
    #shown: CallRow | undefined;
    #isPointed = false;

    init({ node }: ICellRendererParams): void {
      this.#place = node.rowIndex ?? 0;
      places.add(this);
      this.write();
      if (!isText) return;
      this.#gui.addEventListener("mouseenter", () => this.#point(true));
      this.#gui.addEventListener("mouseleave", () => this.#point(false));
    }

    #point(isPointed: boolean): void {
      this.#isPointed = isPointed;
      if (isPointed && this.#shown) this.#gui.title = inertText(column.text(this.#shown));
      else this.#gui.removeAttribute("title");
    }

    write(): void {
      const row = places.rowIn(this.#place);
      if (row === this.#shown) return;
      this.#shown = row;
      if (row) fill(this.#gui, column, row, places.tags());
      else this.#gui.replaceChildren();
      if (this.#isPointed) this.#point(true);
    }

    getGui(): HTMLElement {
      return this.#gui;
    }

    refresh(): boolean {
      return true;
    }

    destroy(): void {
      places.remove(this);
    }
  };
}

function fill(gui: HTMLElement, column: CallColumn, row: CallRow, tags: readonly string[]): void {
  const text = column.text(row);
  if (column.id === "tags") fillTags(gui, row, tags);
  else if (column.id === "time") fillTime(gui, text);
  else if (column.id === "outcome") fillOutcome(gui, row.outcome);
  else if (column.id === "people" && row.people === undefined) {
    gui.className = "cell-unknown";
    write(gui, "not logged");
  } else if (column.isFigure) {
    gui.className = "";
    write(gui, text);
  } else fillText(gui, text);
}

/** New nodes would be cleared away again, a hundred with every notch of the wheel. */
function write(element: Node, text: string): void {
  const [first, second] = element.childNodes;
  if (second || !(first instanceof Text)) element.textContent = text;
  else if (first.data !== text) first.data = text;
}

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  if (text !== "") made.textContent = text;
  return made;
}

function fillText(gui: HTMLElement, text: string): void {
  gui.className = "cell-text";
  if (isPlain(text)) write(gui, text);
  else
    gui.replaceChildren(
      ...pieces(text).map((piece) => (piece.isControl ? element("span", "control", piece.text) : piece.text)),
    );
}

function fillTime(gui: HTMLElement, text: string): void {
  const [date, clock] = [text.slice(0, 11), text.slice(11)];
  const [before, after] = gui.childNodes;
  if (before && after) {
    write(before, date);
    after.textContent = clock;
    return;
  }
  gui.className = "cell-time";
  gui.replaceChildren(element("span", "cell-date", date), clock);
}

/** Shape says it as well as colour: filled, hollow, diamond, ring. */
function fillOutcome(gui: HTMLElement, outcome: string): void {
  const [mark, words] = gui.childNodes;
  if (mark && words) {
    if (words.textContent === outcome) return;
    (mark as HTMLElement).className = `mark mark-${outcome}`;
    words.textContent = outcome;
    return;
  }
  gui.className = "cell-outcome";
  gui.replaceChildren(element("span", `mark mark-${outcome}`), outcome);
}

function fillTags(gui: HTMLElement, row: CallRow, known: readonly string[]): void {
  const all = row.tags ?? [];
  if (all.length === 0 && row.notes === undefined && gui.childNodes.length === 0) return;
  gui.className = "cell-tags";
  gui.title = [...all.map(inertText), ...(row.notes ? [row.notes === 1 ? "1 note" : `${row.notes} notes`] : [])].join(
    ", ",
  );
  const marks = all.slice(0, row.notes ? 1 : 2).map((tag) => {
    const number = known.indexOf(tag) + 1;
    return element(
      "span",
      `tag-mark tag-${number >= 1 && number <= 8 ? number : 9}`,
      number >= 1 && number <= 99 ? String(number) : "+",
    );
  });
  gui.replaceChildren(...marks, ...(row.notes ? [element("span", "note-mark", "n")] : []));
}
