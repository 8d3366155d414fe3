import { LRUCache } from "lru-cache";
import { RE2JS } from "re2js";

/** A user's regular expression, on an engine whose time is linear in the text. */
export interface Pattern {
  readonly groups: number;
  /** Group 1 of the first match, the whole match where there is no group. Undefined where it does not match. */
  first(text: string): string | undefined;
  /** All groups of the first match, in order. */
  all(text: string): (string | undefined)[] | undefined;
  test(text: string): boolean;
}

/** Patterns of formats are tried on every file. */
const compiledPatterns = new LRUCache<string, Pattern>({ max: 1000 });

/** @throws Error with the engine's own words */
export function compilePattern(source: string): Pattern {
  const known = compiledPatterns.get(source) ?? newPattern(source);
  compiledPatterns.set(source, known);
  return known;
}

function newPattern(source: string): Pattern {
  const compiled = RE2JS.compile(source);
  return {
    groups: compiled.groupCount(),
    first(text) {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      return matcher.group(compiled.groupCount() > 0 ? 1 : 0) ?? undefined;
    },
    all(text) {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      return Array.from({ length: compiled.groupCount() }, (_, index) => matcher.group(index + 1) ?? undefined);
    },
    test: (text) => compiled.matcher(text).find(),
  };
}

/** The pattern itself asks for a line end (`\n` outside brackets): its records may have several lines. */
export const spansLines = (source: string): boolean =>
  source.replaceAll(/\\[^n]|\[\^?\]?(?:\\.|[^\]\\])*\]/gu, "").includes("\\n");

/** Names of the capturing groups in order, "" for one without a name. Reads `(?<name>…)` and `(?P<name>…)`. */
export function groupNames(source: string): string[] {
  const names: string[] = [];
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const char = source[i];
    if (char === "\\") i++;
    else if (inClass) inClass = char !== "]";
    else if (char === "[") {
      inClass = true;
      if (source[i + 1] === "^") i++;
      if (source[i + 1] === "]") i++;
    } else if (char === "(") {
      if (source[i + 1] !== "?") names.push("");
      else {
        const match = /^\(\?P?<([A-Za-z_]\w*)>/u.exec(source.slice(i, i + 80));
        if (match) names.push(match[1] as string);
      }
    }
  }
  return names;
}
