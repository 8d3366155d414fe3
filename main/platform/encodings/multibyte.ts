import type { Encoding, Transcoder } from "./transcoder.ts";

/**
 * Shift_JIS and GB18030 to UTF-8. The tables are asked of TextDecoder once, so that a line on the screen and a value in a
 * field are decoded alike. Each byte of what is no character becomes a U+FFFD of its own, so that text can be measured back in
 * original bytes.
 */
export type Multibyte = Extract<Encoding, "shift_jis" | "gb18030">;

const NO_CHARACTER = 0xfffd;
const LEAD_COUNT = 0x7e;
const TRAIL_COUNT = 0xc0;
/** Four-byte GB18030 of the basic plane: 0x81308130 up to 0x8431A439, numbered through. */
const FOUR_BYTE_COUNT = 39420;
const FIRST_SUPPLEMENTARY = 189_000;

interface Tables {
  readonly single: Uint16Array;
  /** By lead from 0x81 and trail from 0x40. */
  readonly pairs: Uint16Array;
  readonly fours: Uint16Array;
  /** How many original bytes a code point of the basic plane stands for. */
  readonly lengths: Uint8Array;
}

const tablesByEncoding = new Map<Multibyte, Tables>();

export function tablesOf(encoding: Multibyte): Tables {
  let tables = tablesByEncoding.get(encoding);
  if (!tables) {
    tables = makeTables(encoding);
    tablesByEncoding.set(encoding, tables);
  }
  return tables;
}

function makeTables(encoding: Multibyte): Tables {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const codeOf = (...bytes: number[]): number => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      return text.length === 1 ? text.charCodeAt(0) : NO_CHARACTER;
    } catch {
      return NO_CHARACTER;
    }
  };
  const lengths = new Uint8Array(0x10000).fill(1);
  const single = Uint16Array.from({ length: 256 }, (_, byte) => (byte < 0x80 ? byte : codeOf(byte)));
  const pairs = new Uint16Array(LEAD_COUNT * TRAIL_COUNT).fill(NO_CHARACTER);
  for (let lead = 0; lead < LEAD_COUNT; lead++) {
    if (single[lead + 0x81] !== NO_CHARACTER) continue;
    for (let trail = 0; trail < TRAIL_COUNT; trail++) {
      const code = codeOf(lead + 0x81, trail + 0x40);
      pairs[lead * TRAIL_COUNT + trail] = code;
      if (code !== NO_CHARACTER) lengths[code] = 2;
    }
  }
  const fours = new Uint16Array(encoding === "gb18030" ? FOUR_BYTE_COUNT : 0).fill(NO_CHARACTER);
  for (let number = 0; number < fours.length; number++) {
    const code = codeOf(...fourBytes(number));
    // A few characters have a short form as well: only that one can be measured back.
    if (code === NO_CHARACTER || lengths[code] === 2) continue;
    fours[number] = code;
    lengths[code] = 4;
  }
  // A byte that stands for what two or four bytes stand for as well cannot be measured back. It counts as broken.
  for (let byte = 0x80; byte < 256; byte++)
    if ((lengths[single[byte] as number] as number) > 1) single[byte] = NO_CHARACTER;
  return { single, pairs, fours, lengths };
}

const fourBytes = (number: number): number[] => [
  0x81 + Math.floor(number / 12_600),
  0x30 + (Math.floor(number / 1260) % 10),
  0x81 + (Math.floor(number / 10) % 126),
  0x30 + (number % 10),
];

/** How many original bytes a stretch of UTF-8 stands for. */
export function multibyteLength(encoding: Multibyte, utf8: Uint8Array, from: number, to: number): number {
  const { lengths } = tablesOf(encoding);
  let length = 0;
  for (let i = from; i < to; i++) {
    const byte = utf8[i] as number;
    if (byte < 0x80) length++;
    else if (byte >= 0xf0) length += 4;
    else if (byte >= 0xe0)
      length += lengths[
        ((byte & 15) << 12) | (((utf8[i + 1] as number) & 63) << 6) | ((utf8[i + 2] as number) & 63)
      ] as number;
    else if (byte >= 0xc0) length += lengths[((byte & 31) << 6) | ((utf8[i + 1] as number) & 63)] as number;
  }
  return length;
}

/**
 * The character at an offset: its length in bytes and its code point. NO_CHARACTER: the bytes are not valid. `more`:
 * the bytes end too early to tell.
 */
export function characterAt(
  { single, pairs, fours }: Tables,
  bytes: Uint8Array,
  at: number,
  end: number,
): { length: number; code: number } | "more" {
  const first = bytes[at] as number;
  const alone = single[first] as number;
  if (alone !== NO_CHARACTER) return { length: 1, code: alone };
  if (first < 0x81 || first > 0xfe) return { length: 1, code: NO_CHARACTER };
  if (at + 1 === end) return "more";
  const second = bytes[at + 1] as number;
  if (second >= 0x40) {
    const code = pairs[(first - 0x81) * TRAIL_COUNT + second - 0x40] as number;
    return code === NO_CHARACTER ? { length: 1, code } : { length: 2, code };
  }
  if (fours.length === 0 || second < 0x30 || second > 0x39) return { length: 1, code: NO_CHARACTER };
  if (at + 3 >= end) {
    const third = at + 2 < end ? (bytes[at + 2] as number) : 0x81;
    return third >= 0x81 && third <= 0xfe ? "more" : { length: 1, code: NO_CHARACTER };
  }
  const third = bytes[at + 2] as number;
  const fourth = bytes[at + 3] as number;
  if (third < 0x81 || third > 0xfe || fourth < 0x30 || fourth > 0x39) return { length: 1, code: NO_CHARACTER };
  const number = (((first - 0x81) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30;
  const code = number < FOUR_BYTE_COUNT ? (fours[number] as number) : number - FIRST_SUPPLEMENTARY + 0x10000;
  return {
    length: 4,
    code: number >= FOUR_BYTE_COUNT && (number < FIRST_SUPPLEMENTARY || code > 0x10ffff) ? NO_CHARACTER : code,
  };
}

export class MultibyteTranscoder implements Transcoder {
  readonly growth = 3;
  readonly #tables: Tables;
  readonly #put: (output: Uint8Array, at: number, code: number) => number;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(encoding: Multibyte, put: (output: Uint8Array, at: number, code: number) => number) {
    this.#tables = tablesOf(encoding);
    this.#put = put;
  }

  write(input: Uint8Array, output: Uint8Array, at: number, broken: number[]): number {
    return this.#transcode(input, output, at, broken, false);
  }

  end(output: Uint8Array, at: number, broken: number[]): number {
    return this.#transcode(new Uint8Array(0), output, at, broken, true);
  }

  #transcode(input: Uint8Array, output: Uint8Array, start: number, broken: number[], last: boolean): number {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, input]) : input;
    let at = start;
    let i = 0;
    while (i < bytes.length) {
      const byte = bytes[i] as number;
      if (byte < 0x80) {
        output[at++] = byte;
        i++;
        continue;
      }
      let found = characterAt(this.#tables, bytes, i, bytes.length);
      if (found === "more") {
        if (!last) break;
        found = { length: 1, code: NO_CHARACTER };
      }
      if (found.code === NO_CHARACTER) {
        broken.push(at);
        for (let n = 0; n < found.length; n++) at = this.#put(output, at, NO_CHARACTER);
      } else at = this.#put(output, at, found.code);
      i += found.length;
    }
    this.#rest = Uint8Array.from(bytes.subarray(i));
    return at - start;
  }
}
