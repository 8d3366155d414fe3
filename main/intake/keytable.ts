import type { Keys } from "./recordkeys.ts";

/** Rows by 64-bit key: open addressing; rows with one key are chained, ascending. */
export class KeyTable {
  readonly #mask: number;
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #keys: Keys;

  /** `member` is 1 for rows that are in. */
  constructor(keys: Keys, member: Uint8Array) {
    const rows = member.length;
    let size = 1024;
    while (size < rows * 2) size *= 2;
    this.#mask = size - 1;
    this.#heads = new Int32Array(size).fill(-1);
    this.#next = new Int32Array(rows).fill(-1);
    this.#keys = keys;
    // From the last row to the first, so that chains ascend.
    for (let row = rows - 1; row >= 0; row -= 1) {
      if (member[row] === 0) continue;
      const slot = this.#slotOf(keys.low[row] as number, keys.high[row] as number);
      this.#next[row] = this.#heads[slot] as number;
      this.#heads[slot] = row;
    }
  }

  #slotOf(low: number, high: number): number {
    const { low: lows, high: highs } = this.#keys;
    let slot = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1) >>> 0;
    for (slot = (slot ^ (slot >>> 15)) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const row = this.#heads[slot] as number;
      if (row < 0 || (lows[row] === low && highs[row] === high)) return slot;
    }
  }

  /** The first row with this key, -1 if there is none. */
  first(low: number, high: number): number {
    return this.#heads[this.#slotOf(low, high)] as number;
  }

  /** The next row with the key of `row`, -1 behind the last. */
  after(row: number): number {
    return this.#next[row] as number;
  }
}
