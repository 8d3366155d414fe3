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

export function invert(mask: Mask): void {
  const words = wordsOf(mask);
  for (let w = 0; w < words.length; w += 1) words[w] = (words[w] as number) ^ ALL;
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = (mask[p] as number) ^ 1;
}

/** A mask of what a table says of each position's code. Three loops, for one over several kinds of array takes twice as long. */
export function lookedUp(codes: Codes, table: Uint8Array): Mask {
  const mask = new Uint8Array(codes.length);
  if (codes instanceof Uint8Array) {
    for (let p = 0; p < mask.length; p += 1) mask[p] = table[codes[p] as number] as number;
  } else if (codes instanceof Uint16Array) {
    for (let p = 0; p < mask.length; p += 1) mask[p] = table[codes[p] as number] as number;
  } else {
    for (let p = 0; p < mask.length; p += 1) mask[p] = table[codes[p] as number] as number;
  }
  return mask;
}

export function countOf(mask: Mask): number {
  const words = wordsOf(mask);
  let count = 0;
  for (let w = 0; w < words.length; w += 1) count += Math.imul(words[w] as number, ALL) >>> 24;
  for (let p = words.length << 2; p < mask.length; p += 1) count += mask[p] as number;
  return count;
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
