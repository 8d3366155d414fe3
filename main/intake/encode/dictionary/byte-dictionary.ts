import { randomInt } from "node:crypto";

const HASH_MULTIPLIER = 0x9e3779b1;
/** Log text must not be able to choose its own collisions. Numbers do not depend on it. */
const HASH_SEED = randomInt(2 ** 32) | 0;

/** Bytes from which on two hashes are made at a time. */
const MIN_TWO_LANES = 24;

/** An entry is its start in the arena, and its length with the tag above. */
const ENTRY_INTS = 2;
const TAG_SHIFT = 27;
const LENGTH_MASK = 0x7ffffff;

/** Of dictionaries that hold nothing yet, as most of the formats that are tried on a file leave theirs. */
const EMPTY_ARENA = new Uint8Array(0);
const EMPTY_VIEW = new DataView(EMPTY_ARENA.buffer);
const EMPTY_TABLE = new Int32Array(2);

/** Distinct byte strings with a tag, in the memory of JavaScript or of the kernel. */
export interface Dictionary {
  readonly size: number;
  readonly generation: number;
  readonly bytes: number;
  readonly arena: Uint8Array;
  add(u8: Uint8Array, view: DataView, start: number, end: number, tag: number): number;
  bytesOf(index: number): Uint8Array;
  startOf(index: number): number;
  lengthOf(index: number): number;
  tagOf(index: number): number;
  run(from: number, to: number): Uint8Array;
  textOf(index: number): string;
  clear(): void;
}

/**
 * Distinct byte strings with a tag (below 32), numbered from 0 as they come. Open addressing over hashes of four
 * bytes at a time. A hit is always confirmed by comparing all bytes with the arena.
 */
export class ByteDictionary implements Dictionary {
  size = 0;
  /** Grows when everything is forgotten: what was remembered about numbers is then void. */
  generation = 0;
  // Nothing at first, and small then: an encoder has some forty of these, and each of thousands of small files has encoders.
  #arena: Uint8Array = EMPTY_ARENA;
  #arenaView = EMPTY_VIEW;
  #used = 0;
  #entries = new Int32Array(0);
  /** Hash and number + 1 next to each other, so that a different hash is rejected without another memory access. */
  #table = EMPTY_TABLE;
  #mask = 0;

  /** Bytes in the arena. */
  get bytes(): number {
    return this.#used;
  }

  /** The number of these bytes with this tag, a new one if they are new. `view` is over the same bytes as `u8`. */
  add(u8: Uint8Array, view: DataView, start: number, end: number, tag: number): number {
    const length = end - start;
    const packed = length | (tag << TAG_SHIFT);
    let hash = Math.imul(packed ^ HASH_SEED, HASH_MULTIPLIER);
    if (length >= 4) {
      const stop = end - 4;
      let i = start;
      if (length >= MIN_TWO_LANES) {
        // Each step waits for the one before: two that do not wait for each other take half the time.
        let other = ~hash;
        for (; i + 4 < stop; i += 8) {
          hash = Math.imul(hash ^ view.getInt32(i, true), HASH_MULTIPLIER);
          hash ^= hash >>> 15;
          other = Math.imul(other ^ view.getInt32(i + 4, true), HASH_MULTIPLIER);
          other ^= other >>> 15;
        }
        hash = Math.imul(hash ^ other, HASH_MULTIPLIER);
        hash ^= hash >>> 15;
      }
      for (; i < stop; i += 4) {
        hash = Math.imul(hash ^ view.getInt32(i, true), HASH_MULTIPLIER);
        hash ^= hash >>> 15;
      }
      hash = Math.imul(hash ^ view.getInt32(stop, true), HASH_MULTIPLIER);
    } else {
      for (let i = start; i < end; i++) hash = Math.imul(hash ^ (u8[i] as number), HASH_MULTIPLIER);
    }
    hash ^= hash >>> 16;
    const table = this.#table;
    const mask = this.#mask;
    let at = hash & mask;
    for (;;) {
      const found = (table[at * 2 + 1] as number) - 1;
      if (found < 0) return this.#insert(at, hash, packed, u8, start, end);
      if (
        table[at * 2] === hash &&
        this.#entries[found * ENTRY_INTS + 1] === packed &&
        this.#equals(found, u8, view, start, length)
      )
        return found;
      at = (at + 1) & mask;
    }
  }

