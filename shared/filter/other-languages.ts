import { type FieldName, fieldNamed, fieldRow } from "./fields.ts";
import { excerpt, QUOTE_IT } from "./mistake.ts";
import type { Scanner, Word } from "./scanner.ts";

/*
 * What people bring from SQL, KQL, Lucene and code. Read as text it would find nothing, or with `not` everything, and nobody
 * would notice. So it is a mistake, answered with what it would be here. In quotes it is text.
 */

/** `app!=1041`, `status==404`, `api~x`: a name with the operator right behind it. */
const NAME_AND_OPERATOR = /([\p{L}_@][\p{L}\p{N}_.@-]*)(!==?|!~|=~|===?|=>|=<|=|~)/uy;
const IN_A_LIST = /in\s{0,80}\(/iy;
const VALUE_OPERATOR = /!==?|!~|===?|=~|=|!|~/y;
const CLOCK = /^\s+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?/;
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
    const term = /^!\s{0,80}(\(|[^\s()"]{1,80})/.exec(text.slice(i, i + 170))?.[1] ?? "app:1041";
    const here = term === "(" ? "-(…)" : `-${excerpt(term)}`;
    const todo = `write \`not\` or \`-\` before the term: \`${here}\`, or ${QUOTE_IT}`;
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
    const todo = `write the field, a colon and the values: \`${excerpt(listHere(text, i + list[0].length))}\`, or ${QUOTE_IT}`;
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
    const here = `\`${excerpt(joinedHere(scanner.text, field, word, isListed))}\``;
    const todo = `write ${/ or |A or B/.test(here) ? "`or` between values" : "a blank between terms"}: ${here}, or ${QUOTE_IT}`;
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
  const written = clock.trim().replace(/^\d:/, "0$&");
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

/** `status = 404`, `api ~ x`: the operator and the value stand apart from the field. The term that is most likely meant. */
export function apartHere(field: FieldName, behind: string): string {
  const [, operator = ":", value = ""] = APART.exec(behind) ?? [];
  if (operator === "<>") return hereFor(field, "!=", value);
  return /^[<>]/.test(operator) ? `${field}${operator}${value || "VALUE"}` : hereFor(field, operator, value);
}

const APART = /^\s+(!==?|!~|=~|=>|=<|===?|=|~|<>|<=|>=|<|>|:)\s*("[^"]{0,80}"|[^\s()"]{0,80})/;

/** `1041,1042)`: the values of a list, which begins there, as one term of the field before its `in`. */
function listHere(text: string, from: number): string {
  const [, name, not] = /([a-z_]+)\s+(not\s+)?in\s*\($/i.exec(text.slice(Math.max(0, from - 120), from)) ?? [];
  const field = fieldNamed(name ?? "") ?? "app";
  const values = pieces(text.slice(from, from + 200).split(")", 1)[0] as string);
  return `${not === undefined ? "" : "-"}${valuesHere(field, values)}`;
}

/** A value with a comma in it, and those behind it up to the parenthesis where it stands in one. */
function joinedHere(text: string, field: FieldName, { raw, at }: Word, isListed: boolean): string {
  const values = pieces(isListed ? (text.slice(at - 1, at + 199).split(")", 1)[0] as string) : raw);
  return values.slice(1).some(startsField)
    ? [`${field}:${values[0]}`, ...values.slice(1)].join(" ")
    : valuesHere(field, values);
}

const valuesHere = (field: FieldName, values: readonly string[]): string =>
  values.length === 0
    ? `${field}:(A or B)`
    : values.length === 1
      ? `${field}:${values[0]}`
      : `${field}:(${values.join(" or ")})`;

/** Split at commas, semicolons and blanks outside brackets and quotes. */
function pieces(list: string): string[] {
  const found = list.match(/(?:"[^"]*"|'[^']*'|\{[^}]*\}|[^\s,;"'{])+/g) ?? [];
  return found.filter((piece) => !/^(?:or|and)$/i.test(piece)).map((piece) => piece.replace(/^'(.*)'$/, '"$1"'));
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

/*
 * Operators that other languages write as words: SQL, KQL, OData. Read as text, `bytes between 1 and 2` would look for the
 * words of a sentence that no record holds.
 */

const WORDS =
  "is|eq|neq?|gte?|ge|lte?|le|i?like|rlike|contains|has|starts?_?with|ends?_?with|matches|regexp?|between|equals";
const WHOLE = new RegExp(`^(?:${WORDS})$`, "i");
/** In quotes such a word is text, so that is how it is printed. */
export const isWordOperator = (word: string): boolean => WHOLE.test(word);

/** `status between 400 and 499`, `app not like 10%`: a field, an operator, and a value behind it. Enough of it is looked at. */
const FIELD_AND_WORD = new RegExp(
  String.raw`([a-z_]+)\s{1,80}((?:is\s{1,80}not|not\s{1,80}(?:${WORDS})|${WORDS}))\s{1,80}("[^"]{0,80}"|[^\s()"]{1,80})(?:\s{1,80}(?:and|to)\s{1,80}([^\s()"]{1,80}))?`,
  "iy",
);

/** Looks at the beginning of a term, where the scanner stands. @throws Refusal `filter-wrong` */
function checkWordOperator(scanner: Scanner): void {
  const { text, i } = scanner;
  FIELD_AND_WORD.lastIndex = i;
  const found = FIELD_AND_WORD.exec(text);
  const field = fieldNamed(found?.[1] ?? "");
  if (!found || !field) return;
  const word = (found[2] as string).toLowerCase().replaceAll(/\s+/g, " ");
  // `app is not` and `app not`: with nothing behind it but a word of the language it is text.
  if (/^(?:and|or|not)$/i.test(found[3] as string)) return;
  const at = i + (found[0] as string).indexOf(found[2] as string, (found[1] as string).length);
  const right = excerpt(hereForWord(field, word, found[3] as string, found[4]));
  throw scanner.mistake(at, `\`${word}\` is no operator here`, `write \`${right}\`, or ${QUOTE_IT}`);
}

/** The term that is most likely meant. */
function hereForWord(field: FieldName, word: string, written: string, end: string | undefined): string {
  const operator = word.replace(/^not |^is not$/, "");
  const not = word.startsWith("not ") || word === "is not" || /^neq?$/.test(word) ? "-" : "";
  const value = operator.endsWith("like") ? written.replaceAll("%", "*") : written;
  if (operator === "between") return `${not}${field}:${value}..${end ?? ""}`;
  const compared = { gt: ">", gte: ">=", ge: ">=", lt: "<", lte: "<=", le: "<=" }[operator];
  if (compared) return `${field}${compared}${value}`;
  if (/^(?:contains|has|matches|regexp?)$/.test(operator)) return `${not}${field}:*${value}*`;
  if (operator.startsWith("start")) return `${not}${field}:${value}*`;
  if (operator.startsWith("end")) return `${not}${field}:*${value}`;
  return `${not}${field}:${value}`;
}

/*
 * Values as other languages write them: lists in brackets, regular expressions, one-character wildcards, null. As they stand
 * no log has them, so that the filter would find nothing, or with `not` everything.
 */

/** Fields of names that hold none of the signs below. Paths and what is asked for may hold any. */
const NAMES: ReadonlySet<FieldName> = new Set(["app", "developer", "api", "method", "actor", "subjects", "ip"]);
const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/i;

/** Looks at a value that was read. `isListed`: it stands in the field's parentheses. @throws Refusal `filter-wrong` */
function checkForeignValue(scanner: Scanner, field: FieldName, word: Word, isListed: boolean): void {
  const { kind } = fieldRow(field);
  if (word.quoted || kind === "annotation" || kind === "finding") return;
  if ((kind === "time" || kind === "number") && !isListed) checkRange(scanner, field);
  if (kind !== "text" && kind !== "list") return;
  const { raw } = word;
  const at = word.at - 1;
  const mistake = (what: string, todo: string) => scanner.mistake(at, what, `${todo}, or ${QUOTE_IT}`);
  if (/^null$/i.test(raw))
    throw mistake(`\`${raw}\` is no value: a field that a record lacks has none`, `write \`not ${field}:*\``);
  if (/^\[.*\]$/.test(raw) || /^\{.*[,;].*\}$/.test(raw))
    throw mistake(
      `\`${excerpt(raw)}\` is no list of values here`,
      field === "ip" ? "write the address without brackets" : `write \`${field}:(A or B)\``,
    );
  if (/^\/.+\/[a-z]*$/.test(raw) && (NAMES.has(field) || /\.[*+]|[\\|^$]/.test(raw)))
    throw mistake(
      `\`${excerpt(raw)}\` is a regular expression, which filters have not`,
      "write `*` for any run of characters",
    );
  if (NAMES.has(field)) checkName(scanner, field, word);
  if (field === "ip") checkAddress(scanner, word);
  if (field === "operation" && METHOD.test(raw)) checkRoute(scanner, raw);
}

/** @throws Refusal `filter-wrong` */
function checkName(scanner: Scanner, field: FieldName, { raw, at }: Word): void {
  const mistake = (index: number, what: string, todo: string) =>
    scanner.mistake(at - 1 + index, what, `${todo}, or ${QUOTE_IT}`);
  const wildcard = raw.indexOf("?");
  if (wildcard >= 0) throw mistake(wildcard, "`?` is no wildcard here", "write `*` for any run of characters");
  if (/^[+^]/.test(raw))
    throw mistake(
      0,
      `\`${raw.charAt(0)}\` before a value is no operator here`,
      `write \`${field}:${excerpt(raw.slice(1))}\``,
    );
  const behind = raw.search(/[~^]\d*(?:\.\d+)?$|[$]$/);
  if (behind > 0)
    throw mistake(behind, `\`${excerpt(raw.slice(behind))}\` is no operator here`, `write \`${field}:VALUE\` alone`);
}

/** Digits that are no address: half of one, or a run of them. Logs put names of services there too. @throws Refusal `filter-wrong` */
function checkAddress(scanner: Scanner, { raw, at }: Word): void {
  if (!/^\d[\d.,-]*\.[\d.,-]*$/.test(raw) || /^\d+(?:\.\d+){3}$/.test(raw)) return;
  const todo = `write \`ip:10.1.2.3\`, \`ip:10.1.2.*\` or a block such as \`ip:10.1.2.0/24\`, or ${QUOTE_IT}`;
  throw scanner.mistake(at - 1, `\`${excerpt(raw)}\` is no address`, todo);
}

/** `operation:GET /users`: the route would be sought as text, and `GET` alone is no operation. @throws Refusal `filter-wrong` */
function checkRoute(scanner: Scanner, method: string): void {
  const route = /^\s+(\/[^\s()"]*)/.exec(scanner.text.slice(scanner.i, scanner.i + 200));
  if (!route) return;
  const at = scanner.i + route[0].length - (route[1] as string).length;
  const todo = `write both in one pair of quotes: \`operation:"${method} /…"\`, or ${QUOTE_IT}`;
  throw scanner.mistake(at, "the route stands apart from its method", todo);
}

/** `2018-05-01 .. 2018-06-01`: the ends of a range stand together. @throws Refusal `filter-wrong` */
function checkRange(scanner: Scanner, field: FieldName): void {
  const blank = /^\s+(?=\.\.)/.exec(scanner.text.slice(scanner.i, scanner.i + 80));
  if (!blank) return;
  const todo = `write \`${field}:A..B\`, without the blank, or ${QUOTE_IT}`;
  throw scanner.mistake(scanner.i + blank[0].length, "the other end of the range stands apart", todo);
}
