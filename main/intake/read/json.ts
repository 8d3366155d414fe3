import { EMBEDDED, ESCAPED, HEXED, KIND_SHIFT, PLAIN, STRUCTURE } from "./batch.ts";
import { inputsBelow, type KeyTable, type KeyTarget, type LearnedKey } from "./field-slots.ts";

const QUOTE = 34;
const BACKSLASH = 92;
/** Nested lists and objects inside a value that is skipped. */
const MAX_DEPTH = 1000;
/** Keys that may follow one another key before the last of them is given up for a new one. */
const MAX_EXPECTED_KEYS = 6;

/** 0: inside a string as it is; 1: the quote, the backslash and control characters. */
const STOPS_STRING = new Uint8Array(256).fill(1, 0, 32);
STOPS_STRING[QUOTE] = 1;
STOPS_STRING[BACKSLASH] = 1;
const IS_HEX_DIGIT = new Uint8Array(256);
for (const char of "0123456789abcdefABCDEF") IS_HEX_DIGIT[char.charCodeAt(0)] = 1;
const IS_ESCAPE = new Uint8Array(256);
for (const char of '"\\/bfnrt') IS_ESCAPE[char.charCodeAt(0)] = 1;

/** Reads one JSON object from bytes, strictly (RFC 8259), and records the spans of the wanted values. Makes no strings. */
export class JsonScanner {
  /** Where the bytes stopped being JSON. */
  failedAt = 0;
  readonly #root: KeyTable;
  readonly #space = new Uint8Array(256);
  readonly #inputsBelow = new Map<KeyTable, number[]>();
  readonly #ranks: Uint8Array;
  readonly #stack = new Uint8Array(MAX_DEPTH);
  #u8: Uint8Array = new Uint8Array(0);
  #buffer: Buffer = Buffer.alloc(0);
  #spans: Int32Array = new Int32Array(0);
  #base = 0;
  #view: DataView = new DataView(new ArrayBuffer(0));
  #escaped = false;
  /** The string read last has nginx's `\xXX` in it, which JSON does not know. */
  #hexed = false;
  readonly #takesHex: boolean;
  /** Of the key read last: its closing quote, and where its value begins. */
  #keyEnd = 0;
  #at = 0;

  /** `lines`: a record is a line, so line ends are no space; and a program that writes lines may be nginx. */
  constructor(root: KeyTable, inputs: number, lines: boolean) {
    this.#root = root;
    this.#takesHex = lines;
    for (const byte of lines ? [32, 9] : [32, 9, 10, 13]) this.#space[byte] = 1;
    this.#ranks = new Uint8Array(inputs);
  }

  /** The bytes that `object` reads. One beyond the data must be a control character. */
  setBytes(u8: Uint8Array, spans: Int32Array): void {
    if (this.#u8.buffer !== u8.buffer || this.#u8.byteOffset !== u8.byteOffset) {
      this.#buffer = Buffer.from(u8.buffer, u8.byteOffset, u8.byteLength);
      this.#view = new DataView(u8.buffer, u8.byteOffset, u8.byteLength);
    }
    this.#u8 = u8;
    this.#spans = spans;
  }

  /**
   * Reads the object that begins at `i`. Its spans go to `base` on, which must be cleared. Returns where it ends, -1 if
   * it is none.
   */
  object(i: number, base: number): number {
    this.#base = base;
    this.failedAt = i;
    if (this.#u8[i] !== 123) return -1;
    this.#ranks.fill(255);
    return this.#members(i + 1, this.#root);
  }

  /** Past spaces. */
  skipSpace(i: number): number {
    const space = this.#space;
    const u8 = this.#u8;
    while (space[u8[i] as number] === 1) i++;
    return i;
  }

  /** Any value, without spans. */
  value(i: number): number {
    return this.#skip(i);
  }

  #fail(at: number): number {
    this.failedAt = at;
    return -1;
  }

