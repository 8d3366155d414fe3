import { MODULE } from "./byte-finder-wasm.ts";

/** Bytes searched at once: a page of WebAssembly memory. */
const CHUNK_BYTES = 1 << 16;
/** The module's memory: the bytes, some more that a vector may read, then a position for each byte. */
const POSITIONS_OFFSET = CHUNK_BYTES + 64;

type Find = (to: number, base: number, out: number, a: number, b: number, c: number, d: number) => number;

/**
 * Finds the positions of four byte values, such as delimiter, quote and line ends: all that splits a text into cells.
 * WebAssembly compares 16 bytes at a time. Where it is missing, bytes are compared one by one.
 */
export class ByteFinder {
  readonly #wanted: readonly [number, number, number, number];
  readonly #is = new Uint8Array(256);
  readonly #bytes: Uint8Array;
  /**
   * The positions of the current chunk, ascending; how many there are; and the index of the next one. A hot loop may
   * read them directly.
   */
  readonly found: Int32Array;
  count = 0;
  nextFound = 0;
  readonly #find: Find | undefined;
  #u8: Uint8Array = new Uint8Array(0);
  #searched = 0;
  #to = 0;

  /** `withoutVectors`: one by one in any case. */
  constructor(wanted: readonly [number, number, number, number], withoutVectors = false) {
    this.#wanted = wanted;
    for (const byte of wanted) this.#is[byte] = 1;
    const vectors = withoutVectors ? undefined : instantiate();
    this.#find = vectors?.find;
    const memory = vectors?.memory.buffer ?? new ArrayBuffer(POSITIONS_OFFSET + CHUNK_BYTES * 4);
    this.#bytes = new Uint8Array(memory, 0, CHUNK_BYTES);
    this.found = new Int32Array(memory, POSITIONS_OFFSET, CHUNK_BYTES);
  }

  /** Begins at `from`. The last byte before `to` must be a wanted one that every `next` accepts. */
  begin(u8: Uint8Array, from: number, to: number): void {
    this.#u8 = u8;
    this.#searched = from;
    this.#to = to;
    this.count = 0;
    this.nextFound = 0;
  }

  /** The first position from `i` on whose byte is not `but`. It is after the one returned last. */
  next(i: number, but: number): number {
    const u8 = this.#u8;
    const found = this.found;
    let next = this.nextFound;
    for (;;) {
      if (next === this.count) {
        this.#more();
        next = 0;
      }
      const position = found[next++] as number;
      if (position >= i && u8[position] !== but) {
        this.nextFound = next;
        return position;
      }
    }
  }

  #more(): void {
    if (this.#searched >= this.#to) throw new Error("the bytes end without a wanted one");
    do {
      const to = Math.min(this.#searched + CHUNK_BYTES, this.#to);
      this.count = this.#find ? this.#vectors(this.#find, to) : this.#oneByOne(to);
      this.#searched = to;
    } while (this.count === 0 && this.#searched < this.#to);
  }

  #vectors(find: Find, to: number): number {
    const from = this.#searched;
    this.#bytes.set(this.#u8.subarray(from, to));
    const [a, b, c, d] = this.#wanted;
    let count = (find(to - from, from, POSITIONS_OFFSET, a, b, c, d) - POSITIONS_OFFSET) >> 2;
    // The last vector may reach beyond `to`.
    while (count > 0 && (this.found[count - 1] as number) >= to) count--;
    return count;
  }

  #oneByOne(to: number): number {
    const u8 = this.#u8;
    const found = this.found;
    const is = this.#is;
    let count = 0;
    for (let i = this.#searched; i < to; i++) if (is[u8[i] as number] === 1) found[count++] = i;
    return count;
  }
}

let compiled: WebAssembly.Module | undefined;

function instantiate(): { find: Find; memory: WebAssembly.Memory } | undefined {
  try {
    compiled ??= new WebAssembly.Module(MODULE);
    const { find, memory } = new WebAssembly.Instance(compiled).exports;
    return { find: find as Find, memory: memory as WebAssembly.Memory };
  } catch {
    // No vectors on this machine.
    return undefined;
  }
}
