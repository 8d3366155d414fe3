import { Refusal } from "../../shared/base/errors.ts";
import { parseJson, scalarText } from "../platform/exact-json.ts";
import { type JsonFault, parseUserJson } from "../platform/user-json.ts";

/** A row as column name → text, with the line it begins on; empty cells are absent. */
export interface TableRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** How a column is compared: any case; `_`, `-` and space alike. */
export const columnKey = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, "_");

/**
 * A small table of names, as CSV (any of `, ; tab |`) or JSON (an array of objects).
 * @throws Refusal `registry-wrong` with the line of the first mistake
 */
export function readTable(text: string, file: string): { columns: string[]; rows: TableRow[] } {
  const body = text.replace(/^\uFEFF/u, "");
  return /^\s*\[/u.test(body) ? readJson(body, file) : readCsv(body, file);
}

function readJson(text: string, file: string): { columns: string[]; rows: TableRow[] } {
  let value: unknown;
  try {
    value = parseUserJson(text, parseJson);
  } catch (error) {
    throw new Refusal("registry-wrong", `${file} ${(error as JsonFault).message}`, "correct it and import it again");
  }
  const columns = new Set<string>();
  const rows = (value as unknown[]).map((item, index) => {
    if (item === null || typeof item !== "object" || Array.isArray(item)) {
      throw new Refusal("registry-wrong", `${file} item ${index + 1} is not an object`, "give an array of objects");
    }
    const cells = new Map<string, string>();
    for (const [name, cell] of Object.entries(item)) {
      columns.add(columnKey(name));
      if (cell === null || cell === "") continue;
      const written = scalarText(cell);
      if (written === undefined)
        throw new Refusal(
          "registry-wrong",
          `${file} item ${index + 1}: ${name} is not a text or number`,
          "give one value",
        );
      cells.set(columnKey(name), written);
    }
    return { line: index + 1, cells };
  });
  return { columns: [...columns], rows };
}

function readCsv(text: string, file: string): { columns: string[]; rows: TableRow[] } {
  const head = text.slice(0, text.search(/[\r\n]|$/u));
  const delimiter = [",", ";", "\t", "|"].reduce((best, each) =>
    head.split(each).length > head.split(best).length ? each : best,
  );
  let columns: string[] | undefined;
  const rows: TableRow[] = [];
  for (const { line, cells } of csvRecords(text, delimiter, file)) {
    if (cells.length === 1 && cells[0] === "") continue;
    if (!columns) {
      columns = cells.map(columnKey);
      continue;
    }
    if (cells.length !== columns.length) {
      throw new Refusal(
        "registry-wrong",
        `${file} line ${line} has ${cells.length} cells, its header ${columns.length}`,
        "correct the line and import the file again; nothing was changed",
      );
    }
    const named = columns.map((name, index) => [name, (cells[index] as string).trim()] as const);
    rows.push({ line, cells: new Map(named.filter(([, cell]) => cell !== "")) });
  }
  return { columns: columns ?? [], rows };
}

/** RFC 4180 records. */
function* csvRecords(text: string, delimiter: string, file: string): Generator<{ line: number; cells: string[] }> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const began = line;
    const cells: string[] = [];
    for (;;) {
      let cell = "";
      if (text[at] === '"') {
        const close = closingQuote(text, at);
        if (close < 0)
          throw new Refusal(
            "registry-wrong",
            `${file} line ${began}: a quotation mark is not closed`,
            "close it and import the file again",
          );
        cell = text.slice(at + 1, close).replaceAll('""', '"');
        line += cell.split("\n").length - 1;
        at = close + 1;
      } else {
        const from = at;
        while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at += 1;
        cell = text.slice(from, at);
      }
      cells.push(cell);
      if (text[at] !== delimiter) break;
      at += 1;
    }
    if (at < text.length && text[at] !== "\n" && text[at] !== "\r") {
      throw new Refusal(
        "registry-wrong",
        `${file} line ${line}: text follows a closing quotation mark`,
        "correct the line and import the file again",
      );
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    line += 1;
    yield { line: began, cells };
  }
}

function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}
