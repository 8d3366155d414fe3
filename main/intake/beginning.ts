import path from "node:path";
import { Refusal } from "../../shared/errors.ts";
import { delimiterByte, type Mapping, type ReaderName } from "./mapping.ts";
import { type Beginning, stepsOf } from "./plan.ts";
import { firstCsvRecord } from "./readers/csv.ts";
import { fieldNamed } from "./synonyms.ts";

const LF = 10;
const CR = 13;
const HASH = 35;
const DELIMITERS = [",", ";", "\t", "|"].map((char) => char.charCodeAt(0));
const SNIFFED_ROWS = 100;

/** How sure a guess is, and why. */
export interface Guess<T> {
  readonly value: T;
  readonly confidence: number;
  readonly why: string;
}

/** What a reader must know from the beginning of the text. @throws Refusal `not-a-log` where it does not begin so */
export function beginningOf(
  reader: ReaderName,
  mapping: Mapping,
  text: Buffer,
  whole: boolean,
  file: string,
): Beginning {
  if (reader === "csv") return csvBeginning(mapping, text, whole, file);
  if (reader === "json") return documentBeginning(mapping.records, text, file);
  return { head: 0, headRecords: 0, list: false };
}

function nextLine(text: Buffer, from: number): number {
  let i = from;
  while (i < text.length && text[i] !== LF && text[i] !== CR) i++;
  if (text[i] === CR && text[i + 1] === LF) i++;
  return Math.min(i + 1, text.length);
}

function csvBeginning(mapping: Mapping, text: Buffer, whole: boolean, file: string): Beginning {
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
  const delimiter =
    (mapping.delimiter !== undefined && delimiterByte(mapping.delimiter)) ||
    sniffDelimiter(text, at, quote, whole).value;
  const header = at < text.length ? firstCsvRecord(text, at, delimiter, quote, whole) : undefined;
  if (!header)
    throw new Refusal(
      "not-a-log",
      `${path.basename(file)} has no header row. Nothing was imported`,
      "give the row that names the columns, or say with a mapping what the file is",
    );
  return { csv: { delimiter, quote, header: header.cells }, head: header.end, headRecords: records + 1, list: false };
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
    for (let at = header.end; rows < SNIFFED_ROWS && at < sample.length; ) {
      const record = firstCsvRecord(sample, at, delimiter, quote, whole && sample.length === text.length);
      if (!record) break;
      at = record.end;
      if (record.cells.length === 1 && record.cells[0] === "") continue;
      rows++;
      if (record.cells.length === width) equal++;
    }
    const share = rows === 0 ? 1 : equal / rows;
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

const isSpace = (byte: number | undefined) => byte === 32 || byte === 9 || byte === LF || byte === CR;

/** The keys that lead to the array a mapping's `records` names. */
export const arraySteps = (records: string): string[] => stepsOf(records).filter((step) => step !== "[]");

/** Where the records of a JSON document begin: behind the bracket of its array, or at once. */
export function documentBeginning(records: string | undefined, text: Buffer, file: string): Beginning {
  const steps = records ? arraySteps(records) : undefined;
  const at = findArray(text, steps);
  if (at !== undefined) return { head: at, headRecords: 0, list: true };
  if (steps)
    throw new Refusal(
      "not-a-log",
      `${path.basename(file)} has no array at ${records}. Nothing was imported`,
      "correct records in the mapping",
    );
  let start = 0;
  while (isSpace(text[start])) start++;
  if (text[start] === 123) return { head: 0, headRecords: 0, list: false };
  throw new Refusal(
    "not-a-log",
    `${path.basename(file)} is not a JSON document of records. Nothing was imported`,
    "say with a mapping what the file is",
  );
}

/** The position behind `[` of the array at a path; without a path, of the document itself or of its first key that holds an array of objects. */
export function findArray(text: Buffer, path: readonly string[] | undefined): number | undefined {
  let i = 0;
  const space = () => {
    while (isSpace(text[i])) i++;
  };
  space();
  if (text[i] === 91) {
    if (path) return undefined;
    i++;
    const behind = i;
    space();
    return text[i] === 123 || text[i] === 93 ? behind : undefined;
  }
  let wanted = path;
  for (;;) {
    // Inside an object: look for the key.
    if (text[i] !== 123) return undefined;
    i++;
    for (;;) {
      space();
      if (text[i] !== 34) return undefined;
      const end = endOfString(text, i);
      if (end === undefined) return undefined;
      const key = text.toString("utf8", i + 1, end - 1);
      i = end;
      space();
      if (text[i] !== 58) return undefined;
      i++;
      space();
      if (wanted ? key === wanted[0] : text[i] === 91) {
        const rest = wanted?.slice(1);
        if (rest && rest.length > 0) {
          wanted = rest;
          break;
        }
        if (text[i] !== 91) return undefined;
        const behind = i + 1;
        i++;
        space();
        if (wanted || text[i] === 123) return behind;
        i = behind - 1;
      }
      const next = endOfValue(text, i);
      if (next === undefined) return undefined;
      i = next;
      space();
      if (text[i] !== 44) return undefined;
      i++;
    }
  }
}

function endOfString(text: Buffer, from: number): number | undefined {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === 92) i++;
    else if (text[i] === 34) return i + 1;
  }
  return undefined;
}

/** Past a value, by its brackets alone: the reader is the one that is strict. */
function endOfValue(text: Buffer, from: number): number | undefined {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const byte = text[i];
    if (byte === 34) {
      const end = endOfString(text, i);
      if (end === undefined) return undefined;
      i = end - 1;
    } else if (byte === 123 || byte === 91) depth++;
    else if (byte === 125 || byte === 93) {
      if (depth === 0) return i;
      depth--;
    } else if (byte === 44 && depth === 0) return i;
    if (depth === 0 && (byte === 125 || byte === 93)) return i + 1;
  }
  return undefined;
}
