const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Uint8Array(256);
for (let at = 0; at < LETTERS.length; at += 1) VALUES[LETTERS.charCodeAt(at)] = at;

/** Base64, or a function that has it as its comment and is never called. */
export type WrittenBytes = string | (() => void);
export const base64Of = (bytes: WrittenBytes): string =>
  typeof bytes === "string" ? bytes : commentOf(Function.prototype.toString.call(bytes));
const commentOf = (text: string): string => text.slice(text.indexOf("/*") + 2, text.lastIndexOf("*/"));

const ascii = new TextEncoder();

/**
 * The bytes of base64 with its padding. Not by `atob`: what a browser hands to that it keeps outside its heap, as long as the script
 * that the text stands in, and makes a string of the bytes besides.
 */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const letters = ascii.encode(text);
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array(Math.max(0, Math.floor((letters.length * 3) / 4) - padding));
  for (let at = 0, put = 0; put < bytes.length; at += 4) {
    const four =
      (value(letters, at) << 18) |
      (value(letters, at + 1) << 12) |
      (value(letters, at + 2) << 6) |
      value(letters, at + 3);
    bytes[put++] = four >> 16;
    bytes[put++] = four >> 8;
    bytes[put++] = four;
  }
  return bytes;
}

const value = (letters: Uint8Array, at: number): number => VALUES[letters[at] as number] as number;
