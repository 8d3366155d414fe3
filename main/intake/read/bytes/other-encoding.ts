/** Why a record is rejected that is written in another encoding than the file's beginning. */
export const OTHER_ENCODING =
  "the bytes are of another encoding than the file's beginning: two exports were joined; cut the file here and import both parts";

/** Bytes that are looked at. Shorter text could be anything. */
const LOOKED_AT = 48;
const LEAST = 12;

const isAscii = (byte: number) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;

/**
 * Whether a text of the file, in UTF-8, begins as none does that was decoded rightly: UTF-16 read as bytes, every other one of
 * which is zero, or bytes read as UTF-16, two ASCII letters in each of its characters. Blocks of zeros are no text at all.
 */
export const isOtherEncoding = (bytes: Uint8Array, start: number, end: number): boolean =>
  isWide(bytes, start, Math.min(end, start + LOOKED_AT)) || isNarrow(bytes, start, Math.min(end, start + LOOKED_AT));

function isWide(bytes: Uint8Array, start: number, end: number): boolean {
  let zeros = 0;
  let others = 0;
  for (let i = start; i < end; i++)
    if (bytes[i] === 0) zeros++;
    else if (isAscii(bytes[i] as number)) others++;
  return end - start >= LEAST && zeros * 3 >= end - start && others * 3 >= end - start;
}

function isNarrow(bytes: Uint8Array, start: number, end: number): boolean {
  let characters = 0;
  for (let i = start; i + 3 <= end; i += 3) {
    const [a, b, c] = [bytes[i] as number, bytes[i + 1] as number, bytes[i + 2] as number];
    const unit = ((a & 15) << 12) | ((b & 63) << 6) | (c & 63);
    if (a >>> 4 !== 14 || !isAscii(unit >> 8) || !isAscii(unit & 255)) return false;
    characters++;
  }
  return characters >= LEAST;
}

/** Zero bytes by themselves that are passed before no text of another encoding is looked for any more. */
const MAX_ZEROS = 1_000;

/** The first line that is UTF-16 in a text of one byte a character, or the other way round. -1: there is none. */
export function joinOf(text: Uint8Array, isWide: boolean): number {
  return isWide ? firstNarrow(text) : firstWide(text);
}

function firstWide(text: Uint8Array): number {
  let zero = text.indexOf(0);
  for (let n = 0; zero >= 0 && n < MAX_ZEROS; n++) {
    const line = zero === 0 ? 0 : text.lastIndexOf(10, zero - 1) + 1;
    if (isOtherEncoding(text, line, text.length)) return line;
    zero = text.indexOf(0, zero + 1);
  }
  return -1;
}

/** Decoded as UTF-16, no line end of it is one: it ends the line that the first export did not. */
function firstNarrow(text: Uint8Array): number {
  for (let i = 0; i < text.length; i++)
    if ((text[i] as number) >>> 4 === 14 && isNarrow(text, i, Math.min(text.length, i + LOOKED_AT))) return i;
  return -1;
}
