import { isUtf8 } from "node:buffer";
import { COMMA } from "./plain-bytes.ts";

const FIRST_VALUES = 1 << 8;
const FIRST_BYTES = 1 << 12;
const FACTOR = 0x9e37_79b1 | 0;
/** The first bit of each of four bytes. */
const NOT_ASCII = 0x8080_8080 | 0;
/** Not the same each time, so that nobody writes a bundle whose values all fall into one place. */
const SEED = (Math.random() * 2 ** 32) | 0;

/**
 * Values and their numbers, in the order in which they came, as bytes of UTF-8: where the same ones come again and again, a text is
 * made of none of them.
 */
export class ByteDictionary {
  size = 0;
  /** A comma between two. */
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #filled = 0;
  /** Where each ends. */
  #ends = new Uint32Array(FIRST_VALUES);
  #hashes = new Int32Array(FIRST_VALUES);
  /** One more than the number of the value that has this place, or 0. Half of them are free at least. */
  #places = new Int32Array(2 * FIRST_VALUES);

  /** The number of a value, from 0: the bytes `from` to `to`. */
  numberOf(bytes: Buffer, from: number, to: number): number {
    let hash = SEED;
    let all = 0;
    let at = from;
    for (; at + 4 <= to; at += 4) {
      const word =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24);
      all |= word;
      hash = Math.imul(hash ^ word, FACTOR);
      hash ^= hash >>> 15;
    }
    for (; at < to; at += 1) {
      const byte = bytes[at] as number;
      all |= byte;
      hash = Math.imul(hash ^ byte, FACTOR);
      hash ^= hash >>> 15;
    }
    const mask = this.#places.length - 1;
    let place = hash & mask;
    for (let taken = this.#places[place] as number; taken > 0; taken = this.#places[place] as number) {
      if (this.#hashes[taken - 1] === hash && this.#is(taken - 1, bytes, from, to)) return taken - 1;
      place = (place + 1) & mask;
    }
    // What is not UTF-8 is read as what replaces it, and may be there as that.
    if ((all & NOT_ASCII) !== 0 && !isUtf8(bytes.subarray(from, to)))
      return this.numberOfText(bytes.toString("utf8", from, to));
    this.#places[place] = this.size + 1;
    return this.#add(hash, bytes, from, to);
  }

  numberOfText(text: string): number {
    const bytes = Buffer.from(text, "utf8");
    return this.numberOf(bytes, 0, bytes.length);
  }

  /** All values, a comma between two. They hold until another one comes. */
  get all(): Buffer {
    return this.#bytes.subarray(0, this.#filled);
  }

  clear(): void {
    this.size = 0;
    this.#filled = 0;
    this.#places.fill(0);
  }

  #is(number: number, bytes: Buffer, from: number, to: number): boolean {
    const start = number === 0 ? 0 : (this.#ends[number - 1] as number) + 1;
    if ((this.#ends[number] as number) - start !== to - from) return false;
    const own = this.#bytes;
    let at = start;
    for (let k = from; k < to; k += 1, at += 1) if (own[at] !== bytes[k]) return false;
    return true;
  }

  #add(hash: number, bytes: Buffer, from: number, to: number): number {
    const number = this.size;
    this.#grow(to - from + 1);
    if (number > 0) this.#bytes[this.#filled++] = COMMA;
    bytes.copy(this.#bytes, this.#filled, from, to);
    this.#filled += to - from;
    this.#ends[number] = this.#filled;
    this.#hashes[number] = hash;
    this.size = number + 1;
    if (2 * this.size > this.#places.length) this.#spread();
    return number;
  }

  #grow(more: number): void {
    if (this.#filled + more > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (this.#filled + more));
      this.#bytes.copy(larger, 0, 0, this.#filled);
      this.#bytes = larger;
    }
    if (this.size < this.#ends.length) return;
    const [ends, hashes] = [new Uint32Array(2 * this.size), new Int32Array(2 * this.size)];
    ends.set(this.#ends);
    hashes.set(this.#hashes);
    [this.#ends, this.#hashes] = [ends, hashes];
  }

  /** Over twice as many places. */
  #spread(): void {
    const places = new Int32Array(2 * this.#places.length);
    const mask = places.length - 1;
    for (let number = 0; number < this.size; number += 1) {
      let place = (this.#hashes[number] as number) & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = number + 1;
    }
    this.#places = places;
  }
}
