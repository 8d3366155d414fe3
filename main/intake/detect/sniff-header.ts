import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { delimiterByte, type ReaderName, recordsOf } from "../mapping/mapping.ts";
import type { Mapping } from "../mapping/mapping-document.ts";
import type { HeaderSniff } from "../mapping/plan.ts";
import { fieldNamed, nameKey } from "../mapping/synonyms.ts";
import { firstCsvRecord } from "../read/csv.ts";
import { isData, isHeaderAgain } from "../read/header-again.ts";
import { findRecordPath, hasList, recordPath } from "./json-shape.ts";

const LF = 10;
const CR = 13;
const HASH = 35;
const DELIMITERS = [",", ";", "\t", "|"].map((char) => char.charCodeAt(0));
const MAX_SNIFFED_ROWS = 100;
/** How sure it is that rows are a table whose header does not fit them. */
const MISFIT_CONFIDENCE = 0.3;

/** How sure a guess is, and why. */
export interface Guess<T> {
  readonly value: T;
  readonly confidence: number;
  readonly why: string;
  /** The rows of a table agree with one another, but not with the row above them. */
  readonly misfit?: true;
}

export const NO_HEADER: HeaderSniff = { head: 0, headRecords: 0, records: [] };

/** What a reader must know from the first bytes of the text. @throws Refusal `not-a-log` where it does not begin so */
export function sniffHeader(
  reader: ReaderName,
  mapping: Mapping,
  text: Buffer,
  whole: boolean,
  file: string,
): HeaderSniff {
  if (reader === "csv") return sniffCsvHeader(mapping, text, whole, file);
  if (reader === "json") return sniffDocument(recordsOf(mapping), text, whole, file);
  return NO_HEADER;
}

function nextLine(text: Buffer, from: number): number {
  let i = from;
  while (i < text.length && text[i] !== LF && text[i] !== CR) i++;
  if (text[i] === CR && text[i + 1] === LF) i++;
  return Math.min(i + 1, text.length);
}

function sniffCsvHeader(mapping: Mapping, text: Buffer, whole: boolean, file: string): HeaderSniff {
  const quote = mapping.quote === undefined ? 34 : mapping.quote === "" ? -1 : mapping.quote.charCodeAt(0);
  let at = 0;
  let records = 0;
  for (; records < (mapping.skip_rows ?? 0) && at < text.length; records++) at = nextLine(text, at);
  // Blank and comment lines before the header.
  while (
    at < text.length &&
    (text[at] === LF || text[at] === CR || (text[at] === HASH && text[at + 1] !== undefined))
  ) {
    at = nextLine(text, at);
    records++;
  }
  const stated = separatorRow(text, at);
  if (stated) {
    at = stated.end;
    records++;
  }
  const delimiter =
    (mapping.delimiter !== undefined && delimiterByte(mapping.delimiter)) ||
    stated?.delimiter ||
    sniffDelimiter(text, at, quote, whole).value;
  const header = at < text.length ? firstCsvRecord(text, at, delimiter, quote, whole) : undefined;
  if (!header)
    throw new Refusal(
      "not-a-log",
      `${path.basename(file)} has no header row. Nothing was imported`,
      "give the row that names the columns, or say with a mapping what the file is",
    );
  if (isHeaderless(header.cells, mapping))
    throw new Refusal(
      "not-a-log",
      `${path.basename(file)} has no header row: its first one is data. Nothing was imported`,
      "put a row that names the columns above it, or say with a mapping what the file is",
    );
  const later = mapping.later_columns ?? laterColumns(text, header.end, delimiter, quote, header.cells);
  const csv = { delimiter, quote, header: header.cells, ...(later.length > 0 && { later }) };
  return { csv, head: header.end, headRecords: records + 1, records: [] };
}

/** A first row that holds data and no name that anybody knows must not be lost as a header. */
const isHeaderless = (cells: readonly string[], mapping?: Mapping): boolean =>
  cells.some(isData) &&
  !cells.some((cell) => fieldNamed(cell) !== undefined) &&
  !cells.some((cell) => cell !== "" && JSON.stringify(mapping?.fields ?? {}).includes(JSON.stringify(cell)));

/** Bytes at the beginning of a row that have no digit in a header. */
const NAME_BYTES = 12;

