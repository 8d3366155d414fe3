import path from "node:path";
import { Refusal } from "../../shared/errors.ts";
import { beginningOf, type Guess, sniffDelimiter } from "./beginning.ts";
import { builtInFormats, resolveMapping } from "./formats.ts";
import { asWritten, foundPath } from "./jsonshape.ts";
import type { Mapping, ReaderName } from "./mapping.ts";
import { behindPrefix } from "./readers/prefix.ts";
import { fieldNamed } from "./synonyms.ts";
import { isTimed, timePlaced } from "./textlog.ts";
import { type Trial, tryFormat } from "./trial.ts";

const LINES = 200;
/** Among these a log with #Fields has it. */
const HEADER_LINES = 30;
const HEADER_BYTES = 4096;
/** Lines that a pattern is held against before it is tried, and the length beyond which one is not. */
const MET_LINES = 40;
const LONG_LINE = 1 << 13;
const PAIR = /(?:^|\s)[\w.@-]+=(?:"(?:[^"\\]|\\.)*"|\S*)/gu;

/** Bytes that no text has, or nearly none. */
function controlShare(text: Buffer): number {
  let control = 0;
  const sample = text.subarray(0, 1 << 16);
  for (const byte of sample)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 && byte !== 12) control++;
  return sample.length === 0 ? 0 : control / sample.length;
}

const MAGIC: readonly (readonly [string, string])[] = [
  ["504b0304", "zip"],
  ["28b52ffd", "zstd"],
  ["425a68", "bzip2"],
  ["fd377a585a00", "xz"],
  ["377abcaf271c", "7z"],
  ["52617221", "rar"],
];

/** @throws Refusal `not-a-log` for a file that is no text. `given`: the user said what it is, so only the hopeless is refused. */
export function demandText(raw: Buffer, text: Buffer, file: string, given: boolean): void {
  const name = path.basename(file);
  const packed = MAGIC.find(([magic]) => raw.subarray(0, magic.length / 2).toString("hex") === magic);
  if (packed)
    throw new Refusal(
      "not-a-log",
      `${name} is packed (${packed[1]}). Nothing was imported`,
      "unpack it first and import what is in it",
    );
  if (controlShare(text) > (given ? 0.3 : 0.1))
    throw new Refusal(
      "not-a-log",
      `${name} is not a log. Nothing was imported`,
      "give a log export: CSV, JSON or text",
    );
}

/** The first lines with anything on them, whole ones only. */
export function linesOf(text: Buffer, whole: boolean): string[] {
  const lines = text.toString("utf8", 0, Math.min(text.length, 1 << 19)).split(/\r\n|\n|\r/u);
  if (lines.length > 1 && !(whole && text.length <= 1 << 19)) lines.pop();
  return lines.filter((line) => line.trim() !== "").slice(0, LINES);
}

