import { type FieldName, fieldNamed, fieldRow } from "./fields.ts";
import { checkForeignValue } from "./foreign-values.ts";
import { excerpt, QUOTE_IT } from "./mistake.ts";
import type { Scanner, Word } from "./scanner.ts";
import { checkWordOperator } from "./word-operators.ts";

/*
 * What people bring from SQL, KQL, Lucene and code. Read as text it would find nothing, or with `not` everything, and nobody
 * would notice. So it is a mistake, answered with what it would be here. In quotes it is text.
 */

/** `app!=1041`, `status==404`, `api~x`: a name with the operator right behind it. */
const NAME_AND_OPERATOR = /([\p{L}_@][\p{L}\p{N}_.@-]*)(!==?|!~|=~|===?|=>|=<|=|~)/uy;
const IN_A_LIST = /in\s{0,80}\(/iy;
const VALUE_OPERATOR = /!==?|!~|===?|=~|=|!|~/y;
const CLOCK = /^\s+\d{1,2}:\d{2}/;
const ZONE = /^\s+(Z|UTC|GMT|[+-]\d{2}:?\d{2})(?=[\s)]|$)/i;
/** Dashes of a word processor, where a hyphen is meant. */
const DASH = /^[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/;
/** `+app:1041`, `^app:1041`: required, or a regular expression's beginning. */
const MARKED = /[+^](?=([a-z_]+)[:<>])/iy;
/** `fields[0]:name`, `api!:groups`, and colons of other scripts. */
const ODD_HEAD = /([a-z_]+)(?:(?:\[[^\]\s]{0,20}\]|[!?]){1,4}:|[\uFF1A\uFE55\u2236])/iy;

/** Looks at the beginning of a term, where the scanner stands. @throws Refusal `filter-wrong` */
export function checkTermStart(scanner: Scanner): void {
  const { text, i } = scanner;
  if (scanner.next === "!") {
    const todo = `write \`not\` or \`-\` before the term: \`-app:1041\`, or ${QUOTE_IT}`;
    throw scanner.mistake(i, "`!` does not mean not here", todo);
  }
  if (DASH.test(scanner.next)) {
    const todo = `write \`-\`, right before its term: \`-app:1041\`, or ${QUOTE_IT}`;
    throw scanner.mistake(i, `\`${scanner.next}\` does not mean not here`, todo);
  }
  const marked = matchAt(MARKED, text, i);
  if (fieldNamed(marked?.[1] ?? "")) {
    const todo = `leave it out: terms side by side must all hold, or ${QUOTE_IT}`;
    throw scanner.mistake(i, `\`${scanner.next}\` before a field is no operator here`, todo);
  }
  const odd = matchAt(ODD_HEAD, text, i);
  const oddField = fieldNamed(odd?.[1] ?? "");
  if (odd && oddField)
    throw scanner.mistake(
      i,
      `\`${excerpt(odd[0])}\` is neither a field with a value nor plain text`,
      `write \`${oddField}:VALUE\`, or ${QUOTE_IT}`,
    );
  checkWordOperator(scanner);
  const list = matchAt(IN_A_LIST, text, i);
  if (list) {
    const todo = `write the field, a colon and the values: \`app:(1041 or 1042)\`, or ${QUOTE_IT}`;
    throw scanner.mistake(i, "`in (…)` is no list of values here", todo);
  }
  const found = matchAt(NAME_AND_OPERATOR, text, i);
  if (!found) return;
  const [head, name, operator] = found as unknown as [string, string, string];
  const value = wordAt(text, i + head.length);
  const what = `\`${excerpt(head + value)}\` is neither a field with a value nor plain text`;
  const field = fieldNamed(name);
  const right = field
    ? `\`${excerpt(hereFor(field, operator, value))}\``
    : "the name of a field, a colon and the value";
  throw scanner.mistake(i, what, `write ${right}, or ${QUOTE_IT}`);
}

/** Looks at the beginning of a value, behind the field's own operator. @throws Refusal `filter-wrong` */
export function checkValueStart(scanner: Scanner, field: FieldName, operator: string): void {
  const { text, i } = scanner;
  const foreign = operator === "<" && scanner.next === ">" ? "!=" : matchAt(VALUE_OPERATOR, text, i)?.[0];
  if (foreign === undefined) return;
  const written = scanner.next === ">" ? "<>" : foreign;
  const right = excerpt(hereFor(field, foreign, wordAt(text, i + (written === "<>" ? 1 : foreign.length))));
  throw scanner.mistake(i, `\`${written}\` is no operator here`, `write \`${right}\`, or ${QUOTE_IT}`);
}

