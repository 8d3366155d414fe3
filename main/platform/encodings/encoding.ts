import { type Multibyte, MultibyteTranscoder, multibyteLength } from "./multibyte.ts";
import type { Encoding, Transcoder } from "./transcoder.ts";
import { ENCODINGS } from "./transcoder.ts";

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
  "shift-jis": "shift_jis",
  shiftjis: "shift_jis",
  sjis: "shift_jis",
  cp932: "shift_jis",
  "windows-31j": "shift_jis",
  gb2312: "gb18030",
  gbk: "gb18030",
  cp936: "gb18030",
};

const isMultibyte = (encoding: Encoding): encoding is Multibyte => encoding === "shift_jis" || encoding === "gb18030";

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

/** Undefined for UTF-8, which needs no decoding. */
export function transcoderOf(encoding: Encoding): Transcoder | undefined {
  if (encoding === "utf-8") return undefined;
  if (encoding === "utf-16le" || encoding === "utf-16be") return new Utf16(encoding === "utf-16le");
  return isMultibyte(encoding) ? new MultibyteTranscoder(encoding, putCode) : new SingleByte(encoding);
}

/** How many original bytes a stretch of transcoded UTF-8 stands for. */
export function originalLength(encoding: Encoding, utf8: Uint8Array, from: number, to: number): number {
  if (isMultibyte(encoding)) return multibyteLength(encoding, utf8, from, to);
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

const REPLACEMENT_CHARACTER = 0xfffd;

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
        at = putCode(output, at, REPLACEMENT_CHARACTER);
      }
      if (unit >= 0xd800 && unit <= 0xdbff) this.#high = unit;
      else if (unit >= 0xdc00 && unit <= 0xdfff) {
        broken.push(at);
        at = putCode(output, at, REPLACEMENT_CHARACTER);
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
    return putCode(output, at, REPLACEMENT_CHARACTER) - at;
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

/** An original record as text. What is not valid shows as U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === "iso-8859-1")
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (isMultibyte(encoding)) {
    // As the fields are decoded: the system's own decoder swaps control characters of Shift_JIS.
    const transcoder = new MultibyteTranscoder(encoding, putCode);
    const text = Buffer.alloc(bytes.length * transcoder.growth + 16);
    const used = transcoder.write(bytes, text, 0, []);
    return text.toString("utf8", 0, used + transcoder.end(text, used, []));
  }
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}
