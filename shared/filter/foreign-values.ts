import { type FieldName, fieldRow } from "./fields.ts";
import { excerpt, QUOTE_IT } from "./mistake.ts";
import type { Scanner, Word } from "./scanner.ts";

/*
 * Values as other languages write them: lists in brackets, regular expressions, one-character wildcards, null. As they stand
 * no log has them, so that the filter would find nothing, or with `not` everything.
 */

/** Fields of names that hold none of the signs below. Paths and what is asked for may hold any. */
const NAMES: ReadonlySet<FieldName> = new Set(["app", "developer", "api", "method", "actor", "subjects", "ip"]);
const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/i;

/** Looks at a value that was read. `isListed`: it stands in the field's parentheses. @throws Refusal `filter-wrong` */
export function checkForeignValue(scanner: Scanner, field: FieldName, word: Word, isListed: boolean): void {
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
