import type { ReaderName } from "../mapping/mapping.ts";
import { fieldNamed } from "../mapping/synonyms.ts";
import { jsonOfLine, prefixLength } from "../read/line-prefix.ts";
import { findRecordPath } from "./json-shape.ts";
import { type Guess, separatorRow, sniffDelimiter } from "./sniff-header.ts";
import { isTimed } from "./text-log.ts";

/** A date, a clock, an epoch or an IPv4 address: never the name of a column. */
const VALUE = /^(?:\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d(?:\.\d+)?|1\d{9}(?:\.\d+|\d{3})?|\d{1,3}(?:\.\d{1,3}){3})$/u;
const MAX_LINES = 200;
/** The first lines and bytes in which a #Fields line or a header row must stand. */
const MAX_HEADER_LINES = 30;
const MAX_HEADER_BYTES = 4096;
const PAIR = /(?:^|\s)[\w.@-]+=(?:"(?:[^"\\]|\\.)*"|\S*)/gu;

/** The first lines with anything on them, whole ones only. */
export function firstLines(text: Buffer, whole: boolean): string[] {
  const lines = text.toString("utf8", 0, Math.min(text.length, 1 << 19)).split(/\r\n|\n|\r/u);
  if (lines.length > 1 && !(whole && text.length <= 1 << 19)) lines.pop();
  return lines.filter((line) => line.trim() !== "").slice(0, MAX_LINES);
}

const isObject = (line: string): boolean => {
  // A document that is one line is asked about again and again.
  if (line === lastLine) return isLastObject;
  lastLine = line;
  try {
    const value: unknown = JSON.parse(jsonOfLine(line));
    isLastObject = typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    isLastObject = false;
  }
  return isLastObject;
};
let lastLine: string | undefined;
let isLastObject = false;

const percent = (share: number) => `${Math.round(share * 100)} % of the first lines`;

/** Readers that could read the text, the likeliest first. */
export function shapesOf(text: Buffer, lines: readonly string[], whole: boolean): Guess<ReaderName>[] {
  const found: Guess<ReaderName>[] = [headersShape(lines), jsonShape(text, lines), pairsShape(lines)].flatMap(
    (guess) => guess ?? [],
  );
  if (found.some(({ confidence }) => confidence >= 0.9)) return found;
  return [...found, ...[tableShape(text, whole)].flatMap((guess) => guess ?? [])];
}

function headersShape(lines: readonly string[]): Guess<"headers"> | undefined {
  return lines.slice(0, MAX_HEADER_LINES).some((line) => /^#fields(?::|\s)/iu.test(line))
    ? { value: "headers", confidence: 0.95, why: "values under a #Fields line" }
    : undefined;
}

function jsonShape(text: Buffer, lines: readonly string[]): Guess<"json" | "jsonl"> | undefined {
  const first = lines[0]?.slice(prefixLength(lines[0])).trimStart()[0];
  const share = lines.length === 0 ? 0 : lines.filter(isObject).length / lines.length;
  if (first === "{" || (first === "[" && /^\s*\[\s*(?:[[{\]"]|$)/u.test(lines[0] ?? ""))) {
    const path = findRecordPath(text);
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
  at = separatorRow(text, at)?.end ?? at;
  const guess = sniffDelimiter(text, at, 34, whole);
  // A row with a time in it, or with cells that only data has, is no row of names.
  const first = text.toString("latin1", at, Math.min(text.length, at + MAX_HEADER_BYTES)).split(/[\r\n]/u)[0] as string;
  const cells = first.split(String.fromCharCode(guess.value)).map((cell) => cell.trim().replace(/^"(.*)"$/u, "$1"));
  if (isTimed(first) || cells.some((cell) => VALUE.test(cell))) return undefined;
  return guess.confidence >= 0.3 ? { ...guess, value: "csv" } : undefined;
}
