import { isUtf8 } from "node:buffer";

/** Encodings a source can be in. Offsets and lengths of records always count the original bytes. */
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1"] as const;
export type Encoding = (typeof ENCODINGS)[number];

const ALIASES: Readonly<Record<string, Encoding>> = {
  utf8: "utf-8",
  ascii: "utf-8",
  "us-ascii": "utf-8",
  utf16: "utf-16le",
  "utf-16": "utf-16le",
  utf16le: "utf-16le",
  utf16be: "utf-16be",
  cp1252: "windows-1252",
  windows1252: "windows-1252",
  latin1: "iso-8859-1",
  "latin-1": "iso-8859-1",
  "iso8859-1": "iso-8859-1",
};

/** The encoding a mapping names, undefined if it is none that is read. */
export function encodingNamed(name: string): Encoding | undefined {
  const key = name.trim().toLowerCase().replaceAll("_", "-");
  return ENCODINGS.find((encoding) => encoding === key) ?? ALIASES[key];
}

/** Length of the byte order mark of this encoding at the start of the bytes. */
export function bomLength(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding === "utf-8") return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (encoding === "utf-16le") return bytes[0] === 0xff && bytes[1] === 0xfe ? 2 : 0;
  if (encoding === "utf-16be") return bytes[0] === 0xfe && bytes[1] === 0xff ? 2 : 0;
  return 0;
}

const isLetter = (byte: number | undefined) => byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;

/** The encoding of a file by its beginning: by mark, by where its zero bytes are, by what is valid UTF-8. */
export function sniffEncoding(head: Uint8Array): Encoding {
  for (const encoding of ["utf-8", "utf-16le", "utf-16be"] as const) if (bomLength(head, encoding) > 0) return encoding;
  const sample = head.subarray(0, 4096);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) i % 2 === 0 ? evenZeros++ : oddZeros++;
  const enough = sample.length * 0.3;
  if (sample.length >= 4 && oddZeros > enough && evenZeros < oddZeros / 20) return "utf-16le";
  if (sample.length >= 4 && evenZeros > enough && oddZeros < evenZeros / 20) return "utf-16be";
  if (isUtf8(head.subarray(0, endOfWholeCharacters(head)))) return "utf-8";
  // Single letters such as é between ASCII letters are Windows-1252; anything else is UTF-8 with broken places.
  let high = 0;
  let words = 0;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i] as number;
    if (byte < 0x80) continue;
    high++;
    const alone = !((head[i - 1] ?? 0) >= 0x80) && !((head[i + 1] ?? 0) >= 0x80);
    const letter = byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7 && byte < 0xfe;
    if (
      alone &&
      ((letter && (isLetter(head[i - 1]) || isLetter(head[i + 1]))) || (byte >= 0x91 && byte <= 0x97) || byte === 0x80)
    )
      words++;
  }
  return words > 0 && words >= high * 0.8 ? "windows-1252" : "utf-8";
}

/** Where a cut at the end of a sample would fall inside a UTF-8 character, the length without it. */
function endOfWholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Original bytes to UTF-8, in pieces. `write` returns how many bytes it put; positions of broken places go to `broken`. */
export interface Transcoder {
  /** At most this many bytes come out for each that goes in. */
  readonly growth: number;
  write(input: Uint8Array, output: Uint8Array, at: number, broken: number[]): number;
  /** The bytes that an unfinished character left over. */
  end(output: Uint8Array, at: number, broken: number[]): number;
}

/** Undefined for UTF-8, which is taken as it is. */
export function transcoderOf(encoding: Encoding): Transcoder | undefined {
  if (encoding === "utf-8") return undefined;
  if (encoding === "utf-16le" || encoding === "utf-16be") return new Utf16(encoding === "utf-16le");
  return new SingleByte(encoding);
}

/** How many original bytes a stretch of transcoded UTF-8 stands for. */
export function originalLength(encoding: Encoding, utf8: Uint8Array, from: number, to: number): number {
  let length = 0;
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    for (let i = from; i < to; i++) {
      const byte = utf8[i] as number;
      if (byte < 0x80 || byte >= 0xc0) length += byte >= 0xf0 ? 4 : 2;
    }
  } else {
    for (let i = from; i < to; i++) if (((utf8[i] as number) & 0xc0) !== 0x80) length++;
  }
  return length;
}

function putCode(output: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    output[at] = code;
    return at + 1;
  }
  if (code < 0x800) {
    output[at] = 0xc0 | (code >> 6);
    output[at + 1] = 0x80 | (code & 63);
    return at + 2;
  }
  if (code < 0x10000) {
    output[at] = 0xe0 | (code >> 12);
    output[at + 1] = 0x80 | ((code >> 6) & 63);
    output[at + 2] = 0x80 | (code & 63);
    return at + 3;
  }
  output[at] = 0xf0 | (code >> 18);
  output[at + 1] = 0x80 | ((code >> 12) & 63);
  output[at + 2] = 0x80 | ((code >> 6) & 63);
  output[at + 3] = 0x80 | (code & 63);
  return at + 4;
}

const REPLACEMENT = 0xfffd;

class Utf16 implements Transcoder {
  readonly growth = 2;
  readonly #little: boolean;
  /** An odd byte left over, and a high surrogate waiting for its low one. */
  #byte = -1;
  #high = 0;

  constructor(little: boolean) {
    this.#little = little;
  }

  write(input: Uint8Array, output: Uint8Array, at: number, broken: number[]): number {
    const from = at;
    for (const byte of input) {
      if (this.#byte < 0) {
        this.#byte = byte;
        continue;
      }
      const unit = this.#little ? this.#byte | (byte << 8) : (this.#byte << 8) | byte;
      this.#byte = -1;
      if (this.#high) {
        const high = this.#high;
        this.#high = 0;
        if (unit >= 0xdc00 && unit <= 0xdfff) {
          at = putCode(output, at, 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00));
          continue;
        }
        broken.push(at);
        at = putCode(output, at, REPLACEMENT);
      }
      if (unit >= 0xd800 && unit <= 0xdbff) this.#high = unit;
      else if (unit >= 0xdc00 && unit <= 0xdfff) {
        broken.push(at);
        at = putCode(output, at, REPLACEMENT);
      } else at = putCode(output, at, unit);
    }
    return at - from;
  }

  /** A lone last byte comes out as nothing: it belongs to no record, and lengths stay even. */
  end(output: Uint8Array, at: number, broken: number[]): number {
    if (this.#byte >= 0) broken.push(Math.max(0, at - 1));
    if (!this.#high) return 0;
    this.#high = 0;
    broken.push(at);
    return putCode(output, at, REPLACEMENT) - at;
  }
}

class SingleByte implements Transcoder {
  readonly growth = 3;
  readonly #codes: Uint16Array;

  constructor(encoding: Encoding) {
    this.#codes = Uint16Array.from({ length: 256 }, (_, byte) => byte);
    if (encoding === "windows-1252") {
      const text = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i));
      for (let i = 0; i < 32; i++) this.#codes[0x80 + i] = text.charCodeAt(i);
    }
  }

  write(input: Uint8Array, output: Uint8Array, at: number): number {
    const from = at;
    const codes = this.#codes;
    for (const byte of input) {
      if (byte < 0x80) output[at++] = byte;
      else at = putCode(output, at, codes[byte] as number);
    }
    return at - from;
  }

  end(): number {
    return 0;
  }
}

/** An original record as text; what is not valid shows as U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === "iso-8859-1")
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}
