import { hashOfKey } from "./key-table.ts";

/** Hashes that are compared at once, so that their table stays in the processor's cache; and parts that are filled at once. */
const PART_HASHES = 1 << 14;
const MAX_PARTS = 512;

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(Math.max(least, 1)));

/** 32 bits of each of many keys, in parts by their upper bits. What is equal is in the same part. 0 is never among them. */
export class KeyHashes {
  readonly #parts: Uint32Array[];
  readonly #sizes: Int32Array;
  readonly #shift: number;

  /** `expected`: keys, more or less; equal numbers give equal parts. */
  constructor(expected: number) {
    const parts = Math.min(MAX_PARTS, powerOfTwo(expected / PART_HASHES));
    const room = Math.max(64, Math.ceil((expected / parts) * 1.1));
    this.#parts = Array.from({ length: parts }, () => new Uint32Array(room));
    this.#sizes = new Int32Array(parts);
    this.#shift = 32 - Math.log2(parts);
  }

  add(low: number, high: number): void {
    const hash = hashOfKey(low, high);
    // A shift by 32 is one by 0.
    const index = this.#parts.length === 1 ? 0 : hash >>> this.#shift;
    let part = this.#parts[index] as Uint32Array;
    const size = this.#sizes[index] as number;
    if (size === part.length) {
      const grown = new Uint32Array(size * 2);
      grown.set(part);
      part = grown;
      this.#parts[index] = part;
    }
    part[size] = hash;
    this.#sizes[index] = size + 1;
  }

  /** Those that are there more than once, and how many keys have one of them. */
  repeated(): { readonly hashes: HashSet; readonly keys: number } {
    const found = new HashSet();
    let again = 0;
    this.#parts.forEach((_, index) => {
      const part = this.#part(index);
      const table = tableOf(part.length);
      for (let i = 0; i < part.length; i++) {
        const hash = part[i] as number;
        const at = slotOf(table, hash);
        if (table[at] === hash) {
          again += 1;
          found.add(hash);
        } else table[at] = hash;
      }
    });
    return { hashes: found, keys: again + found.size };
  }

  /** Those that are here and there. `others` has the same parts. */
  shared(others: KeyHashes): HashSet {
    const found = new HashSet();
    this.#parts.forEach((_, index) => {
      const part = this.#part(index);
      const table = tableOf(part.length);
      for (let i = 0; i < part.length; i++) {
        const hash = part[i] as number;
        table[slotOf(table, hash)] = hash;
      }
      const other = others.#part(index);
      for (let i = 0; i < other.length; i++) {
        const hash = other[i] as number;
        if (table[slotOf(table, hash)] === hash) found.add(hash);
      }
    });
    return found;
  }

  #part(index: number): Uint32Array {
    return (this.#parts[index] as Uint32Array).subarray(0, this.#sizes[index]);
  }
}

let spareTable = new Uint32Array(0);

/** An empty table for so many hashes. Valid until the next one is asked for. */
function tableOf(hashes: number): Uint32Array {
  const room = powerOfTwo(hashes * 2 + 1);
  if (spareTable.length < room) spareTable = new Uint32Array(room);
  return spareTable.subarray(0, room).fill(0);
}

/** Where the hash is, or where it would be put. */
function slotOf(table: Uint32Array, hash: number): number {
  const mask = table.length - 1;
  let at = hash & mask;
  while (table[at] !== 0 && table[at] !== hash) at = (at + 1) & mask;
  return at;
}

/** A set of hashes. */
export class HashSet {
  size = 0;
  #table = new Uint32Array(64);

  add(hash: number): void {
    let at = slotOf(this.#table, hash);
    if (this.#table[at] === hash) return;
    if (++this.size * 2 > this.#table.length) {
      const old = this.#table;
      this.#table = new Uint32Array(old.length * 2);
      for (const other of old) if (other !== 0) this.#table[slotOf(this.#table, other)] = other;
      at = slotOf(this.#table, hash);
    }
    this.#table[at] = hash;
  }

  /** Whether a key has one of the hashes. */
  has(low: number, high: number): boolean {
    const hash = hashOfKey(low, high);
    return this.#table[slotOf(this.#table, hash)] === hash;
  }
}
