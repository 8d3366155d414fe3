import type { Resolved } from "../mapping/plan.ts";

/** Words or columns that may stand before the time of a record. */
const MAX_WORDS = 9;
/** Share of lines that must have a time. It is small because most lines may be stack traces. */
const MIN_LINE_SHARE = 0.02;
const MAX_LINES = 200;

/**
 * The pattern of the format `text` expects the time at the start of a line. This moves it behind as many words or columns
 * as most lines have before their time. Undefined: the lines have no time.
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
    // The first prefix wins unless a later one has twice as many.
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
const NAMED_TIME =
  /\d[ /-][A-Z][a-z]{2}[ /-]\d{4}[: ]\d\d:\d\d|[A-Z][a-z]{2} +\d\d? \d\d:\d\d:\d\d|[A-Z][a-z]{2,8} +\d\d?,? +\d{4},? +(?:at +|@ +)?\d\d?:\d\d/u;

const NUMERIC_TIME = /(?:^|\D)\d\d?[/.-]\d\d?[/.-](?:\d{4}|\d\d),? +\d\d?:\d\d/u;

/** A date with a time of day stands somewhere in the line. */
export const isTimed = (line: string): boolean =>
  ISO_TIME.test(line) || NAMED_TIME.test(line) || NUMERIC_TIME.test(line);
