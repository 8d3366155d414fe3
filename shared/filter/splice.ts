import { DAY, isoOf, type Micros } from "../base/time.ts";
import { type FieldName, fieldRow } from "./fields.ts";
import { fold } from "./match.ts";
import { parse } from "./parse.ts";
import { quote } from "./print.ts";
import { isWrapped, type Listed, members, type Range, rangeIn, type Term, termsOf } from "./terms.ts";
import type { Filter, Value } from "./tree.ts";

// The controls of the window change the filter's text and leave every other byte. A *term* is a member of the outermost `and`.
// All throw Refusal where the text they are given does not parse.

/** A click on a value: in, or out if it is in. */
export function include(text: string, field: FieldName, value: string): string {
  return toggle(text, field, value, false);
}

/** A click on *not*: `-F:v`, or out if it is there. */
export function exclude(text: string, field: FieldName, value: string): string {
  return toggle(text, field, value, true);
}

/** All terms of the field become `F:v`, where the first of them was. */
export function only(text: string, field: FieldName, value: string): string {
  return replaceAll(text, field, `${field}:${literal(field, value)}`);
}

/** All terms of the field go. */
export function clear(text: string, field: FieldName): string {
  return replaceAll(text, field, undefined);
}

/** A click on *no value*: `-F:*`, or out if it is there. */
export function absent(text: string, field: FieldName): string {
  return togglePresence(text, field, true);
}

/** A click on *not* of *no value*: `F:*`, or out if it is there. */
export function present(text: string, field: FieldName): string {
  return togglePresence(text, field, false);
}

/**
 * All `time` terms become these: [from, to) in µs on bucket edges, or a preset that stays a word: `last60d`, `2018-04`, `>=cutoff`.
 */
export function setTime(text: string, when: { readonly from?: Micros; readonly to?: Micros } | string): string {
  if (typeof when === "string") return replaceAll(text, "time", /^[<>]/.test(when) ? `time${when}` : `time:${when}`);
  const terms: string[] = [];
  if (when.from !== undefined) terms.push(`time>=${edge(when.from)}`);
  if (when.to !== undefined) terms.push(`time<${edge(when.to)}`);
  return replaceAll(text, "time", terms.length === 0 ? undefined : terms.join(" "));
}

function toggle(text: string, field: FieldName, value: string, isNot: boolean): string {
  const out = withoutValue(text, field, value, isNot);
  if (out !== text) return out;
  const cleared = withoutValue(text, field, value, !isNot);
  const written = literal(field, value);
  const term = termsOf(cleared, parse(cleared), field).find((each) => each.isNot === isNot && each.values);
  if (!term) return append(cleared, `${isNot ? "-" : ""}${field}:${written}`);
  const { from, to } = rangeIn(term.value);
  if (term.value.kind === "or") {
    const end = (term.value.terms.at(-1) as Value).end - 1;
    return put(cleared, { from: end, to: end }, ` or ${written}`);
  }
  return put(cleared, { from, to }, `(${cleared.slice(from, to)} or ${written})`);
}

function withoutValue(text: string, field: FieldName, value: string, isNot: boolean): string {
  const wanted = fold(value);
  const filter = parse(text);
  for (const term of termsOf(text, filter, field)) {
    const index = term.values?.findIndex((each) => each.isLiteral && fold(each.text) === wanted) ?? -1;
    if (index < 0 || term.isNot !== isNot) continue;
    return withoutValue(cutValue(text, filter, term, index), field, value, isNot);
  }
  return text;
}

function cutValue(text: string, filter: Filter, term: Term, index: number): string {
  const values = term.values as readonly Listed[];
  const here = (values[index] as Listed).span;
  if (values.length === 1) return cutTerm(text, filter, term.index);
  if (values.length === 2) {
    const other = (values[1 - index] as Listed).span;
    return put(text, rangeIn(term.value), text.slice(other.from, other.to));
  }
  const before = values[index - 1];
  const after = values[index + 1];
  return put(
    text,
    before ? { from: before.span.to, to: here.to } : { from: here.from, to: after?.span.from ?? here.to },
    "",
  );
}

