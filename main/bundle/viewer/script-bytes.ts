import { DATA_FUNCTION } from "../../../shared/viewer/data.ts";

const FIRST_BYTES = 1 << 16;
/** So much is escaped before it is asked for more room. */
const ESCAPED_AT_ONCE = 1 << 14;
/** `\u0001`: what the longest escape of a byte has. */
const LONGEST_ESCAPE = 6;
/** With it U+2028 and U+2029 begin, and their second byte; the third is one of the last two. */
const [SEPARATOR, SECOND, LINE_SEPARATOR, PARAGRAPH_SEPARATOR] = [0xe2, 0x80, 0xa8, 0xa9] as const;

/** A string of a script that ends no script, wherever it stands. */
const scriptText = (text: string): string =>
  JSON.stringify(text).replace(/[<\u2028\u2029]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);

const inside = (quoted: string): string => quoted.slice(1, -1);
/** How each byte of JSON is written inside a string of a script; what stands there as it is, has none. */
const ESCAPES: readonly (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  const escaped = byte < 0x80 ? inside(scriptText(char)) : char;
  return escaped === char ? undefined : Buffer.from(escaped);
});

/**
 * A data script as its bytes: a script that hands a value to the page, as JSON in a string, which a browser reads faster than a
 * literal, and bytes beside it, which no escaping has to look through. One array serves for one script after the other.
 */
export class ScriptBytes {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #filled = 0;

  begin(name: string): void {
    this.#filled = 0;
    this.#write(`${DATA_FUNCTION}(${scriptText(name)},"`);
  }

  /** What `bytes` are beside the value, from 0. The script holds until the next one is begun. */
  end(bytes: readonly Buffer[]): Buffer {
    this.#write('"');
    for (const each of bytes) this.#write(`,"${each.toString("base64")}"`);
    this.#write(");\n");
    return this.#bytes.subarray(0, this.#filled);
  }

  /** A piece of the value's JSON. */
  json(text: string): void {
    this.#write(inside(scriptText(text)));
  }

  /** The same, as UTF-8. */
  jsonBytes(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const until = Math.min(bytes.length, at + ESCAPED_AT_ONCE);
      this.#room((until - at + 2) * LONGEST_ESCAPE);
      const target = this.#bytes;
      let put = this.#filled;
      for (; at < until; at += 1) {
        const byte = bytes[at] as number;
        const escaped = ESCAPES[byte];
        if (escaped !== undefined) for (let k = 0; k < escaped.length; k += 1) target[put++] = escaped[k] as number;
        else if (byte === SEPARATOR && isSeparator(bytes, at)) {
          put += target.write(bytes[at + 2] === LINE_SEPARATOR ? "\\u2028" : "\\u2029", put, "latin1");
          at += 2;
        } else target[put++] = byte;
      }
      this.#filled = put;
    }
  }

  #write(text: string): void {
    this.#room(3 * text.length);
    this.#filled += this.#bytes.write(text, this.#filled);
  }

  #room(more: number): void {
    const needed = this.#filled + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#filled);
    this.#bytes = larger;
  }
}

const isSeparator = (bytes: Uint8Array, at: number): boolean =>
  bytes[at + 1] === SECOND && (bytes[at + 2] === LINE_SEPARATOR || bytes[at + 2] === PARAGRAPH_SEPARATOR);
