import { randomInt } from "node:crypto";

/** Whoever writes a log must not be able to choose keys that fall together. */
const HASH_SEED = randomInt(2 ** 32) | 0;

/** Which of `parts` parts a 64-bit key belongs to: a large table is made and searched part by part. */
export const partOf = (low: number, high: number, parts: number): number => (hashOf(low, high) >>> 8) % parts;

/** 32 bits of a 64-bit key, never 0. */
export const hashOfKey = (low: number, high: number): number => hashOf(low, high) >>> 0 || 1;

function hashOf(low: number, high: number): number {
  let hash = Math.imul(low ^ HASH_SEED ^ Math.imul(high ^ (HASH_SEED >>> 7), 0x85ebca6b), 0x9e3779b1);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0xc2b2ae35);
}

/** Entries by 64-bit key, numbered from 0 as they are added. Those of one key are chained, the last first. */
export class KeyTable {
  size = 0;
  #low: Uint32Array;
  #high: Uint32Array;
  #next: Int32Array;
  #heads: Int32Array;

  /** `expected`: entries, more or less. It grows by itself. */
  constructor(expected = 1 << 10) {
    const room = 2 ** Math.ceil(Math.log2(Math.max(expected, 2)));
    this.#low = new Uint32Array(room);
    this.#high = new Uint32Array(room);
    this.#next = new Int32Array(room);
    this.#heads = new Int32Array(room * 2).fill(-1);
  }

  /** The last entry with this key, -1 if there is none. */
  first(low: number, high: number): number {
    return this.#heads[this.#slotOf(low >>> 0, high >>> 0)] as number;
  }

  /** The entry with the same key added before this one, -1 if there is none. */
  after(entry: number): number {
    return this.#next[entry] as number;
  }

  /** Returns the number of the new entry. */
  add(low: number, high: number): number {
    if (this.size === this.#low.length) this.#grow();
    const entry = this.size++;
    this.#low[entry] = low;
    this.#high[entry] = high;
    const slot = this.#slotOf(low >>> 0, high >>> 0);
    this.#next[entry] = this.#heads[slot] as number;
    this.#heads[slot] = entry;
    return entry;
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#heads.length - 1;
    for (let slot = hashOf(low, high) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#heads[slot] as number;
      if (entry < 0 || (this.#low[entry] === low && this.#high[entry] === high)) return slot;
    }
  }

  #grow(): void {
    const twice = <T extends Uint32Array | Int32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    const room = this.#low.length * 2;
    this.#low = twice(this.#low, new Uint32Array(room));
    this.#high = twice(this.#high, new Uint32Array(room));
    this.#next = twice(this.#next, new Int32Array(room));
    this.#heads = new Int32Array(room * 2).fill(-1);
    for (let entry = 0; entry < this.size; entry += 1) {
      const slot = this.#slotOf(this.#low[entry] as number, this.#high[entry] as number);
      this.#next[entry] = this.#heads[slot] as number;
      this.#heads[slot] = entry;
    }
  }
}