const isObject = (line: string): boolean => {
  try {
    const value: unknown = JSON.parse(line.slice(behindPrefix(line)));
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

const percent = (share: number) => `${Math.round(share * 100)} % of the first lines`;

/** Of the records, those a named format must read to be it. */
const LEAST_SHARE = 0.5;
/** Fields a record that a named format must find more than a plain reader of the same text does. */
const LEAST_GAIN = 0.5;

/** What a text is; `fields` where no name says which column is the time, but one is full of times. */
export interface Recognised extends Guess<string> {
  readonly fields?: Mapping["fields"];
}

/**
 * What a text is, by what it holds; never by its name. Every format is tried on the first records: the one that finds
 * most event fields in them is it, and a named format must find more than the plain reader underneath.
 * @throws Refusal `not-a-log`
 */
export function recognise(text: Buffer, whole: boolean, file: string): Recognised {
  const lines = linesOf(text, whole);
  const shapes = shapesOf(text, lines, whole);
  const attempt = (format: string) =>
    tryFormat(
      asWritten(timePlaced(resolveMapping({ schema: "exhibit/mapping@1", format }), lines), text, whole),
      text,
      whole,
    );
  const plain = best(shapes.map(({ value }) => attempt(value)));
  const named = best(
    [...builtInFormats()]
      .filter(([name, { format, pattern }]) => name !== "text" && canBe(format, shapes) && meets(lines, pattern))
      .map(([name]) => attempt(name)),
  );
  const isNamed = named && named.share >= LEAST_SHARE && named.filled >= (plain?.filled ?? 0) + LEAST_GAIN;
  const timed = plain && plain.share > 0 ? undefined : timeColumn(shapes, text, whole);
  if (timed && (!isNamed || named.filled <= timed.filled))
    return { ...guessOf(timed), fields: timed.resolved.mapping.fields };
  const found = isNamed ? named : plain;
  if (found && found.share > 0) return guessOf(found);
  const loose = canBe("regex", shapes) ? attempt("text") : undefined;
  if (loose && loose.share >= LEAST_SHARE) return guessOf(loose);
  const shape = shapes.find(({ confidence }) => confidence > 0);
  if (shape) return { ...shape, confidence: shape.confidence / 2, why: `${shape.why}, but no time that can be read` };
  throw new Refusal(
    "not-a-log",
    `${path.basename(file)} is not a log in any format that Exhibit knows. Nothing was imported`,
    "say what it is with --format or --mapping",
  );
}

/** The trial that found most; of equals the one that looked for least. */
const best = (trials: readonly (Trial | undefined)[]): Trial | undefined => {
  let most: Trial | undefined;
  for (const trial of trials)
    if (
      trial &&
      (trial.filled > (most?.filled ?? 0) || (most && trial.filled === most.filled && trial.sought < most.sought))
    )
      most = trial;
  return most;
};

/** A table without a column called like a time, but with one full of them: that one. */
function timeColumn(shapes: readonly Guess<ReaderName>[], text: Buffer, whole: boolean): Trial | undefined {
  if (!shapes.some(({ value }) => value === "csv")) return undefined;
  const mapping: Mapping = { schema: "exhibit/mapping@1", format: "csv" };
  const { csv } = beginningOf("csv", mapping, text, whole, "");
  return best(
    (csv?.header ?? [])
      .filter((name) => name !== "")
      .map((name) =>
        tryFormat(resolveMapping({ ...mapping, fields: { time: { from: name, parse: "iso" } } }), text, whole),
      )
      .filter((trial) => trial !== undefined && trial.share > 0.9),
  );
}

/** A pattern that meets none of the first lines need not be tried on more. */
const meets = (lines: readonly string[], pattern: string | undefined): boolean => {
  if (pattern === undefined) return true;
  const native = new RegExp(pattern.replaceAll("(?P<", "(?<"));
  return lines.slice(0, MET_LINES).some((line) => line.length < LONG_LINE && native.test(line));
};

/** Whether a text of these shapes can be of a format over this reader. */
function canBe(reader: string, shapes: readonly Guess<ReaderName>[]): boolean {
  const isJson = shapes.some(({ value }) => value === "json" || value === "jsonl");
  if (reader === "json" || reader === "jsonl") return isJson;
  if (reader === "regex" && shapes.some(({ value }) => value === "headers")) return false;
  if (reader === "regex") return !isJson || shapes.length > 1;
  return shapes.some(({ value }) => value === reader);
}

function guessOf({ resolved, records, share, filled, fields }: Trial): Guess<string> {
  const part = share === 1 ? "all" : `${Math.round(share * 100)} %`;
  return {
    value: resolved.format,
    confidence: Math.min(0.99, share * (1 - 0.5 ** (filled / share))),
    why: `${part} of the first ${records === 1 ? "record" : `${records} records`} read as ${resolved.format}, with ${fields.join(", ")}`,
  };
}

/** Readers that the look of the text allows, the likeliest first. */
function shapesOf(text: Buffer, lines: readonly string[], whole: boolean): Guess<ReaderName>[] {
  const found: Guess<ReaderName>[] = [headersShape(lines), jsonShape(text, lines), pairsShape(lines)].flatMap(
    (guess) => guess ?? [],
  );
  if (found.some(({ confidence }) => confidence >= 0.9)) return found;
  return [...found, ...[tableShape(text, whole)].flatMap((guess) => guess ?? [])];
}

function headersShape(lines: readonly string[]): Guess<"headers"> | undefined {
  return lines.slice(0, HEADER_LINES).some((line) => /^#fields(?::|\s)/iu.test(line))
    ? { value: "headers", confidence: 0.95, why: "values under a #Fields line" }
    : undefined;
}

function jsonShape(text: Buffer, lines: readonly string[]): Guess<"json" | "jsonl"> | undefined {
  const first = lines[0]?.slice(behindPrefix(lines[0])).trimStart()[0];
  const share = lines.length === 0 ? 0 : lines.filter(isObject).length / lines.length;
  if (first === "{" || (first === "[" && /^\s*\[\s*(?:[[{\]"]|$)/u.test(lines[0] ?? ""))) {
    const path = foundPath(text);
    if (path && path.length > 0 && (first === "[" || lines.length === 1 || share < 0.5))
      return { value: "json", confidence: 0.95, why: "a JSON document with an array of records" };
    if (share === 0 && first === "{" && lines.length > 1 && /^\s*\{\s*$|^\s*\{\s*"/u.test(lines[0] ?? ""))
      return { value: "json", confidence: 0.7, why: "JSON objects over several lines" };
  }
  return share >= 0.5
    ? { value: "jsonl", confidence: Math.min(0.99, share), why: `a JSON object a line in ${percent(share)}` }
    : undefined;
}

function pairsShape(lines: readonly string[]): Guess<"keyvalue"> | undefined {
  const keys = new Set<string>();
  if (lines.every(isObject)) return undefined;
  const share =
    lines.filter((line) => {
      if (isObject(line)) return true;
      const pairs = line.match(PAIR) ?? [];
      for (const pair of pairs) keys.add(pair.trim().split("=")[0] as string);
      return pairs.length >= 2 && pairs.join("").length > line.length / 2;
    }).length / Math.max(1, lines.length);
  const hasTime = [...keys].some((key) => fieldNamed(key)?.field === "time");
  // Without a key that is a time by name, only a format that knows better can read it.
  return share >= 0.6
    ? { value: "keyvalue", confidence: hasTime ? share * 0.9 : 0, why: `key=value pairs in ${percent(share)}` }
    : undefined;
}

function tableShape(text: Buffer, whole: boolean): Guess<"csv"> | undefined {
  let at = 0;
  while (text[at] === 35 || text[at] === 10 || text[at] === 13) {
    const next = text.indexOf(10, at);
    if (next < 0) break;
    at = next + 1;
  }
  const guess = sniffDelimiter(text, at, 34, whole);
  // A row with a time in it is no row of names.
  if (isTimed(text.toString("latin1", at, Math.min(text.length, at + HEADER_BYTES)).split(/[\r\n]/u)[0] as string))
    return undefined;
  return guess.confidence >= 0.3 ? { ...guess, value: "csv" } : undefined;
}
