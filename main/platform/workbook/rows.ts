import { isoOf } from "../../../shared/base/time.ts";
import { DAY_COUNTINGS, type DaySystem, microsOfCount } from "./days.ts";
import type { Meaning } from "./number-format.ts";
import { xmlTokens } from "./xml.ts";

/** Columns that a sheet has at most (ECMA-376: XFD). */
const MAX_COLUMNS = 16_384;

export interface WorkbookRow {
  /** From 1, as the spreadsheet shows it. */
  readonly number: number;
  readonly cells: string[];
}

/** What cells are read by. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly meanings: readonly Meaning[];
  readonly days: DaySystem;
  /** A number's text, from how it is written. */
  readonly numberText: (written: string) => string;
  /** What is formatted as a time and is less than a day is a clock without one. */
  readonly hasBareClocks: boolean;
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  value: string;
}

/** The rows of a sheet, its cells as text: what a formula last gave, a date by its format, gaps empty. */
export class SheetRows {
  readonly #context: CellContext;
  #number = 0;

  constructor(context: CellContext) {
    this.#context = context;
  }

  /** A piece of the sheet that holds whole rows. */
  *read(xml: string): Generator<WorkbookRow> {
    let cells: string[] = [];
    let cell: Cell | undefined;
    let reads = false;
    let spoken = false;
    for (const token of xmlTokens(xml)) {
      if (token.kind === "text") {
        if (cell && reads && !spoken) cell.value += token.text;
        continue;
      }
      if (token.name === "rPh") spoken = token.kind === "open";
      // A value (`v`) or the text of a cell that shares none (`is`, `t`). A formula (`f`) is neither.
      else if (token.name === "v" || token.name === "t") reads = token.kind === "open";
      else if (token.kind === "open" && token.name === "row") {
        this.#number = Number(token.attributes.get("r") ?? this.#number + 1);
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
          cells[cell.column] = textOf(cell, this.#context);
        }
        cell = undefined;
      } else if (token.name === "row") yield { number: this.#number, cells };
    }
  }
}

/** `AB12` as a number from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/u.exec(reference ?? "")?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function textOf({ type, style, value }: Cell, context: CellContext): string {
  if (type === "s") return value === "" ? "" : unescaped(sharedText(context.strings, value));
  if (type === "inlineStr" || type === "str") return unescaped(value);
  if (type === "b") return value === "1" ? "true" : "false";
  // `#N/A` and the like: a cell whose formula has no value.
  if (type === "e") return "";
  if (type !== "n" || value === "") return value.trim();
  const written = context.numberText(value.trim());
  const meaning = context.meanings[style] ?? "number";
  if (meaning === "number") return written;
  const time = microsOfCount(written, DAY_COUNTINGS[context.days]);
  if (Number.isNaN(time)) return written;
  const iso = isoOf(time).slice(0, -1);
  if (context.hasBareClocks && meaning === "time" && Number(written) < 1) return iso.slice(11);
  return meaning === "day" && iso.endsWith("T00:00:00") ? iso.slice(0, 10) : iso;
}

function sharedText(strings: readonly string[], index: string): string {
  const text = strings[Number(index)];
  if (text === undefined) throw new Error("a cell shares a text that is not there");
  return text;
}

/** Characters that XML cannot hold, and CR, as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
const unescaped = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9a-f]{4})_/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
