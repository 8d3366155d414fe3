import type { Call } from "./model.ts";
import { empty, meet, micros, within } from "./time.ts";

/**
 * A tiny part of the filter language, enough for rules and claims in these tests: terms side by side, each
 * `field:value`, `field:"literal"` (text and lists), or `time` with `>=`, `<` or `:` and a date or a full ISO time.
 */
interface Term {
  field: "app" | "api" | "operation" | "outcome" | "resource" | "fields" | "subjects" | "time";
  sign: string;
  value: string;
  literal: boolean;
}

const FIELDS = ["app", "api", "operation", "outcome", "resource", "fields", "subjects", "time"];

function terms(filter: string): Term[] {
  const found: Term[] = [];
  let rest = filter.trim();
  while (rest !== "") {
    const match = /^(\w+)(:|>=|<)(?:"([^"\\]*)"|([^\s"()]+))(?:\s+|$)/.exec(rest);
    if (match === null || !FIELDS.includes(match[1] as string)) throw new SyntaxError(`beyond this reference: ${rest}`);
    const [all, field, sign, quoted, bare] = match;
    found.push({ field, sign, value: quoted ?? bare, literal: quoted !== undefined } as Term);
    rest = rest.slice(all.length);
  }
  return found;
}

/** [from, to) of `2018-04`, `2018-04-04`, `2018-04-04T10:30:00Z` or with a fraction, µs. */
function period(text: string): [number, number] {
  if (/T/.test(text)) return [micros(text), micros(text) + (text.includes(".") ? 1 : 1e6)];
  const [year, month, day] = text.split("-").map(Number) as [number, number, number | undefined];
  const to = day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1);
  return [Date.UTC(year, month - 1, day ?? 1) * 1000, to * 1000];
}

function timeOf(term: Term): [number, number] {
  const [from, to] = period(term.value);
  return term.sign === ">=" ? [from, Infinity] : term.sign === "<" ? [-Infinity, from] : [from, to];
}

function like(value: string, term: Term): boolean {
  const text = value.toLowerCase();
  return term.literal ? text === term.value.toLowerCase() : wildcard(term.value, value);
}

/** Equal in any case, `*` being any run of characters. */
export function wildcard(pattern: string, value: string): boolean {
  const literal = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${literal.join("[^]*")}$`, "i").test(value);
}

/** The terms of a filter that name a value which a log could have, each alone. */
export function namesOf(filter: string): { field: string; term: string }[] {
  return terms(filter)
    .filter(({ field }) => field !== "time" && field !== "outcome")
    .map(({ field, sign, value, literal }) => ({ field, term: `${field}${sign}${literal ? `"${value}"` : value}` }));
}

/** The time a filter leaves, µs. */
export function filterTime(filter: string): [number, number] {
  let time: [number, number] = [-Infinity, Infinity];
  for (const term of terms(filter)) if (term.field === "time") time = meet(time, timeOf(term));
  return empty(time) ? [0, 0] : time;
}

export function matches(filter: string, call: Call): boolean {
  return terms(filter).every((term) => {
    if (term.field === "time") return within(micros(call.time), timeOf(term));
    const value = call[term.field];
    return value !== undefined && [value].flat().some((one) => like(one, term));
  });
}
