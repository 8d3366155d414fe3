import { isUtf8 } from "node:buffer";
import { COMMA } from "../rows/plain-bytes.ts";
import type { ScriptBytes } from "./script-bytes.ts";

const FIRST_VALUES = 1 << 8;
const FIRST_BYTES = 1 << 12;
const PRIME = 0x0100_0193;
/** Not the same each time, so that nobody writes a bundle whose values all fall into one place. */
const SEED = (Math.random() * 2 ** 32) | 0;

/**
 * The values of a column and their numbers, in the order in which they came, as the bytes of their JSON: of most calls nothing is
 * made but the number.
 */
export class ByteDictionary {
  size = 0;
  /** The values, a comma between two. */
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #filled = 0;
  /** Where each ends. */
  #ends = new Uint32Array(FIRST_VALUES);
  #hashes = new Int32Array(FIRST_VALUES);
  /** One more than the number of the value that has this place, or 0. Half of them are free at least. */
  #places = new Int32Array(2 * FIRST_VALUES);

  /** The number of a value, from 0. @param bytes from `from` to `to` its JSON, in the form of JSON.stringify */
  numberOf(bytes: Buffer, from: number, to: number): number {
    let hash = SEED;
    let all = 0;
    for (let k = from; k < to; k += 1) {
      const byte = bytes[k] as number;
      all |= byte;
      hash = Math.imul(hash ^ byte, PRIME);
    }
    hash ^= hash >>> 15;
    const mask = this.#places.length - 1;
    let place = hash & mask;
    for (let taken = this.#places[place] as number; taken > 0; taken = this.#places[place] as number) {
      if (this.#hashes[taken - 1] === hash && this.#is(taken - 1, bytes, from, to)) return taken - 1;
      place = (place + 1) & mask;
    }
    // What is not UTF-8 is read as what replaces it, and may be there as that.
    if (all >= 0x80 && !isUtf8(bytes.subarray(from, to))) return this.numberOfText(bytes.toString("utf8", from, to));
    this.#places[place] = this.size + 1;
    return this.#add(hash, bytes, from, to);
  }

  numberOfText(json: string): number {
    const bytes = Buffer.from(json, "utf8");
    return this.numberOf(bytes, 0, bytes.length);
  }

  /** Writes them as a list. Then there are none. */
  take(script: ScriptBytes): void {
    script.json("[");
    script.jsonBytes(this.#bytes, 0, this.#filled);
    script.json("]");
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
