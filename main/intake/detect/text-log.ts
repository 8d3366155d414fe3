import type { Resolved } from "../mapping/plan.ts";

/** Words before the time of a record that are looked past, as many as a log has columns before it. */
const MAX_WORDS = 9;
/** Lines that begin no record may be many: stack traces. A place where so few have a time is still the best there is. */
const MIN_LINE_SHARE = 0.02;
const MAX_LINES = 200;

/**
 * Where in their lines the records of a text log have their time: the pattern of the format `text`, which looks at the
 * beginning, moved behind so many words or columns as most lines have before it. Undefined: nowhere.
 */
function findTimePattern(all: readonly string[], pattern: string): string | undefined {
  const lines = all.slice(0, MAX_LINES);
  const behind = (prefix: string) => pattern.replace(/^\^/u, () => `^${prefix}`);
  const prefixes = [
    "",
    ...Array.from({ length: MAX_WORDS }, (_, words) => `(?:\\S+\\s+){${words + 1}}`),
    ...[",", ";", "\\|", "\\t"].flatMap((separator) =>
      Array.from({ length: MAX_WORDS }, (_, cells) => `(?:[^${separator}]*${separator}){${cells + 1}}\\s*`),
    ),
  ];
  let best: { pattern: string; hits: number } | undefined;
  for (const prefix of prefixes) {
    const source = behind(prefix);
    const test = new RegExp(source.replaceAll("(?P<", "(?<"), "u");
    const hits = lines.filter((line) => line.length < 1 << 14 && test.test(line)).length;
    // The first place wins unless a later one has twice as many.
    if (hits > (best?.hits ?? 0) * 2) best = { pattern: source, hits };
    if (hits * 2 > lines.length) break;
  }
  return best && best.hits >= Math.max(1, lines.length * MIN_LINE_SHARE) ? best.pattern : undefined;
}

/** The format `text` with its pattern moved to where these lines have their time. */
export function withTimePattern(resolved: Resolved, lines: readonly string[]): Resolved {
  const { mapping, format, trusted } = resolved;
  const pattern = format === "text" && trusted ? findTimePattern(lines, mapping.pattern as string) : undefined;
  return pattern === undefined ? resolved : { ...resolved, mapping: { ...mapping, pattern } };
}

const ISO_TIME = /\d{4}[-/]\d\d[-/]\d\d[T ,]+\d\d:\d\d/u;
const NAMED_TIME = /\d[ /-][A-Z][a-z]{2}[ /-]\d{4}[: ]\d\d:\d\d|[A-Z][a-z]{2} +\d\d? \d\d:\d\d:\d\d/u;

/** A date with a time of day stands somewhere in the line. */
export const isTimed = (line: string): boolean => ISO_TIME.test(line) || NAMED_TIME.test(line);
