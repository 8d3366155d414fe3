import type { Codes } from "./columns.ts";

/** One byte a position, 1 where an event is in. The loops take four positions at a time: a mask may have millions. */
export type Mask = Uint8Array;

/** All ones in the four bytes of a word. */
const ALL = 0x01010101;

/** The whole words of a mask; the up to three bytes behind them are the caller's. */
const wordsOf = (mask: Mask): Uint32Array => new Uint32Array(mask.buffer, mask.byteOffset, mask.length >>> 2);

/*
 * Each long loop is all of a function: the engine compiles such a loop while it runs, knows nothing yet of what comes after it,
 * and would throw the compiled code away there, each time anew.
 */

/** From one position to another; beside them it may look at some in which the mask has no ones. */
export function intersect(mask: Mask, other: Mask, from = 0, to = mask.length): void {
  const words = wordsOf(mask);
  andWords(words, wordsOf(other), from >>> 2, Math.min(words.length, (to + 3) >>> 2));
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = (mask[p] as number) & (other[p] as number);
}

function andWords(words: Uint32Array, others: Uint32Array, from: number, to: number): void {
  for (let w = from; w < to; w += 1) words[w] = (words[w] as number) & (others[w] as number);
}

export function unite(mask: Mask, other: Mask): void {
  const words = wordsOf(mask);
  orWords(words, wordsOf(other));
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = (mask[p] as number) | (other[p] as number);
}

function orWords(words: Uint32Array, others: Uint32Array): void {
  for (let w = 0; w < words.length; w += 1) words[w] = (words[w] as number) | (others[w] as number);
}

/** Takes the others out, in the same way. */
export function subtract(mask: Mask, other: Mask, from = 0, to = mask.length): void {
  const words = wordsOf(mask);
  andNotWords(words, wordsOf(other), from >>> 2, Math.min(words.length, (to + 3) >>> 2));
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = (mask[p] as number) & ~(other[p] as number);
}

function andNotWords(words: Uint32Array, others: Uint32Array, from: number, to: number): void {
  for (let w = from; w < to; w += 1) words[w] = (words[w] as number) & ~(others[w] as number);
}

export function invert(mask: Mask): void {
  const words = wordsOf(mask);
  flipWords(words);
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = (mask[p] as number) ^ 1;
}

function flipWords(words: Uint32Array): void {
  for (let w = 0; w < words.length; w += 1) words[w] = (words[w] as number) ^ ALL;
}

/** A mask of what a table says of each position's code. Three loops, for one over several kinds of array takes twice as long. */
export function lookedUp(codes: Codes, table: Uint8Array): Mask {
  const mask = new Uint8Array(codes.length);
  const words = wordsOf(mask);
  if (codes instanceof Uint8Array) lookUpBytes(words, codes, table);
  else if (codes instanceof Uint16Array) lookUpShorts(words, codes, table);
  else lookUpLongs(words, codes, table);
  for (let p = words.length << 2; p < mask.length; p += 1) mask[p] = table[codes[p] as number] as number;
  return mask;
}

function lookUpBytes(words: Uint32Array, codes: Uint8Array, table: Uint8Array): void {
  for (let w = 0, p = 0; w < words.length; w += 1, p += 4)
    words[w] = word(
      table[codes[p] as number] as number,
      table[codes[p + 1] as number] as number,
      table[codes[p + 2] as number] as number,
      table[codes[p + 3] as number] as number,
    );
}

function lookUpShorts(words: Uint32Array, codes: Uint16Array, table: Uint8Array): void {
  for (let w = 0, p = 0; w < words.length; w += 1, p += 4)
    words[w] = word(
      table[codes[p] as number] as number,
      table[codes[p + 1] as number] as number,
      table[codes[p + 2] as number] as number,
      table[codes[p + 3] as number] as number,
    );
}

function lookUpLongs(words: Uint32Array, codes: Uint32Array, table: Uint8Array): void {
  for (let w = 0, p = 0; w < words.length; w += 1, p += 4)
    words[w] = word(
      table[codes[p] as number] as number,
      table[codes[p + 1] as number] as number,
      table[codes[p + 2] as number] as number,
      table[codes[p + 3] as number] as number,
    );
}

/** Four positions as one word of a mask. */
const word = (a: number, b: number, c: number, d: number): number => a | (b << 8) | (c << 16) | (d << 24);

export function countOf(mask: Mask): number {
  const words = wordsOf(mask);
  let count = countWords(words);
  for (let p = words.length << 2; p < mask.length; p += 1) count += mask[p] as number;
  return count;
}

function countWords(words: Uint32Array): number {
  let count = 0;
  for (let w = 0; w < words.length; w += 1) count += Math.imul(words[w] as number, ALL) >>> 24;
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

/**
 * Where the ones stand, ascending.
 * @param room for one more than there are: what a word does not hold is written too, and written over by the next
 */
export function positionsOf(mask: Mask, room = new Uint32Array(countOf(mask) + 1)): Uint32Array {
  const words = wordsOf(mask);
  let at = placeWords(room, words);
  for (let p = words.length << 2; p < mask.length; p += 1) {
    room[at] = p;
    at += mask[p] as number;
  }
  return room.subarray(0, at);
}

/** Writes the positions of the ones, and says how many there are. */
function placeWords(room: Uint32Array, words: Uint32Array): number {
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
  return at;
}