  #equals(index: number, u8: Uint8Array, view: DataView, start: number, length: number): boolean {
    const own = this.#entries[index * ENTRY_INTS] as number;
    if (length >= 4) {
      const arena = this.#arenaView;
      const stop = length - 4;
      for (let i = 0; i < stop; i += 4)
        if (arena.getInt32(own + i, true) !== view.getInt32(start + i, true)) return false;
      return arena.getInt32(own + stop, true) === view.getInt32(start + stop, true);
    }
    for (let i = 0; i < length; i++) if (this.#arena[own + i] !== u8[start + i]) return false;
    return true;
  }

  #insert(slot: number, hash: number, packed: number, u8: Uint8Array, start: number, end: number): number {
    let at = slot;
    if (this.#table === EMPTY_TABLE) {
      this.#table = new Int32Array(64 * 2);
      this.#mask = 63;
      at = hash & this.#mask;
    }
    const index = this.size++;
    const length = end - start;
    if (this.#used + length > this.#arena.length) {
      const arena = new Uint8Array(Math.max(this.#arena.length * 2, this.#used + length, 1 << 8));
      arena.set(this.#arena.subarray(0, this.#used));
      this.#arena = arena;
      this.#arenaView = new DataView(arena.buffer);
    }
    if (index * ENTRY_INTS === this.#entries.length) {
      const entries = new Int32Array(Math.max(this.#entries.length, 32) * 2);
      entries.set(this.#entries);
      this.#entries = entries;
    }
    if (length < 64) for (let i = 0; i < length; i++) this.#arena[this.#used + i] = u8[start + i] as number;
    else this.#arena.set(u8.subarray(start, end), this.#used);
    this.#entries[index * ENTRY_INTS] = this.#used;
    this.#entries[index * ENTRY_INTS + 1] = packed;
    this.#used += length;
    this.#table[at * 2] = hash;
    this.#table[at * 2 + 1] = index + 1;
    if (this.size * 2 > this.#mask) this.#rehash();
    return index;
  }

  #rehash(): void {
    const old = this.#table;
    const table = new Int32Array(old.length * 2);
    const mask = table.length / 2 - 1;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0) continue;
      let at = (old[from] as number) & mask;
      while (table[at * 2 + 1] !== 0) at = (at + 1) & mask;
      table[at * 2] = old[from] as number;
      table[at * 2 + 1] = old[from + 1] as number;
    }
    this.#table = table;
    this.#mask = mask;
  }

  /** Valid until the next `add`. */
  bytesOf(index: number): Uint8Array {
    const start = this.#entries[index * ENTRY_INTS] as number;
    return this.#arena.subarray(start, start + this.lengthOf(index));
  }

  /** All values' bytes, valid until the next `add`. */
  get arena(): Uint8Array {
    return this.#arena;
  }

  /** Where in the arena a value begins. */
  startOf(index: number): number {
    return this.#entries[index * ENTRY_INTS] as number;
  }

  lengthOf(index: number): number {
    return (this.#entries[index * ENTRY_INTS + 1] as number) & LENGTH_MASK;
  }

  /** Values from one number up to another, end to end: they lie so in the arena. Valid until the next `add`. */
  run(from: number, to: number): Uint8Array {
    if (from >= to) return new Uint8Array(0);
    return this.#arena.subarray(
      this.#entries[from * ENTRY_INTS],
      (this.#entries[(to - 1) * ENTRY_INTS] as number) + this.lengthOf(to - 1),
    );
  }

  textOf(index: number): string {
    return Buffer.from(this.#arena.buffer, this.#entries[index * ENTRY_INTS], this.lengthOf(index)).toString("utf8");
  }

  tagOf(index: number): number {
    return (this.#entries[index * ENTRY_INTS + 1] as number) >>> TAG_SHIFT;
  }

  /** Forgets everything. Numbers begin at 0 again. */
  clear(): void {
    this.size = 0;
    this.#used = 0;
    this.generation++;
    if (this.#table !== EMPTY_TABLE) this.#table.fill(0);
  }
}
