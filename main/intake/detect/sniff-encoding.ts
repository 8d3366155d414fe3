import { isUtf8 } from "node:buffer";
import { bomLength } from "../../platform/encodings/encoding.ts";
import { characterAt, type Multibyte, tablesOf } from "../../platform/encodings/multibyte.ts";
import type { Encoding } from "../../platform/encodings/transcoder.ts";
import type { Guess } from "./sniff-header.ts";

/** Below this the guess is UTF-8: its invalid bytes are reported, while a wrong encoding would go unnoticed. */
const MIN_CONFIDENCE = 0.6;
const UTF16_SAMPLE_BYTES = 1 << 14;
/** Fewer bytes may come out as text of one byte a character by chance. */
const MIN_LINE_BYTES = 8;

/**
 * The encoding of a text by its first bytes: by byte order mark, by where its zero bytes are, by what is valid, by
 * which characters come out.
 */
export function sniffEncoding(head: Uint8Array): Guess<Encoding> {
  for (const encoding of ["utf-8", "utf-16le", "utf-16be"] as const)
    if (bomLength(head, encoding) > 0)
      return { value: encoding, confidence: 1, why: "it begins with a byte order mark" };
  const wide = sniffUtf16(head.subarray(0, UTF16_SAMPLE_BYTES));
  if (wide) return wide;
  let high = 0;
  for (let i = 0; i < head.length; i++) if ((head[i] as number) >= 0x80) high++;
  if (high === 0) return { value: "utf-8", confidence: 1, why: "plain ASCII" };
  if (isUtf8(head.subarray(0, endOfWholeCharacters(head))))
    return { value: "utf-8", confidence: 1 - 0.1 ** Math.min(high / 2, 6), why: "valid UTF-8" };
  const guesses = [sniffShiftJis(head), sniffGb18030(head), sniffLatin(head, high)].sort(
    (a, b) => b.confidence - a.confidence,
  );
  const [best] = guesses as [Guess<Encoding>];
  if (best.confidence >= MIN_CONFIDENCE) return best;
  return { value: "utf-8", confidence: 0.3, why: "nothing else it could be is likely; some of its bytes are broken" };
}

const isTextUnit = (unit: number) => (unit >= 32 && unit < 127) || unit === 9 || unit === 10 || unit === 13;

/**
 * Without a byte order mark: ASCII characters (line ends, commas, figures) as pairs with a zero, in one order and not
 * in the other.
 */
function sniffUtf16(sample: Uint8Array): Guess<Encoding> | undefined {
  const units = sample.length >> 1;
  if (units < 2) return undefined;
  let little = 0;
  let big = 0;
  for (let i = 0; i + 1 < sample.length; i += 2) {
    const [a, b] = [sample[i] as number, sample[i + 1] as number];
    if (b === 0 && isTextUnit(a)) little++;
    if (a === 0 && isTextUnit(b)) big++;
  }
  const [value, most, least] =
    little > big ? (["utf-16le", little, big] as const) : (["utf-16be", big, little] as const);
  if (most < units * 0.2 || least > most / 10 || beginsNarrow(sample)) return undefined;
  return { value, confidence: Math.min(0.99, 0.6 + most / units), why: "every other byte is zero" };
}

/** Lines of one byte a character before the first zero byte: the pairs behind them are of an export that was joined to another. */
function beginsNarrow(sample: Uint8Array): boolean {
  const zero = sample.indexOf(0);
  const line = sample.lastIndexOf(10, zero);
  return line > MIN_LINE_BYTES && isUtf8(sample.subarray(0, line));
}

/** The length of a sample without the incomplete UTF-8 character at its end. */
function endOfWholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

const isLetter = (byte: number | undefined) => byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;

/** Single letters such as \u00e9 between ASCII letters, quotation marks and the like. */
function sniffLatin(head: Uint8Array, high: number): Guess<Encoding> {
  let words = 0;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i] as number;
    if (byte < 0x80) continue;
    const alone = !((head[i - 1] ?? 0) >= 0x80) && !((head[i + 1] ?? 0) >= 0x80);
    const letter = byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7 && byte < 0xfe;
    if (
      alone &&
      ((letter && (isLetter(head[i - 1]) || isLetter(head[i + 1]))) || (byte >= 0x91 && byte <= 0x97) || byte === 0x80)
    )
      words++;
  }
  const share = words / high;
  return {
    value: "windows-1252",
    confidence: share < 0.8 ? 0 : share * (0.95 - 0.3 / words),
    why: "single accented letters inside words of ASCII letters",
  };
}

interface Tally {
  /** Characters of two and more bytes, and bytes that begin none. */
  characters: number;
  broken: number;
  typical: number;
}

/** Counts the characters above ASCII; `judge` sees each with its first two bytes. */
function countCharacters(
  encoding: Multibyte,
  head: Uint8Array,
  judge: (code: number, lead: number, trail: number) => boolean,
): Tally {
  const tables = tablesOf(encoding);
  const found: Tally = { characters: 0, broken: 0, typical: 0 };
  for (let i = 0; i < head.length; ) {
    const lead = head[i] as number;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const character = characterAt(tables, head, i, head.length);
    if (character === "more") break;
    if (character.code === 0xfffd) found.broken++;
    else {
      found.characters++;
      if (judge(character.code, lead, head[i + 1] ?? 0)) found.typical++;
    }
    i += character.length;
  }
  return found;
}

/** A dozen characters say little, six hardly anything. */
const confidenceOf = ({ characters, broken, typical }: Tally, enough: number): number => {
  const share = characters === 0 ? 0 : typical / characters;
  return broken > characters / 100 || share < enough ? 0 : share * (characters / (characters + 4));
};

/** Kana, Japanese punctuation, and kanji of the first level. */
function sniffShiftJis(head: Uint8Array): Guess<Encoding> {
  const found = countCharacters(
    "shift_jis",
    head,
    (code, lead) =>
      (code >= 0x3000 && code <= 0x30ff) || (code >= 0xff01 && code <= 0xff5e) || (lead >= 0x88 && lead <= 0x98),
  );
  return {
    value: "shift_jis",
    confidence: Math.min(0.99, confidenceOf(found, 0.7)),
    why: "kana and common kanji come out",
  };
}

/** Hanzi of the first level of GB 2312, which are nearly all of a Chinese text, and its punctuation. */
function sniffGb18030(head: Uint8Array): Guess<Encoding> {
  let late = 0;
  let kana = 0;
  const found = countCharacters("gb18030", head, (_code, lead, trail) => {
    if (trail < 0xa1) return false;
    if (lead === 0xa4 || lead === 0xa5) kana++;
    if (lead >= 0xcc && lead <= 0xd7) late++;
    return (lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3);
  });
  // Japanese in EUC-JP lies in the rows of kana; Korean in EUC-KR leaves the last third of the hanzi empty.
  const isOther =
    kana > found.characters / 10 || late === 0 || (found.characters >= 20 && late < found.characters / 12);
  return {
    value: "gb18030",
    confidence: isOther ? 0 : Math.min(0.99, confidenceOf(found, 0.85)),
    why: "common Chinese characters come out",
  };
}
