import path from "node:path";
import { Refusal } from "../../shared/errors.ts";
import { findArray, type Guess, sniffDelimiter } from "./beginning.ts";
import { builtInFormats } from "./formats.ts";
import { fieldNamed } from "./synonyms.ts";

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
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

const percent = (share: number) => `${Math.round(share * 100)} % of the first lines`;

/** What a text is, by what it holds; never by its name. @throws Refusal `not-a-log` */
export function recognise(text: Buffer, whole: boolean, file: string): Guess<string> {
  const lines = linesOf(text, whole);
  const found = json(text, lines) ?? patterns(lines) ?? keyvalue(lines) ?? table(text, whole);
  if (found) return found;
  throw new Refusal(
    "not-a-log",
    `${path.basename(file)} is not a log in any format that Exhibit knows. Nothing was imported`,
    "say what it is with --format or --mapping",
  );
}

function json(text: Buffer, lines: readonly string[]): Guess<string> | undefined {
  const first = lines[0]?.trimStart()[0];
  const share = lines.length === 0 ? 0 : lines.filter(isObject).length / lines.length;
  if (first === "{" || first === "[") {
    const array = findArray(text, undefined);
    if (array !== undefined && (first === "[" || lines.length === 1 || share < 0.5))
      return { value: "json", confidence: 0.95, why: "a JSON document with an array of records" };
    if (share === 0 && first === "{" && lines.length > 1 && /^\s*\{\s*$|^\s*\{\s*"/u.test(lines[0] ?? ""))
      return { value: "json", confidence: 0.7, why: "JSON objects over several lines" };
  }
  return share >= 0.5
    ? { value: "jsonl", confidence: Math.min(0.99, share), why: `a JSON object a line in ${percent(share)}` }
    : undefined;
}

function patterns(lines: readonly string[]): Guess<string> | undefined {
  let best: Guess<string> | undefined;
  const data = lines.filter((line) => !line.startsWith("#"));
  for (const [name, mapping] of builtInFormats()) {
    if (mapping.pattern === undefined || data.length === 0) continue;
    const pattern = new RegExp(mapping.pattern.replaceAll("(?P<", "(?<"), "u");
    const share = data.filter((line) => line.length < 1 << 16 && pattern.test(line)).length / data.length;
    if (share >= 0.5 && share > (best?.confidence ?? 0))
      best = { value: name, confidence: Math.min(0.99, share), why: `${percent(share)} have its shape` };
  }
  return best;
}

function keyvalue(lines: readonly string[]): Guess<string> | undefined {
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

function table(text: Buffer, whole: boolean): Guess<string> | undefined {
  let at = 0;
  while (text[at] === 35 || text[at] === 10 || text[at] === 13) {
    const next = text.indexOf(10, at);
    if (next < 0) break;
    at = next + 1;
  }
  const guess = sniffDelimiter(text, at, 34, whole);
  return guess.confidence >= 0.3 ? { ...guess, value: "csv" } : undefined;
}