function togglePresence(text: string, field: FieldName, isNot: boolean): string {
  const out = withoutPresence(text, field, isNot);
  if (out !== text) return out;
  return append(withoutPresence(text, field, !isNot), `${isNot ? "-" : ""}${field}:*`);
}

function withoutPresence(text: string, field: FieldName, isNot: boolean): string {
  const filter = parse(text);
  const term = termsOf(text, filter, field).find((each) => each.isNot === isNot && each.value.kind === "present");
  return term ? withoutPresence(cutTerm(text, filter, term.index), field, isNot) : text;
}

function replaceAll(text: string, field: FieldName, replacement: string | undefined): string {
  const filter = parse(text);
  const terms = termsOf(text, filter, field);
  const [first] = terms;
  const last = terms.at(-1);
  if (!first || !last) return replacement === undefined ? text : append(text, replacement);
  if (terms.length === 1 && replacement !== undefined) return put(text, first.span, replacement);
  return replaceAll(cutTerm(text, filter, last.index), field, replacement);
}

/**
 * Adds a term behind. A bare outermost `or` gets parentheses; a text that already is `(a or b)` gets a second space instead, so that
 * taking the term out again knows which of the two it was.
 */
function append(text: string, term: string): string {
  if (text === "") return term;
  const filter = parse(text);
  if (filter.kind === "or" && !isWrapped(filter)) return `(${text}) ${term}`;
  return `${text}${wrappedOr(text) === undefined ? " " : "  "}${term}`;
}

/** T, where the text is `(T)` and T an `or` without parentheses of its own. */
function wrappedOr(text: string): string | undefined {
  const trimmed = text.trimEnd();
  if (!trimmed.startsWith("(") || !trimmed.endsWith(")")) return undefined;
  const filter = parse(trimmed);
  if (filter.kind !== "or" || !isWrapped(filter)) return undefined;
  const inner = trimmed.slice(1, -1);
  return isWrapped(parse(inner)) ? undefined : inner;
}

/** Takes a member of the outermost `and` out, with the word or the space before it. */
function cutTerm(text: string, filter: Filter, index: number): string {
  const all = members(filter).map(rangeIn);
  const { from, to } = all[index] as Range;
  const before = all[index - 1];
  const after = all[index + 1];
  if (!before && after) return put(text, { from, to: after.from }, "");
  const gap = text.slice(before?.to ?? 0, from);
  if (gap.trim() !== "") return put(text, { from: before?.to ?? 0, to }, "");
  const inner = index === 1 && to === text.length ? wrappedOr(text.slice(0, from)) : undefined;
  if (inner !== undefined && gap.length === 1) return inner;
  return put(text, { from: from - Math.min(gap.length, inner === undefined ? 1 : 2), to }, "");
}

/** Puts a replacement in place of a range; where two terms would run into each other, with a space between. */
function put(text: string, { from, to }: Range, replacement: string): string {
  const left = text.slice(0, from);
  const right = text.slice(to);
  const middle = `${replacement}`;
  const touches = (a: string, b: string) => /[^\s(:-]$/.test(a) && /^[^\s)]/.test(b);
  if (middle === "") return touches(left, right) ? `${left} ${right}` : left + right;
  return `${left}${touches(left, middle) ? " " : ""}${middle}${touches(middle, right) ? " " : ""}${right}`;
}

/** A clicked value as the language writes it: literal, `*` and quotes included. */
function literal(field: FieldName, value: string): string {
  const { kind } = fieldRow(field);
  const isTyped = kind === "time" || kind === "number" || kind === "flag" || kind === "level";
  return isTyped || (kind === "source" && /^\d+$/.test(value)) ? value : quote(value);
}

/** A bucket edge: a day at midnight, else to the second or finer. */
function edge(time: Micros): string {
  const text = isoOf(time);
  return time % DAY === 0 ? text.slice(0, 10) : text;
}