/** Looks at a value that was read. `isListed`: it stands in the field's parentheses. @throws Refusal `filter-wrong` */
export function checkValue(scanner: Scanner, field: FieldName, word: Word, isListed: boolean): void {
  const joins = isListed || LISTS.has(field) || (fieldRow(field).kind === "text" && /^\d+(?:[,;]\d+)+$/.test(word.raw));
  const comma = commaIn(word, joins);
  if (comma !== undefined) {
    const name = word.raw.charAt(comma - word.at + 1) === ";" ? "semicolon" : "comma";
    const todo = `write \`or\` between values: \`${field}:(A or B)\`, or ${QUOTE_IT}`;
    throw scanner.mistake(comma, `a ${name} does not join values here`, todo);
  }
  checkForeignValue(scanner, field, word, isListed);
  if (field !== "time") return;
  const time = word.raw.replaceAll('"', "");
  checkClock(scanner, time);
  checkZone(scanner, time);
}

/** Fields of which tables write several values in one cell, and `api`, whose names hold neither sign. */
const LISTS: ReadonlySet<FieldName> = new Set(["fields", "subjects", "api", "method"]);

/** `2018-05-10T12:00 +02:00`: the zone would be sought as text. @throws Refusal `filter-wrong` */
function checkZone(scanner: Scanner, time: string): void {
  const zone = ZONE.exec(scanner.text.slice(scanner.i, scanner.i + 80));
  if (!zone) return;
  const written = zone[1] as string;
  const at = scanner.i + zone[0].length - written.length;
  const isUtc = /^[a-z]/i.test(written);
  const todo = isUtc
    ? "leave it out: times without a zone are UTC"
    : `write \`${excerpt(time)}${written}\`, without the blank`;
  throw scanner.mistake(at, `the zone \`${written}\` stands apart from its time`, `${todo}, or ${QUOTE_IT}`);
}

/** `2018-05-10 12:00`: the clock would be sought as text. @throws Refusal `filter-wrong` */
export function checkClock(scanner: Scanner, date: string): void {
  const day = /(?:^|\.\.)(\d{4}-\d{2}-\d{2})$/.exec(date)?.[1];
  const clock = CLOCK.exec(scanner.text.slice(scanner.i, scanner.i + 80))?.[0];
  if (day === undefined || clock === undefined) return;
  const at = scanner.i + clock.length - clock.trimStart().length;
  const written = clock.trim().padStart(5, "0");
  const todo = `write \`${day}T${written}\`, without the blank, or ${QUOTE_IT}`;
  throw scanner.mistake(at, `the clock \`${written}\` stands apart from its date`, todo);
}

/** The term that is most likely meant. */
function hereFor(field: FieldName, operator: string, word: string): string {
  const value = word === "" ? "VALUE" : word;
  if (operator === "=>" || operator === "=<") return `${field}${operator.charAt(1)}=${value}`;
  const not = operator.startsWith("!") ? "-" : "";
  return operator.includes("~") ? `${not}${field}:*${value}*` : `${not}${field}:${value}`;
}

/** What stands there up to a space, parenthesis or quotation mark; enough of it for a message. */
function wordAt(text: string, at: number): string {
  return /^[^\s()"]*/.exec(text.slice(at, at + 80))?.[0] ?? "";
}

/**
 * Where a comma or semicolon joins values: outside brackets and quotes, or right before another field, or at the end of all,
 * where one term was set off from the next. 0-based.
 */
function commaIn({ raw, at }: Word, joins: boolean): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < raw.length; i++) {
    const c = raw.charAt(i);
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
      continue;
    }
    if (c === '"') quoted = true;
    else if ("{[(".includes(c)) depth++;
    else if ("}])".includes(c)) depth--;
    else if (
      (c === "," || c === ";") &&
      depth === 0 &&
      (joins || i === raw.length - 1 || startsField(raw.slice(i + 1, i + 80)))
    )
      return at - 1 + i;
  }
  return undefined;
}

function startsField(text: string): boolean {
  const head = /^([a-z_]+)(?:[:<>]|!?=)/i.exec(text);
  return head !== null && fieldNamed(head[1] as string) !== undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
