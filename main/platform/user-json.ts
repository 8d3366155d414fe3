import { jsonMistake } from "./json-mistake.ts";

/** What is wrong with a file in JSON, behind its name: `is not valid JSON (…)`. */
export class JsonFault extends Error {
  override readonly name = "JsonFault";
}

const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]|\r\n|\n|\r/gu;
const BREAK = /\r\n|\n|\r/gu;

/**
 * A file that a person wrote. `JSON.parse` keeps the last of two equal keys and says nothing: here they are a mistake,
 * because nobody can know which one was meant. `parse`: another reader of JSON than `JSON.parse`.
 * @throws JsonFault
 */
export function parseUserJson(written: string, parse: (text: string) => unknown = JSON.parse): unknown {
  const text = written.replace(/^\uFEFF/u, "");
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new JsonFault(`is not valid JSON (${jsonMistake(text) ?? (error as Error).message})`);
  }
  demandOneOfEachKey(text);
  return value;
}

/** The text is valid JSON: a string with a colon behind it is a key, and a brace outside strings is an object's. */
function demandOneOfEachKey(text: string): void {
  const open: Map<string, Place>[] = [];
  let line = 1;
  let lineAt = 0;
  for (const { 0: token, 1: colon, index } of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Map());
    else if (token === "}") open.pop();
    else if (!token.startsWith('"')) {
      line += 1;
      lineAt = index + token.length;
    } else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      const keys = open.at(-1) as Map<string, Place>;
      const place = { line, lineAt, at: index };
      const before = keys.get(key);
      if (before)
        throw new JsonFault(
          `has the key ${JSON.stringify(key)} twice in one object, ${placesText(text, before, place)}`,
        );
      keys.set(key, place);
      const breaks = [...colon.matchAll(BREAK)];
      const last = breaks.at(-1);
      line += breaks.length;
      if (last) lineAt = index + token.length - colon.length + last.index + last[0].length;
    }
  }
}

interface Place {
  /** 1-based. */
  readonly line: number;
  /** Where in the text its line begins, and where it is. */
  readonly lineAt: number;
  readonly at: number;
}

/** 1-based, in characters. Counted for what is said alone: a document on one line has all its keys in one. */
const columnOf = (text: string, { lineAt, at }: Place): number => Array.from(text.slice(lineAt, at)).length + 1;

function placesText(text: string, before: Place, now: Place): string {
  if (before.line === now.line)
    return `on line ${now.line}, columns ${columnOf(text, before)} and ${columnOf(text, now)}`;
  return `on line ${before.line} and on line ${now.line}, columns ${columnOf(text, before)} and ${columnOf(text, now)}`;
}
