import { type FieldName, fieldNamed } from "./fields.ts";
import { excerpt, QUOTE_IT } from "./mistake.ts";
import type { Scanner } from "./scanner.ts";

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
export function checkWordOperator(scanner: Scanner): void {
  const { text, i } = scanner;
  FIELD_AND_WORD.lastIndex = i;
  const found = FIELD_AND_WORD.exec(text);
  const field = fieldNamed(found?.[1] ?? "");
  if (!found || !field) return;
  const word = (found[2] as string).toLowerCase().replaceAll(/\s+/g, " ");
  // `app is not` and `app not`: with nothing behind it but a word of the language it is text.
  if (/^(?:and|or|not)$/i.test(found[3] as string)) return;
  const at = i + (found[0] as string).indexOf(found[2] as string, (found[1] as string).length);
  const right = excerpt(hereFor(field, word, found[3] as string, found[4]));
  throw scanner.mistake(at, `\`${word}\` is no operator here`, `write \`${right}\`, or ${QUOTE_IT}`);
}

/** The term that is most likely meant. */
function hereFor(field: FieldName, word: string, written: string, end: string | undefined): string {
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
