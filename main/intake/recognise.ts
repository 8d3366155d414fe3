import path from "node:path";
import { Refusal } from "../../shared/errors.ts";
import { type Guess, sniffDelimiter } from "./beginning.ts";
import { builtInFormats, resolveMapping } from "./formats.ts";
import { asWritten, foundPath } from "./jsonshape.ts";
import type { ReaderName } from "./mapping.ts";
import { behindPrefix } from "./readers/prefix.ts";
import { fieldNamed } from "./synonyms.ts";
import { type Trial, tryFormat } from "./trial.ts";

const LINES = 500;
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

function linesOf(text: Buffer, whole: boolean): string[] {
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

/** Records a format must read for it to be that format; a reader that fits by shape needs none. */
const LEAST_SHARE = 0.5;
/** Fields a record that a named format must find more than a plain reader of the same text does. */
const LEAST_GAIN = 0.5;

/**
 * What a text is, by what it holds; never by its name. Every format is tried on the first records: the one that finds
 * most event fields in them is it, and a named format must find more than the plain reader underneath.
 * @throws Refusal `not-a-log`
 */
export function recognise(text: Buffer, whole: boolean, file: string): Guess<string> {
  const shapes = shapesOf(text, linesOf(text, whole), whole);
  const isJson = shapes.some(({ value }) => value === "json" || value === "jsonl");
  let best: Trial | undefined;
  for (const { value } of shapes) best = better(best, attempt(value, text, whole), 0);
  const plain = best;
  let named: Trial | undefined;
  for (const [name, { format }] of builtInFormats())
    if (canBe(format, shapes, isJson)) named = better(named, attempt(name, text, whole), 0);
  if (named && named.share >= LEAST_SHARE && named.filled >= (plain?.filled ?? 0) + LEAST_GAIN) best = named;
  if (best && best.share > 0) return guessOf(best);
  const shape = shapes[0];
  if (shape)
    return { ...shape, confidence: shape.confidence / 2, why: `${shape.why}, but none has a time that can be read` };
  throw new Refusal(
    "not-a-log",
    `${path.basename(file)} is not a log in any format that Exhibit knows. Nothing was imported`,
    "say what it is with --format or --mapping",
  );
}

const attempt = (format: string, text: Buffer, whole: boolean): Trial | undefined =>
  tryFormat(asWritten(resolveMapping({ schema: "exhibit/mapping@1", format }), text, whole), text, whole);

const better = (best: Trial | undefined, trial: Trial | undefined, by: number): Trial | undefined =>
  trial && trial.filled > (best?.filled ?? 0) + by ? trial : best;

/** Whether a text of these shapes can be of a format over this reader. */
function canBe(reader: string, shapes: readonly Guess<ReaderName>[], isJson: boolean): boolean {
  if (reader === "json" || reader === "jsonl") return isJson;
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
  const found = [jsonShape(text, lines), pairsShape(lines)].flatMap((guess) => guess ?? []);
  if (found.some(({ confidence }) => confidence >= 0.9)) return found;
  return [...found, ...[tableShape(text, whole)].flatMap((guess) => guess ?? [])];
}

function jsonShape(text: Buffer, lines: readonly string[]): Guess<"json" | "jsonl"> | undefined {
  const first = lines[0]?.slice(behindPrefix(lines[0])).trimStart()[0];
  const share = lines.length === 0 ? 0 : lines.filter(isObject).length / lines.length;
  if (first === "{" || first === "[") {
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
  const share =
    lines.filter((line) => {
      const pairs = line.match(PAIR) ?? [];
      for (const pair of pairs) keys.add(pair.trim().split("=")[0] as string);
      return pairs.length >= 2 && pairs.join("").length > line.length / 2;
    }).length / Math.max(1, lines.length);
  const hasTime = [...keys].some((key) => fieldNamed(key)?.field === "time");
  return share >= 0.6 && hasTime
    ? { value: "keyvalue", confidence: share * 0.9, why: `key=value pairs in ${percent(share)}` }
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
  return guess.confidence >= 0.3 ? { ...guess, value: "csv" } : undefined;
}
