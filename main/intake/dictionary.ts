const MULTIPLY = 0x9e3779b1;

/**
 * Distinct byte strings with a tag, numbered from 0 as they come. Open addressing over hashes taken four bytes at a
 * time, always followed by a comparison of all bytes against the arena: log text chooses its own collisions.
 */
export class Dictionary {
  size = 0;
  /** Grows when everything is forgotten: what was remembered about numbers is then void. */
  generation = 0;
  #arena = new Uint8Array(1 << 12);
  #arenaView = new DataView(this.#arena.buffer);
  #used = 0;
  #starts = new Int32Array(256);
  #ends = new Int32Array(256);
  #hashes = new Int32Array(256);
  #tags = new Uint8Array(256);
  #table = new Int32Array(1024);

  /** Bytes held. */
  get bytes(): number {
    return this.#used;
  }

  /** The number of these bytes with this tag; a new one where they were never met. `view` looks at the same bytes as `u8`. */
  add(u8: Uint8Array, view: DataView, start: number, end: number, tag: number): number {
    const length = end - start;
    let hash = Math.imul(length ^ (tag << 24), MULTIPLY);
    if (length >= 4) {
      const stop = end - 4;
      for (let i = start; i < stop; i += 4) {
        hash = Math.imul(hash ^ view.getInt32(i, true), MULTIPLY);
        hash ^= hash >>> 15;
      }
      hash = Math.imul(hash ^ view.getInt32(stop, true), MULTIPLY);
    } else {
      for (let i = start; i < end; i++) hash = Math.imul(hash ^ (u8[i] as number), MULTIPLY);
    }
    hash ^= hash >>> 16;
    const mask = this.#table.length - 1;
    let at = hash & mask;
    for (;;) {
      const found = (this.#table[at] as number) - 1;
      if (found < 0) return this.#insert(at, hash, u8, start, end, tag);
      if (this.#hashes[found] === hash && this.#tags[found] === tag && this.#equals(found, u8, view, start, length))
        return found;
      at = (at + 1) & mask;
    }
  }

  #equals(index: number, u8: Uint8Array, view: DataView, start: number, length: number): boolean {
    const own = this.#starts[index] as number;
    if ((this.#ends[index] as number) - own !== length) return false;
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

  #insert(at: number, hash: number, u8: Uint8Array, start: number, end: number, tag: number): number {
    const index = this.size++;
    const length = end - start;
    if (this.#used + length > this.#arena.length) {
      const arena = new Uint8Array(Math.max(this.#arena.length * 2, this.#used + length));
      arena.set(this.#arena.subarray(0, this.#used));
      this.#arena = arena;
      this.#arenaView = new DataView(arena.buffer);
    }
    if (index === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#ends = grown(this.#ends);
      this.#hashes = grown(this.#hashes);
      const tags = new Uint8Array(index * 2);
      tags.set(this.#tags);
      this.#tags = tags;
    }
    if (length < 64) for (let i = 0; i < length; i++) this.#arena[this.#used + i] = u8[start + i] as number;
    else this.#arena.set(u8.subarray(start, end), this.#used);
    this.#starts[index] = this.#used;
    this.#used += length;
    this.#ends[index] = this.#used;
    this.#hashes[index] = hash;
    this.#tags[index] = tag;
    this.#table[at] = index + 1;
    if (this.size * 2 > this.#table.length) this.#rehash();
    return index;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let index = 0; index < this.size; index++) {
      let at = (this.#hashes[index] as number) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = index + 1;
    }
    this.#table = table;
  }

  /** Valid until the next `add`. */
  bytesOf(index: number): Uint8Array {
    return this.#arena.subarray(this.#starts[index], this.#ends[index]);
  }

  lengthOf(index: number): number {
    return (this.#ends[index] as number) - (this.#starts[index] as number);
  }

  textOf(index: number): string {
    return Buffer.from(this.#arena.buffer, this.#starts[index], this.lengthOf(index)).toString("utf8");
  }

  tagOf(index: number): number {
    return this.#tags[index] as number;
  }

  /** Forgets everything; numbers begin at 0 again. */
  clear(): void {
    this.size = 0;
    this.#used = 0;
    this.generation++;
    this.#table.fill(0);
  }
}

const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
  const array = new Int32Array(old.length * 2);
  array.set(old);
  return array;
};
