import type { Codes } from "./column-types.ts";

/**
 * A set of events as a bitmap over their positions. Two million events need a quarter of a megabyte, and one operation on
 * a word handles 32 of them. Bits beyond the last position are 0.
 */
export class EventSet {
  /** How many positions there are, in the set or not. */
  readonly rows: number;
  /** Position p is bit p modulo 32 of word p / 32. */
  readonly #words: Int32Array;

  private constructor(rows: number, words = new Int32Array(wordsFor(rows))) {
    this.rows = rows;
    this.#words = words;
  }

  static none(rows: number): EventSet {
    return new EventSet(rows);
  }

  /** The positions from one up to another; the other is not included. */
  static range(rows: number, from: number, to: number): EventSet {
    const set = new EventSet(rows);
    if (from >= to) return set;
    set.#words.fill(-1, from >>> 5, wordsFor(to));
    set.#cut(from, to);
    return set;
  }

  /** The positions whose dictionary number has a 1 in the table. */
  static lookedUp(codes: Codes, table: Uint8Array): EventSet {
    const set = new EventSet(codes.length);
    if (codes instanceof Uint8Array) lookUpBytes(set.#words, codes, table);
    else if (codes instanceof Uint16Array) lookUpShorts(set.#words, codes, table);
    else lookUpLongs(set.#words, codes, table);
    for (let p = set.rows & ~31; p < set.rows; p += 1) if (table[codes[p] as number] === 1) set.put(p);
    return set;
  }

  /** The positions whose number lies between two others, both included. NaN lies in no range. */
  static between(numbers: Float64Array, from: number, to: number, isFromIn: boolean, isToIn: boolean): EventSet {
    const set = new EventSet(numbers.length);
    compareNumbers(set.#words, numbers, from, to, isFromIn, isToIn);
    return set;
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  has(position: number): boolean {
    return (((this.#words[position >>> 5] as number) >>> (position & 31)) & 1) === 1;
  }

  put(position: number): void {
    const at = position >>> 5;
    this.#words[at] = (this.#words[at] as number) | (1 << (position & 31));
  }

  copy(): EventSet {
    return new EventSet(this.rows, this.#words.slice());
  }

  /** A copy that keeps only a range of positions. */
  within(from: number, to: number): EventSet {
    const set = new EventSet(this.rows);
    if (from >= to) return set;
    set.#words.set(this.#words.subarray(from >>> 5, wordsFor(to)), from >>> 5);
    set.#cut(from, to);
    return set;
  }

  /** Keeps only what is in the other set too. Only a range is compared: outside of it this set must be empty. */
  intersect(other: EventSet, from = 0, to = this.rows): void {
    andWords(this.#words, other.#words, from >>> 5, wordsFor(to));
  }

  unite(other: EventSet): void {
    orWords(this.#words, other.#words);
  }

  /** Removes what is in the other set. The range is as for `intersect`. */
  subtract(other: EventSet, from = 0, to = this.rows): void {
    andNotWords(this.#words, other.#words, from >>> 5, wordsFor(to));
  }

  invert(): void {
    flipWords(this.#words);
    this.#cut(0, this.rows);
  }

  get count(): number {
    return countWords(this.#words);
  }

  /** The first `most` positions, ascending, or all where there are fewer. It stops as soon as it has them. */
  first(most: number): Uint32Array {
    const found = new Uint32Array(most);
    let at = 0;
    for (let p = this.next(0); p >= 0 && at < most; p = this.next(p + 1)) {
      found[at] = p;
      at += 1;
    }
    return found.subarray(0, at);
  }

  /** The first position in the set at or after this one; -1 where there is none. */
  next(from: number): number {
    let at = from >>> 5;
    let word = (this.#words[at] ?? 0) & (-1 << (from & 31));
    while (word === 0) {
      at += 1;
      if (at >= this.#words.length) return -1;
      word = this.#words[at] as number;
    }
    return (at << 5) + lowest(word);
  }

  /** All positions, ascending. @param room an array that is written into; it holds at least as many */
  positions(room: Uint32Array = new Uint32Array(this.count)): Uint32Array {
    return room.subarray(0, placeWords(room, this.#words));
  }

  /** Clears the bits outside a range in the two words at its ends. */
  #cut(from: number, to: number): void {
    const [first, last] = [from >>> 5, wordsFor(to) - 1];
    this.#words[first] = (this.#words[first] as number) & (-1 << (from & 31));
    if ((to & 31) !== 0) this.#words[last] = (this.#words[last] as number) & ~(-1 << (to & 31));
  }
}

const wordsFor = (positions: number): number => (positions + 31) >>> 5;

/** The index of the lowest set bit of a word. The word must have one. */
const lowest = (word: number): number => 31 - Math.clz32(word & -word);

/*
 * Each long loop is a function of its own, with nothing after the loop. V8 optimises such a loop while it runs (on-stack
 * replacement). Code after the loop has no type feedback yet, so reaching it would deoptimise the function each time. The
 * loops over dictionary numbers are written out for each width of array: one loop over several widths takes twice as long.
 */

function andWords(words: Int32Array, others: Int32Array, from: number, to: number): void {
  for (let w = from; w < to; w += 1) words[w] = (words[w] as number) & (others[w] as number);
}

function orWords(words: Int32Array, others: Int32Array): void {
  for (let w = 0; w < words.length; w += 1) words[w] = (words[w] as number) | (others[w] as number);
}

function andNotWords(words: Int32Array, others: Int32Array, from: number, to: number): void {
  for (let w = from; w < to; w += 1) words[w] = (words[w] as number) & ~(others[w] as number);
}

function flipWords(words: Int32Array): void {
  for (let w = 0; w < words.length; w += 1) words[w] = ~(words[w] as number);
}

function countWords(words: Int32Array): number {
  let count = 0;
  for (let w = 0; w < words.length; w += 1) {
    let word = words[w] as number;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** Writes the positions of all set bits. Returns how many there are. */
function placeWords(room: Uint32Array, words: Int32Array): number {
  let at = 0;
  for (let w = 0; w < words.length; w += 1) {
    let word = words[w] as number;
    const base = w << 5;
    if (word === -1) {
      for (let bit = 0; bit < 32; bit += 1) room[at + bit] = base + bit;
      at += 32;
      continue;
    }
    while (word !== 0) {
      room[at] = base + lowest(word);
      at += 1;
      word &= word - 1;
    }
  }
  return at;
}

// These handle whole words; the caller clears the bits beyond the range. The same loop is written once for each width of
// array. One loop for all three takes twice as long, because V8 compiles a function for every kind of array it has seen.
// The plain loop: for each position p, set bit p if table[codes[p]] is 1.
// jscpd:ignore-start

function lookUpBytes(words: Int32Array, codes: Uint8Array, table: Uint8Array): void {
  for (let w = 0, p = 0; p + 32 <= codes.length; w += 1) {
    let word = 0;
    for (let bit = 0; bit < 32; bit += 4, p += 4)
      word |=
        ((table[codes[p] as number] as number) |
          ((table[codes[p + 1] as number] as number) << 1) |
          ((table[codes[p + 2] as number] as number) << 2) |
          ((table[codes[p + 3] as number] as number) << 3)) <<
        bit;
    words[w] = word;
  }
}

function lookUpShorts(words: Int32Array, codes: Uint16Array, table: Uint8Array): void {
  for (let w = 0, p = 0; p + 32 <= codes.length; w += 1) {
    let word = 0;
    for (let bit = 0; bit < 32; bit += 4, p += 4)
      word |=
        ((table[codes[p] as number] as number) |
          ((table[codes[p + 1] as number] as number) << 1) |
          ((table[codes[p + 2] as number] as number) << 2) |
          ((table[codes[p + 3] as number] as number) << 3)) <<
        bit;
    words[w] = word;
  }
}

function lookUpLongs(words: Int32Array, codes: Uint32Array, table: Uint8Array): void {
  for (let w = 0, p = 0; p + 32 <= codes.length; w += 1) {
    let word = 0;
    for (let bit = 0; bit < 32; bit += 4, p += 4)
      word |=
        ((table[codes[p] as number] as number) |
          ((table[codes[p + 1] as number] as number) << 1) |
          ((table[codes[p + 2] as number] as number) << 2) |
          ((table[codes[p + 3] as number] as number) << 3)) <<
        bit;
    words[w] = word;
  }
}

// jscpd:ignore-end

function compareNumbers(
  words: Int32Array,
  numbers: Float64Array,
  from: number,
  to: number,
  isFromIn: boolean,
  isToIn: boolean,
): void {
  for (let w = 0, p = 0; w < words.length; w += 1) {
    const end = Math.min(32, numbers.length - p);
    let word = 0;
    for (let bit = 0; bit < end; bit += 1, p += 1) {
      const value = numbers[p] as number;
      const isIn = (value > from || (isFromIn && value === from)) && (value < to || (isToIn && value === to));
      word |= (isIn ? 1 : 0) << bit;
    }
    words[w] = word;
  }
}
