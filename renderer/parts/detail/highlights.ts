import { fold } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import type { Filter } from "../../../shared/filter/tree.ts";
import type { CallDetail } from "../../../shared/model/explore.ts";

/** A stretch of a line that a field was read from, or that the filter's own words found: [from, to), in UTF-16 units. Pure. */
export interface Highlight {
  readonly from: number;
  readonly to: number;
  readonly kind: "field" | "found";
}

/** Beyond this a line is shown without highlights. */
const MAX_CHARACTERS = 20_000;
const MAX_HIGHLIGHTS = 500;

/** Where the line says what the fields say, as far as it says it in the same words. */
export function highlightsOf(
  line: string,
  { event, origins }: Pick<CallDetail, "event" | "origins">,
  filter: string,
): Highlight[] {
  const text = line.slice(0, MAX_CHARACTERS);
  const highlights: Highlight[] = [];
  const put = (from: number, length: number, kind: Highlight["kind"]) => {
    if (length > 0 && highlights.length < MAX_HIGHLIGHTS) highlights.push({ from, to: from + length, kind });
  };
  for (const word of wordsOf(filter)) {
    const folded = fold(text);
    // a letter whose lower case is longer would move what follows: such lines have no highlights
    if (folded.length !== text.length) break;
    for (
      let at = folded.indexOf(word);
      at >= 0 && highlights.length < MAX_HIGHLIGHTS;
      at = folded.indexOf(word, at + word.length)
    )
      put(at, word.length, "found");
  }
  for (const [field, origin] of Object.entries(origins)) {
    const span = keyedValue(text, origin);
    if (span) put(span.from, span.to - span.from, "field");
    else
      for (const value of valuesOf(event[field as keyof CallDetail["event"]]))
        put(wordAt(text, value), wordAt(text, value) < 0 ? 0 : value.length, "field");
  }
  if (Object.keys(origins).length === 0)
    for (const field of SOUGHT_FIELDS)
      for (const value of valuesOf(event[field]))
        put(wordAt(text, value), wordAt(text, value) < 0 ? 0 : value.length, "field");
  return apart(highlights);
}

/** Fields whose value is sought in the line when no origin says where it stands. */
const SOUGHT_FIELDS = [
  "time",
  "app",
  "developer",
  "operation",
  "path",
  "status",
  "actor",
  "resource",
  "fields",
  "ip",
  "request_id",
] as const;

function valuesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.slice(0, 30).map(String);
  return value === undefined || typeof value === "boolean" ? [] : [String(value)];
}

/** The first place where the text stands as a word of its own; -1 if it does not. */
function wordAt(text: string, value: string): number {
  const isPart = (at: number) => /[\p{L}\p{N}]/u.test(text.charAt(at));
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
    if (!isPart(at - 1) && !isPart(at + value.length)) return at;
  return -1;
}

/** `"key":value` in JSON, by the last name of a path such as `req.query.fields`. */
function keyedValue(text: string, origin: string): { from: number; to: number } | undefined {
  const name = origin.split(".").at(-1)?.replace(/\[\]$/u, "");
  if (!name || !text.trimStart().startsWith("{")) return undefined;
  const key = JSON.stringify(name);
  const at = text.indexOf(`${key}:`);
  if (at < 0) return undefined;
  let from = at + key.length + 1;
  while (text.charAt(from) === " ") from += 1;
  const first = text.charAt(from);
  if (first === '"') {
    let to = from + 1;
    while (to < text.length && text.charAt(to) !== '"') to += text.charAt(to) === "\\" ? 2 : 1;
    return { from: from + 1, to: Math.min(to, text.length) };
  }
  if (first === "[" || first === "{") return undefined;
  const end = /[,}\]\s]/u.exec(text.slice(from));
  return { from, to: end ? from + end.index : text.length };
}

/** The bare words of a filter, folded. */
function wordsOf(filter: string): string[] {
  const words: string[] = [];
  const walk = (node: Filter) => {
    if (node.kind === "and" || node.kind === "or") node.terms.forEach(walk);
    else if (node.kind === "text") words.push(...node.segments.filter((segment) => segment !== "").map(fold));
  };
  try {
    walk(parse(filter));
  } catch {
    // a text that does not parse found nothing
  }
  return words;
}

/** In order, none upon another; what was found comes before what was read. */
function apart(highlights: readonly Highlight[]): Highlight[] {
  const sorted = [...highlights].sort((a, b) => a.from - b.from || (a.kind === "found" ? -1 : 1) || b.to - a.to);
  const result: Highlight[] = [];
  for (const highlight of sorted) {
    const from = Math.max(highlight.from, result.at(-1)?.to ?? 0);
    if (from < highlight.to) result.push({ ...highlight, from });
  }
  return result;
}
