import type { Plan } from "../mapping/plan.ts";

/** What tables and logs write for no value, where it stands without quotes (FORMATS, "An event"). */
const WORDS = ["NULL", "null", "(null)", "\\N", "None", "nan", "N/A", "-"].map((word) => Buffer.from(word));
/** Longer values need not be looked at. */
export const MAX_NO_VALUE_LENGTH = Math.max(...WORDS.map(({ length }) => length));
/** 1: a word begins so. Hardly any other short value does. */
const BEGINS = new Uint8Array(256);
for (const word of WORDS) BEGINS[word[0] as number] = 1;

/** The bytes are a word for no value, and no text in quotes. */
export const isNoValue = (u8: Uint8Array, start: number, end: number, quote: number): boolean =>
  BEGINS[u8[start] as number] === 1 && u8[start - 1] !== quote && isOneOfThem(u8, start, end);

/** By itself: a function with another in it takes memory at every call, and the first byte nearly always decides. */
function isOneOfThem(u8: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  return WORDS.some((word) => {
    if (word.length !== length) return false;
    for (let i = 0; i < length; i++) if (u8[start + i] !== word[i]) return false;
    return true;
  });
}

const TEXTS: ReadonlySet<string> = new Set(WORDS.map(String));
/** The same of a text that stands without quotes. */
export const isNoValueText = (text: string): boolean => TEXTS.has(text);

const QUOTE = 34;

/** The byte that makes a word a text. Where there is none, none that a byte can be. */
export const quoteOf = ({ csv }: Pick<Plan, "csv">): number =>
  csv === undefined ? QUOTE : csv.quote < 0 ? 256 : csv.quote;
