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
  const open: Map<string, number>[] = [];
  let line = 1;
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Map());
    else if (token === "}") open.pop();
    else if (!token.startsWith('"')) line += 1;
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      const keys = open.at(-1) as Map<string, number>;
      const before = keys.get(key);
      if (before !== undefined)
        throw new JsonFault(
          before === line
            ? `has the key ${JSON.stringify(key)} twice in one object, on line ${line}`
            : `has the key ${JSON.stringify(key)} twice in one object, on line ${before} and on line ${line}`,
        );
      keys.set(key, line);
      line += colon.match(BREAK)?.length ?? 0;
    }
  }
}
