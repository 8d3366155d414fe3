import { Zip, ZipDeflate } from "fflate";
import { fixedParts } from "./fixed-parts.ts";
import { type Cell, lettersOf, rowXml, sheetHead, sheetTail, type WrittenColumn } from "./sheet-xml.ts";

/** Rows of a sheet at most, its heading too (Excel's limits). What does not fit goes on in a further sheet. */
const MAX_ROWS = 1_048_576;
const MAX_SHEET_NAME = 31;
/** Text is deflated in pieces of so many characters. */
const PIECE = 1 << 16;
/** Each byte of a workbook is made by its content alone: no clock, no zone. */
const NO_TIME = () => new Date(1980, 0, 1);

export interface WorkbookWriterOptions {
  readonly maxRows?: number;
}

/**
 * Writes a workbook (ECMA-376) as it comes, a sheet after the other and a row after the other: nothing of it is kept. Equal
 * rows give equal bytes.
 */
export class WorkbookWriter {
  readonly #zip: Zip;
  readonly #encoder = new TextEncoder();
  readonly #sheets: string[] = [];
  readonly #maxRows: number;
  #columns: readonly WrittenColumn[] = [];
  #letters: readonly string[] = [];
  #entry: ZipDeflate | undefined;
  #title = "";
  #part = 1;
  #row = 0;
  #text = "";
  /** Texts that were longer than a cell may be, and were cut. */
  cut = 0;

  /** `write` gets the bytes of the file in order. What it throws comes out of the call that caused it. */
  constructor(write: (bytes: Uint8Array) => void, { maxRows = MAX_ROWS }: WorkbookWriterOptions = {}) {
    this.#maxRows = maxRows;
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error;
      write(bytes);
    });
  }

  /** Begins a sheet, and ends the one before. `title`: at most 31 characters, none of `[]:*?/\`. */
  sheet(title: string, columns: readonly WrittenColumn[]): void {
    this.#endSheet();
    this.#title = title;
    this.#part = 1;
    this.#columns = columns;
    this.#letters = columns.map((_, index) => lettersOf(index));
    this.#beginSheet();
  }

  row(cells: readonly Cell[]): void {
    if (this.#row >= this.#maxRows) {
      this.#endSheet();
      this.#part++;
      this.#beginSheet();
    }
    this.#row++;
    this.#put(rowXml(this.#row, this.#letters, cells, () => this.cut++));
  }

  end(): void {
    this.#endSheet();
    for (const [path, xml] of fixedParts(this.#sheets)) {
      this.#begin(path);
      this.#put(xml);
      this.#endEntry();
    }
    this.#zip.end();
  }

  #beginSheet(): void {
    const more = this.#part === 1 ? "" : ` (${this.#part})`;
    this.#sheets.push(this.#title.slice(0, MAX_SHEET_NAME - more.length) + more);
    this.#begin(`xl/worksheets/sheet${this.#sheets.length}.xml`);
    this.#row = 1;
    this.#put(sheetHead(this.#columns));
  }

  #endSheet(): void {
    if (!this.#entry) return;
    this.#put(sheetTail(this.#columns.length, this.#row));
    this.#endEntry();
  }

  #begin(path: string): void {
    this.#entry = new ZipDeflate(path, { level: 6 });
    this.#entry.mtime = NO_TIME();
    this.#zip.add(this.#entry);
  }

  #put(text: string): void {
    this.#text += text;
    if (this.#text.length < PIECE) return;
    this.#entry?.push(this.#encoder.encode(this.#text));
    this.#text = "";
  }

  #endEntry(): void {
    this.#entry?.push(this.#encoder.encode(this.#text), true);
    this.#text = "";
    this.#entry = undefined;
  }
}
