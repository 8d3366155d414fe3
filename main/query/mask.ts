import type { Codes } from "./columns.ts";

/** One byte a position, 1 where an event is in. The loops take four positions at a time: a mask may have millions. */
export type Mask = Uint8Array;

/** All ones in the four bytes of a word. */
const ALL = 0x01010101;

/** The whole words of a mask; the up to three bytes behind them are the caller's. */
const wordsOf = (mask: Mask): Uint32Array => new Uint32Array(mask.buffer, mask.byteOffset, mask.length >>> 2);

export function intersect(mask: Mask, other: Mask): void {
  const words = wordsOf(mask);
  const others = wordsOf(other);
  for (let w = 0; w < words.length; w += 1) words[w] = (words[w] as number) & (others[w] as number);
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = (mask[p] as number) & (other[p] as number);
}

export function unite(mask: Mask, other: Mask): void {
  const words = wordsOf(mask);
  const others = wordsOf(other);
  for (let w = 0; w < words.length; w += 1) words[w] = (words[w] as number) | (others[w] as number);
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = (mask[p] as number) | (other[p] as number);
}

/** Takes the others out. */
export function subtract(mask: Mask, other: Mask): void {
  const words = wordsOf(mask);
  const others = wordsOf(other);
  for (let w = 0; w < words.length; w += 1) words[w] = (words[w] as number) & ~(others[w] as number);
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = (mask[p] as number) & ~(other[p] as number);
}

export function invert(mask: Mask): void {
  const words = wordsOf(mask);
  for (let w = 0; w < words.length; w += 1) words[w] = (words[w] as number) ^ ALL;
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = (mask[p] as number) ^ 1;
}

/** A mask of what a table says of each position's code. Three loops, for one over several kinds of array takes twice as long. */
export function lookedUp(codes: Codes, table: Uint8Array): Mask {
  const mask = new Uint8Array(codes.length);
  const words = wordsOf(mask);
  if (codes instanceof Uint8Array) {
    for (let w = 0, p = 0; w < words.length; w += 1, p += 4)
      words[w] = word(
        table[codes[p] as number] as number,
        table[codes[p + 1] as number] as number,
        table[codes[p + 2] as number] as number,
        table[codes[p + 3] as number] as number,
      );
  } else if (codes instanceof Uint16Array) {
    for (let w = 0, p = 0; w < words.length; w += 1, p += 4)
      words[w] = word(
        table[codes[p] as number] as number,
        table[codes[p + 1] as number] as number,
        table[codes[p + 2] as number] as number,
        table[codes[p + 3] as number] as number,
      );
  } else {
    for (let w = 0, p = 0; w < words.length; w += 1, p += 4)
      words[w] = word(
        table[codes[p] as number] as number,
        table[codes[p + 1] as number] as number,
        table[codes[p + 2] as number] as number,
        table[codes[p + 3] as number] as number,
      );
  }
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = table[codes[p] as number] as number;
  return mask;
}

/** Four positions as one word of a mask. */
const word = (a: number, b: number, c: number, d: number): number => a | (b << 8) | (c << 16) | (d << 24);

export function countOf(mask: Mask): number {
  const words = wordsOf(mask);
  let count = 0;
  for (let w = 0; w < words.length; w += 1) count += Math.imul(words[w] as number, ALL) >>> 24;
  for (let p = words.length << 2; p < mask.length; p += 1) count += mask[p] as number;
  return count;
}

/** Where the first ones stand, ascending: `most` of them, or all where there are fewer. Looks only as far as it takes. */
export function firstOf(mask: Mask, most: number): Uint32Array {
  const found = new Uint32Array(most);
  let at = 0;
  for (let p = 0; p < mask.length && at < most; p += 1) {
    found[at] = p;
    at += mask[p] as number;
  }
  return found.subarray(0, at);
}

/** Where the ones stand, ascending. */
export function positionsOf(mask: Mask): Uint32Array {
  const words = wordsOf(mask);
  // what a word does not hold is written too, and written over by the next: the last such write needs room
  const room = new Uint32Array(countOf(mask) + 1);
  let at = 0;
  for (let w = 0; w < words.length; w += 1) {
    const word = words[w] as number;
    if (word === 0) continue;
    const p = w << 2;
    room[at] = p;
    at += word & 1;
    room[at] = p + 1;
    at += (word >>> 8) & 1;
    room[at] = p + 2;
    at += (word >>> 16) & 1;
    room[at] = p + 3;
    at += word >>> 24;
  }
  for (let p = words.length << 2; p < mask.length; p += 1) {
    room[at] = p;
    at += mask[p] as number;
  }
  return room.subarray(0, at);
}
