import { Refusal } from "../../../shared/base/errors.ts";
import { shownText } from "../../platform/spreadsheet-text.ts";
import { type HeaderScore, isBlank, MAX_HEADER_ROWS, type Sheet, type SheetRow } from "./sheet.ts";

/** The usual four first: they win where others would divide the header as well. `0x01` is Hive's, `0x1f` ASCII's own. */
const DELIMITERS = [",", ";", "\t", "|", "^", "~", "\u0001", "\u001F", ":"];
/** The first line of a CSV that tells a spreadsheet the character between its cells. */
const SEP_LINE = /^sep=(.)\r?\n?$/iu;

/**
 * A table as CSV, RFC 4180, with any of the usual characters between cells. The header is the row with the most known names
 * among the first; what is above it is a title.
 * @throws Refusal `registry-wrong` with the line of the first mistake
 */
export function readCsv(text: string, file: string, score: HeaderScore): Sheet {
  const { header, delimiter, from, line } = findHeader(text, score);
  const rows: SheetRow[] = [];
  for (const record of csvRecords(text, delimiter, from, line, file)) {
    const cells = record.cells.slice(0, header.length);
    if (isBlank(record.cells)) continue;
    if (record.cells.length < header.length || !isBlank(record.cells.slice(header.length))) {
      throw new Refusal(
        "registry-wrong",
        `${file} line ${record.line} has ${record.cells.length} cells, its header ${header.length}`,
        "correct the line and import the file again; nothing was changed",
      );
    }
    rows.push({ place: `line ${record.line}`, cells });
  }
  return { header, rows, days: "excel_days" };
}

interface Header {
  readonly header: readonly string[];
  readonly delimiter: string;
  /** Where the rows begin: the character, and its line. */
  readonly from: number;
  readonly line: number;
}

function findHeader(text: string, score: HeaderScore): Header {
  const said = SEP_LINE.exec(text.slice(0, text.indexOf("\n") + 1))?.[1];
  let best: (Header & { score: number }) | undefined;
  let at = said === undefined ? 0 : text.indexOf("\n") + 1;
  let line = said === undefined ? 1 : 2;
  for (let rows = 0; at < text.length && rows < MAX_HEADER_ROWS; rows += 1) {
    for (const delimiter of said === undefined ? DELIMITERS : [said]) {
      const record = recordAt(text, delimiter, at);
      if (!record || isBlank(record.cells)) continue;
      const header = trimmed(record.cells);
      // A row that no name is known of is a header only where there is no better one: then the first, divided the most.
      const found = score(header) * 1000 + (rows === 0 || !best ? Math.min(header.length, 99) : 0);
      if (best && found <= best.score) continue;
      best = { header, delimiter, from: record.end, line: line + record.lines, score: found };
    }
    const next = /\r\n|\r|\n/u.exec(text.slice(at, at + (1 << 16)));
    if (!next) break;
    at += next.index + next[0].length;
    line += 1;
  }
  return best ?? { header: [], delimiter: ",", from: text.length, line };
}

/** Without the empty cells at its end, which a spreadsheet writes for columns that were once used. */
function trimmed(cells: readonly string[]): string[] {
  let end = cells.length;
  while (end > 0 && (cells[end - 1] as string).trim() === "") end -= 1;
  return cells.slice(0, end).map((cell) => cell.trim());
}

interface CsvRecord {
  readonly cells: string[];
  readonly end: number;
  /** Line ends in it, with its own. */
  readonly lines: number;
}

function* csvRecords(
  text: string,
  delimiter: string,
  from: number,
  firstLine: number,
  file: string,
): Generator<{ line: number; cells: string[] }> {
  let line = firstLine;
  for (let at = from; at < text.length; ) {
    const record = recordAt(text, delimiter, at, (why) => {
      throw new Refusal("registry-wrong", `${file} line ${line}: ${why}`, "correct it and import the file again");
    }) as CsvRecord;
    yield { line, cells: record.cells };
    at = record.end;
    line += record.lines;
  }
}

/** The record that begins here. Undefined where it is none and nobody minds. */
function recordAt(
  text: string,
  delimiter: string,
  from: number,
  wrong?: (why: string) => never,
): CsvRecord | undefined {
  let at = from;
  let lines = 1;
  const cells: string[] = [];
  for (;;) {
    let cell = "";
    if (text[at] === '"') {
      const close = closingQuote(text, at);
      if (close < 0) return wrong?.("a quotation mark is not closed");
      cell = text.slice(at + 1, close).replaceAll('""', '"');
      lines += cell.split("\n").length - 1;
      at = close + 1;
    } else {
      const begin = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at += 1;
      cell = text.slice(begin, at);
    }
    cells.push(shownText(cell));
    if (text[at] !== delimiter) break;
    at += 1;
  }
  if (at < text.length && text[at] !== "\n" && text[at] !== "\r")
    return wrong?.("text follows a closing quotation mark");
  if (text[at] === "\r") at += 1;
  if (text[at] === "\n") at += 1;
  return { cells, end: at, lines };
}

function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}
