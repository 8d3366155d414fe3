import { excerpt, QUOTE_IT } from "./mistake.ts";

/** A piece in single quotes, as SQL and shells write text: it begins a word, and one ends there. Enough of it is looked at. */
const IN_SINGLE_QUOTES = /'([^"]{0,300}?)'(?=[\s)*]|$)/y;

/** What cannot stand inside a word, as sentence parts; undefined where the character may. */
export function foreignCharacter(text: string, i: number, isFirst: boolean): readonly [string, string] | undefined {
  const c = text.charAt(i);
  if (c === "|") {
    const operator = text.charAt(i + 1) === "|" ? "||" : "|";
    return [
      `\`${operator}\` does not mean or here`,
      `write \`or\`: \`${excerpt(eitherHere(text, i, operator.length))}\`, or ${QUOTE_IT}`,
    ];
  }
  if (c === "&" && text.charAt(i + 1) === "&")
    return ["`&&` does not mean and here", `write \`and\`, or only a space, or ${QUOTE_IT}`];
  // A curly apostrophe inside a word is a letter of names: O’Brien.
  if (/[“”„‟]/.test(c) || (isFirst && /[‘’‚‛«»‹›「」]/.test(c)))
    return [
      `\`${c}\` ${/[«»‹›「」]/.test(c) ? "is no quotation mark here" : "is a curly quotation mark"}`,
      'write straight ones: `"`',
    ];
  // One inside a word, or without its other, is an apostrophe: O'Brien, 'tis.
  if (isFirst && c === "'") {
    IN_SINGLE_QUOTES.lastIndex = i;
    const inside = IN_SINGLE_QUOTES.exec(text)?.[1];
    if (inside !== undefined)
      return [
        "`'` is no quotation mark here",
        `write double ones: \`"${excerpt(inside)}"\`, also around a \`'\` that is meant`,
      ];
  }
  return undefined;
}

/** `app:1041 || app:1042`, `app:1041|1042`: what is most likely meant by the two around the operator. */
function eitherHere(text: string, i: number, length: number): string {
  const before = /[^\s()|]+(?=\s*$)/.exec(text.slice(Math.max(0, i - 80), i))?.[0];
  const behind = /^\s*([^\s()|]+)/.exec(text.slice(i + length, i + length + 80))?.[1];
  if (before === undefined || behind === undefined || /"/.test(before + behind)) return "app:(1041 or 1042)";
  const [, field, value] = /^([a-z_]+):(.+)$/i.exec(before) ?? [];
  return field === undefined || behind.includes(":") ? `${before} or ${behind}` : `${field}:(${value} or ${behind})`;
}
