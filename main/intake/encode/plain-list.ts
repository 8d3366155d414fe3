import { isNoValue } from "./no-values.ts";

/** 1: a byte that a list keeps as it is, or splits at. */
const PLAIN_IN_LIST = new Uint8Array(256).fill(1, 33, 128);
for (const char of '"\\[]{}()') PLAIN_IN_LIST[char.charCodeAt(0)] = 0;

/** A word for no value among them begins so. */
const BEGINS_WORD = new Uint8Array(256);
for (const char of "Nn-") BEGINS_WORD[char.charCodeAt(0)] = 1;

/** Most lists are plain words with separators between: made into JSON byte by byte, without a string for each. */
export class PlainList {
  /** The list written last; `view` is over the same bytes. */
  bytes = new Uint8Array(0);
  view = new DataView(this.bytes.buffer);

  /** Writes a list. Returns its number of bytes, 0 where it is not plain. */
  write(from: Uint8Array, start: number, end: number): number {
    let separator = 44;
    for (let i = start; i < end; i++) {
      const byte = from[i] as number;
      if (PLAIN_IN_LIST[byte] === 0) return 0;
      if (byte === 59) separator = 59;
    }
    const most = (end - start) * 4 + 8;
    if (this.bytes.length < most) {
      this.bytes = new Uint8Array(Math.max(most * 2, 1 << 12));
      this.view = new DataView(this.bytes.buffer);
    }
    const out = this.bytes;
    let at = 0;
    out[at++] = 91;
    let open = false;
    let word = -1;
    for (let i = start; i < end; i++) {
      const byte = from[i] as number;
      if (byte === separator) {
        if (word >= 0 && isNoValue(from, word, i, -1)) return 0;
        word = -1;
        if (open) out[at++] = 34;
        open = false;
        continue;
      }
      if (!open) {
        if (at > 1) out[at++] = 44;
        out[at++] = 34;
        open = true;
        if (BEGINS_WORD[byte] === 1) word = i;
      }
      out[at++] = byte;
    }
    if (word >= 0 && isNoValue(from, word, end, -1)) return 0;
    if (open) out[at++] = 34;
    out[at++] = 93;
    return at;
  }
}

/** A JSON array of plain words, none of them empty, written as JSON.stringify writes it: it need not be parsed. */
export function isPlainArray(u8: Uint8Array, start: number, end: number): boolean {
  if (u8[start] !== 91) return false;
  for (let i = start + 1; i < end; i++) {
    if (u8[i] !== 34) return false;
    const from = ++i;
    while (PLAIN_IN_LIST[u8[i] as number] === 1) i++;
    if (i === from || u8[i] !== 34) return false;
    i++;
    if (i === end - 1) return u8[i] === 93;
    if (u8[i] !== 44) return false;
  }
  return false;
}
