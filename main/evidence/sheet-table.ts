import { Refusal } from "../../shared/base/errors.ts";
import { type Original, sliceOf } from "../platform/byte-source.ts";
import { SheetRows } from "../platform/workbook/rows.ts";
import { SharedStrings } from "../platform/workbook/strings.ts";
import { readMeanings } from "../platform/workbook/workbook.ts";
import { xmlPieces } from "../platform/workbook/xml-pieces.ts";
import { decompress } from "./decompress.ts";
import type { Part, SheetStep } from "./packing.ts";
import { UnreadWorkbook } from "./unread-workbook.ts";

/** Bytes read at once, and characters written at once. */
const PIECE_BYTES = 1 << 20;
/** Texts that cells share are held in memory, and the formats are few. */
const MAX_STRINGS_BYTES = 1 << 29;
const MAX_STYLES_BYTES = 1 << 26;
/** Rows of a sheet that programs write at most: sixteen times Excel's. */
const MAX_ROW_NUMBER = 1 << 24;
/** From here on a spreadsheet program has rounded: it keeps fifteen digits. */
const FIRST_ROUNDED = 1e15;

/**
 * A sheet as CSV, RFC 4180, UTF-8: always the same bytes for the same workbook, so that records have an offset. Line n is row n
 * (a row whose cells hold line ends takes more); a row without text is an empty line; every other row has as many cells as the
 * widest, up to the last column in which any has text. What is in one column alone stands as it is, a cell a line, so that lines
 * which somebody pasted into a sheet are lines again. `charge` as for `decompress`.
 * @throws Refusal `file-truncated`, `file-unreadable`; whatever `charge` throws
 */
export async function* sheetTable(
  packed: Original,
  step: SheetStep,
  name: string,
  charge: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const workbook = { packed, name, charge };
  try {
    const strings = new SharedStrings();
    if (step.strings)
      for await (const xml of xmlPieces(bounded(partOf(workbook, step.strings), MAX_STRINGS_BYTES), SHARED))
        strings.read(xml);
    const meanings = readMeanings(step.styles ? await textOf(workbook, step.styles) : "");
    const context = { strings: strings.texts, meanings, days: step.days, numberText, hasBareClocks: true };
    const rows = () => rowsOf(partOf(workbook, step.sheet), context);
    let width = 0;
    for await (const { cells } of rows()) {
      // Cells that a row skips cost as much as those it has.
      charge(cells.length);
      width = Math.max(width, cells.length);
    }
    yield* printed(rows(), width, charge);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new UnreadWorkbook(
      name,
      `is no workbook that Exhibit can read (${(error as Error).message})`,
      "save it as CSV",
      error,
    );
  }
}

const SHARED = { element: "si", around: "sst" };
const ROWS = { element: "row", around: "sheetData" };

interface Workbook {
  readonly packed: Original;
  readonly name: string;
  readonly charge: (bytes: number) => void;
}

/** The bytes of a part. */
async function* partOf({ packed, name, charge }: Workbook, part: Part): AsyncGenerator<Buffer> {
  let original = packed;
  for (const step of part) {
    if (step.kind !== "slice") {
      yield* decompress(original, step, name, charge);
      return;
    }
    original = sliceOf(original, step);
  }
  for (let at = 0; at < original.bytes; at += PIECE_BYTES) yield original.read(at, PIECE_BYTES);
}

async function* bounded(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error("a part of it is too large");
    yield chunk;
  }
}

async function textOf(workbook: Workbook, part: Part): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bounded(partOf(workbook, part), MAX_STYLES_BYTES)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

interface Row {
  readonly number: number;
  /** Up to the last with text. */
  readonly cells: readonly string[];
}

/** The rows that have text, their numbers growing. */
async function* rowsOf(
  chunks: AsyncIterable<Buffer>,
  context: ConstructorParameters<typeof SheetRows>[0],
): AsyncGenerator<Row> {
  const reader = new SheetRows(context);
  let last = 0;
  for await (const xml of xmlPieces(chunks, ROWS))
    for (const row of reader.read(xml)) {
      // A number that a program wrote wrongly is the next one.
      const number = row.number > last && row.number <= MAX_ROW_NUMBER ? row.number : last + 1;
      last = number;
      let end = row.cells.length;
      while (end > 0 && row.cells[end - 1] === "") end -= 1;
      if (end > 0) yield { number, cells: end === row.cells.length ? row.cells : row.cells.slice(0, end) };
    }
}

async function* printed(
  rows: AsyncIterable<Row>,
  width: number,
  charge: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let last = 0;
  let text = "";
  const flushed = () => {
    const bytes = Buffer.from(text);
    charge(bytes.length);
    text = "";
    return bytes;
  };
  for await (const { number, cells } of rows) {
    text += "\n".repeat(number - last - 1);
    text += width === 1 ? alone(cells[0] as string) : cells.map(quoted).join(",") + ",".repeat(width - cells.length);
    text += "\n";
    last = number;
    if (text.length >= PIECE_BYTES) yield flushed();
  }
  if (text !== "") yield flushed();
}

const inQuotes = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const quoted = (cell: string): string => (/[",\r\n]/u.test(cell) ? inQuotes(cell) : cell);
const alone = (cell: string): string => (/[\r\n]/u.test(cell) ? inQuotes(cell) : cell);

/**
 * A number's text. Whole numbers stand digit for digit; a fraction as the shortest that is the same number (programs write
 * 0.1 as 0.10000000000000001). What is written with an exponent because its last digits are lost stays so: nobody's id.
 */
function numberText(written: string): string {
  if (/^-?\d+$/u.test(written)) return written;
  const number = Number(written);
  if (written === "" || !Number.isFinite(number)) return written;
  if (/e/iu.test(written) && Math.abs(number) >= FIRST_ROUNDED) return written;
  const text = String(number);
  return text.includes("e") ? written : text;
}