/** Names that the text's later headers have and its first one has not: they need a place from the beginning. */
function laterColumns(
  text: Buffer,
  from: number,
  delimiter: number,
  quote: number,
  header: readonly string[],
): string[] {
  const known = new Set(header.map(nameKey));
  const later = new Map<string, string>();
  for (let at = from; at >= 0 && at < text.length; ) {
    const next = text.indexOf(LF, at);
    const end = next < 0 ? text.length : next;
    let i = at;
    const stop = Math.min(end, at + NAME_BYTES);
    while (i < stop && ((text[i] as number) - 48) >>> 0 > 9) i++;
    if (i === stop && i > at) {
      const line = text.subarray(at, text[end - 1] === CR ? end - 1 : end);
      const cells = firstCsvRecord(line, 0, delimiter, quote, true)?.cells ?? [];
      if (isHeaderAgain(cells, known))
        for (const name of cells) if (name !== "" && !known.has(nameKey(name))) later.set(nameKey(name), name);
    }
    at = next < 0 ? text.length : next + 1;
  }
  return [...later.values()];
}

/** The row `sep=;` in which spreadsheets state the delimiter, also in quotes, as writers leave it that quote every cell. */
export function separatorRow(text: Buffer, at: number): { delimiter: number; end: number } | undefined {
  const row = /^("?)sep=([^\r\n"])\1(?=[\r\n])/iu.exec(text.toString("latin1", at, at + 16));
  return row ? { delimiter: (row[2] as string).charCodeAt(0), end: nextLine(text, at) } : undefined;
}

/** The character between cells: the one that makes rows of equal width, with the most names that Exhibit knows. */
export function sniffDelimiter(text: Buffer, from: number, quote: number, whole: boolean): Guess<number> {
  let best: Guess<number> & { score: number } = {
    value: DELIMITERS[0] as number,
    confidence: 0,
    why: "no character divides it into columns",
    score: 0,
  };
  for (const delimiter of DELIMITERS) {
    const sample = text.subarray(0, from + (1 << 16));
    const header = firstCsvRecord(sample, from, delimiter, quote, whole && sample.length === text.length);
    if (!header) continue;
    const width = header.cells.length;
    const known = new Set(header.cells.flatMap((cell) => fieldNamed(cell)?.field ?? [])).size;
    let rows = 0;
    let equal = 0;
    const widths = new Map<number, number>();
    for (let at = header.end; rows < MAX_SNIFFED_ROWS && at < sample.length; ) {
      const record = firstCsvRecord(sample, at, delimiter, quote, whole && sample.length === text.length);
      if (!record) break;
      at = record.end;
      if (record.cells.length === 1 && record.cells[0] === "") continue;
      rows++;
      if (record.cells.length === width) equal++;
      widths.set(record.cells.length, (widths.get(record.cells.length) ?? 0) + 1);
    }
    const share = rows === 0 ? 1 : equal / rows;
    const [usual = 0, often = 0] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? [];
    if (rows > 0 && share < 0.1 && Math.min(width, usual) >= 2 && often >= rows * 0.9) {
      const why = `rows of ${usual} cells under a header of ${width}`;
      if (best.score === 0) best = { value: delimiter, confidence: MISFIT_CONFIDENCE, why, misfit: true, score: 0 };
      continue;
    }
    const score = width < 2 ? (known > 0 ? 0.1 : 0) : share * (1 + known) + width / 1000;
    if (score > best.score) {
      const name = { 44: "commas", 59: "semicolons", 9: "tabs", 124: "pipes" }[delimiter];
      const confidence =
        width < 2
          ? 0.5
          : Math.min(0.99, (share > 0.5 ? 0.5 : 0.1) * share + 0.1 * Math.min(known, 4) + (rows > 0 ? 0.09 : 0));
      best = {
        value: delimiter,
        confidence,
        why: `${width} columns between ${name}, ${known} of them known by name`,
        score,
      };
    }
  }
  return best;
}

/** Where the records of a JSON document lie. */
function sniffDocument(records: string | undefined, text: Buffer, whole: boolean, file: string): HeaderSniff {
  if (records === undefined) {
    const found = findRecordPath(text);
    if (found) return { head: 0, headRecords: 0, records: found };
    throw new Refusal(
      "not-a-log",
      `${path.basename(file)} is not a JSON document of records. Nothing was imported`,
      "say with a mapping what the file is",
    );
  }
  const steps = recordPath(records);
  // What lies beyond the sample is checked when it is read.
  if (whole && steps.length > 0 && !hasList(text, steps))
    throw new Refusal(
      "not-a-log",
      `${path.basename(file)} has no array at ${records}. Nothing was imported`,
      "correct records in the mapping",
    );
  return { head: 0, headRecords: 0, records: steps };
}