  /** Most keys are one that followed the same key before, written the same way. Comparing a few 32-bit words finds it. */
  #members(i: number, table: KeyTable): number {
    const u8 = this.#u8;
    const view = this.#view;
    const limit = u8.length;
    const space = this.#space;
    let expected = table.first;
    while (space[u8[i] as number] === 1) i++;
    if (u8[i] === 125) return i + 1;
    for (;;) {
      let key: LearnedKey | undefined;
      for (let c = 0; c < expected.length; c++) {
        const known = expected[c] as LearnedKey;
        const { words, length } = known;
        const last = words.length - 1;
        if (last < 0 || i + length > limit || view.getInt32(i, true) !== words[0]) continue;
        let w = 1;
        while (w < last && view.getInt32(i + w * 4, true) === words[w]) w++;
        if (w < last || view.getInt32(i + length - 4, true) !== words[last]) continue;
        key = known;
        i += length;
        // It may have been learned where a batch ended, without the space that followed.
        while (space[u8[i] as number] === 1) i++;
        break;
      }
      if (key === undefined) {
        key = this.#newKey(i, table, expected);
        if (key === undefined) return -1;
        i = this.#at;
      }
      const { target } = key;
      const first = u8[i] as number;
      if (first === QUOTE) {
        let end = i + 1;
        while (STOPS_STRING[u8[end] as number] === 0) end++;
        let kind = PLAIN;
        if (u8[end] !== QUOTE) {
          end = this.#string(end);
          if (end < 0) return -1;
          kind = this.#hexed ? HEXED : ESCAPED;
        }
        if (target !== null) {
          this.#noteSpan(target, i + 1, end, kind);
          if (target.inside && end > i + 1) this.#embedded(target.inside, i + 1, end, table.depth + 1);
        }
        i = end + 1;
      } else {
        i = target === null ? this.#skip(i) : this.#wantedValue(i, target);
        if (i < 0) return -1;
      }
      if (u8[i] !== 44) {
        while (space[u8[i] as number] === 1) i++;
        if (u8[i] === 125) return i + 1;
        if (u8[i] !== 44) return this.#fail(i);
      }
      i++;
      while (space[u8[i] as number] === 1) i++;
      expected = key.next;
    }
  }

  /**
   * Reads a key that is not one of those expected, and expects it from now on. Undefined where there is none; `#at` is
   * where its value begins.
   */
  #newKey(start: number, table: KeyTable, expected: LearnedKey[]): LearnedKey | undefined {
    const i = this.#key(start);
    if (i < 0) return undefined;
    this.#at = i;
    const end = this.#keyEnd;
    const raw = this.#buffer.subarray(start + 1, end);
    const escaped = this.#escaped;
    const key = table.learn(
      raw,
      () => (escaped ? (JSON.parse(`"${raw.toString("utf8")}"`) as string) : raw.toString("utf8")),
      this.#buffer.subarray(start, i),
    );
    if (key.isRemembered && !expected.includes(key)) {
      if (expected.length < MAX_EXPECTED_KEYS) expected.push(key);
      else expected[MAX_EXPECTED_KEYS - 1] = key;
    }
    return key;
  }

  /** A wanted value that is no string. */
  #wantedValue(i: number, target: KeyTarget): number {
    const first = this.#u8[i];
    if (first === 123 && target.inside) {
      const end = this.#members(i + 1, target.inside);
      if (end >= 0) this.#noteSpan(target, i, end, STRUCTURE);
      return end;
    }
    const end = this.#skip(i);
    if (end < 0) return -1;
    if (first === 110) this.#noteSpan(target, i, i, PLAIN);
    else this.#noteSpan(target, i, end, first === 123 || first === 91 ? STRUCTURE : PLAIN);
    return end;
  }

  /** An empty text and null are absent. Of two equal keys the last counts, as in JSON.parse. */
  #noteSpan(target: KeyTarget, start: number, end: number, kind: number): void {
    if (target.input >= 0) this.#put(target.input, start, end, kind);
    const input = target.synonym;
    if (
      input >= 0 &&
      target.rank <= (this.#ranks[input] as number) &&
      (end > start || target.rank === this.#ranks[input])
    ) {
      this.#ranks[input] = target.rank;
      this.#put(input, start, end, kind);
    }
  }

  #put(input: number, start: number, end: number, kind: number): void {
    const at = this.#base + input * 2;
    this.#spans[at] = end > start ? start : -1;
    this.#spans[at + 1] = end | (kind << KIND_SHIFT);
  }

  #embedded(table: KeyTable, start: number, end: number, depth: number): void {
    let inputs = this.#inputsBelow.get(table);
    if (!inputs) {
      inputs = inputsBelow(table);
      this.#inputsBelow.set(table, inputs);
    }
    for (const input of inputs) this.#put(input, start, end, EMBEDDED + Math.min(depth, 20));
  }

  /** `i` behind the opening quote. Returns the closing one. Sets `#escaped`. */
  #string(i: number): number {
    const u8 = this.#u8;
    this.#escaped = false;
    this.#hexed = false;
    for (;;) {
      while (STOPS_STRING[u8[i] as number] === 0) i++;
      const byte = u8[i];
      if (byte === QUOTE) return i;
      if (byte !== BACKSLASH) return this.#fail(i);
      this.#escaped = true;
      const next = u8[i + 1] as number;
      if (IS_ESCAPE[next] === 1) i += 2;
      else if (
        next === 117 &&
        IS_HEX_DIGIT[u8[i + 2] as number] &&
        IS_HEX_DIGIT[u8[i + 3] as number] &&
        IS_HEX_DIGIT[u8[i + 4] as number] &&
        IS_HEX_DIGIT[u8[i + 5] as number]
      )
        i += 6;
      else if (
        this.#takesHex &&
        next === 120 &&
        IS_HEX_DIGIT[u8[i + 2] as number] &&
        IS_HEX_DIGIT[u8[i + 3] as number]
      ) {
        this.#hexed = true;
        i += 4;
      } else return this.#fail(i);
    }
  }

  #number(i: number): number {
    const u8 = this.#u8;
    const from = i;
    if (u8[i] === 45) i++;
    if (u8[i] === 48) i++;
    else {
      const digits = i;
      while (((u8[i] as number) - 48) >>> 0 <= 9) i++;
      if (i === digits) return this.#fail(from);
    }
    if (u8[i] === 46) {
      const digits = ++i;
      while (((u8[i] as number) - 48) >>> 0 <= 9) i++;
      if (i === digits) return this.#fail(i);
    }
    if (((u8[i] as number) | 32) === 101) {
      i++;
      if (u8[i] === 43 || u8[i] === 45) i++;
      const digits = i;
      while (((u8[i] as number) - 48) >>> 0 <= 9) i++;
      if (i === digits) return this.#fail(i);
    }
    return i;
  }

  #literal(i: number): number {
    const u8 = this.#u8;
    if (u8[i] === 116 && u8[i + 1] === 114 && u8[i + 2] === 117 && u8[i + 3] === 101) return i + 4;
    if (u8[i] === 110 && u8[i + 1] === 117 && u8[i + 2] === 108 && u8[i + 3] === 108) return i + 4;
    if (u8[i] === 102 && u8[i + 1] === 97 && u8[i + 2] === 108 && u8[i + 3] === 115 && u8[i + 4] === 101) return i + 5;
    return this.#fail(i);
  }

  #skip(i: number): number {
    const first = this.#u8[i];
    if (first === QUOTE) {
      const end = this.#string(i + 1);
      return end < 0 ? -1 : end + 1;
    }
    if (first === 91) {
      const end = this.#plainStringList(i);
      return end > 0 ? end : this.#skipNested(i);
    }
    if (first === 123) return this.#skipNested(i);
    if (first === 45 || ((first as number) - 48) >>> 0 <= 9) return this.#number(i);
    return this.#literal(i);
  }

  /** Skips a list of strings without escapes or spaces, as compact writers write it. 0 where it is not one. */
  #plainStringList(i: number): number {
    const u8 = this.#u8;
    do {
      if (u8[++i] !== QUOTE) return 0;
      i++;
      while (STOPS_STRING[u8[i] as number] === 0) i++;
      if (u8[i] !== QUOTE) return 0;
      i++;
    } while (u8[i] === 44);
    return u8[i] === 93 ? i + 1 : 0;
  }

  /** Skips an object or array that nobody needs. Without recursion, because the log decides the depth. */
  #skipNested(i: number): number {
    const u8 = this.#u8;
    const space = this.#space;
    const stack = this.#stack;
    let depth = 0;
    for (;;) {
      // A value begins at i.
      const byte = u8[i];
      if (byte === 123 || byte === 91) {
        if (depth === MAX_DEPTH) return this.#fail(i);
        stack[depth++] = byte;
        i++;
        while (space[u8[i] as number] === 1) i++;
        if (u8[i] === byte + 2) {
          i++;
          depth--;
        } else {
          if (byte === 123) i = this.#key(i);
          if (i < 0) return -1;
          continue;
        }
      } else {
        i = this.#skip(i);
        if (i < 0) return -1;
      }
      // A value ended at i.
      for (;;) {
        if (depth === 0) return i;
        while (space[u8[i] as number] === 1) i++;
        const open = stack[depth - 1] as number;
        if (u8[i] === open + 2) {
          i++;
          depth--;
          continue;
        }
        if (u8[i] !== 44) return this.#fail(i);
        i++;
        while (space[u8[i] as number] === 1) i++;
        if (open === 123) i = this.#key(i);
        if (i < 0) return -1;
        break;
      }
    }
  }

  /** A key and its colon. Returns where the value begins. */
  #key(i: number): number {
    const u8 = this.#u8;
    const space = this.#space;
    if (u8[i] !== QUOTE) return this.#fail(i);
    i = this.#string(i + 1);
    if (i < 0) return -1;
    this.#keyEnd = i;
    i++;
    while (space[u8[i] as number] === 1) i++;
    if (u8[i] !== 58) return this.#fail(i);
    i++;
    while (space[u8[i] as number] === 1) i++;
    return i;
  }
}
