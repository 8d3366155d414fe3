import type { Dictionary } from "./byte-dictionary.ts";
import type { Kernel } from "./kernel.ts";

/** Ints of a dictionary's header in the kernel (kernels/dictionary.ts). */
const SIZE = 2;
const ENTRIES = 3;
const ARENA = 5;
const USED = 6;
/** Ints of an entry, and of those the start in the arena and the length with the tag. */
const ENTRY_INTS = 6;
const START = 4;
const PACKED = 5;
const TAG_SHIFT = 27;
const LENGTH_MASK = 0x7ffffff;

/** A dictionary in the kernel's memory: the same numbers for the same values in the same order as `ByteDictionary` gives. */
export class KernelDictionary implements Dictionary {
  generation = 0;
  readonly kernel: Kernel;
  /** Its header in the kernel's memory. */
  readonly at: number;
  readonly #int: number;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.at = kernel.exports.dictionary();
    kernel.refresh();
    this.#int = this.at >>> 2;
  }

  get size(): number {
    return this.kernel.ints[this.#int + SIZE] as number;
  }

  get bytes(): number {
    return this.kernel.ints[this.#int + USED] as number;
  }

  add(u8: Uint8Array, _view: DataView, start: number, end: number, tag: number): number {
    return this.kernel.add(this.at, u8, start, end, tag << TAG_SHIFT);
  }

  bytesOf(index: number): Uint8Array {
    const start = this.startOf(index);
    return this.kernel.u8.subarray(start, start + this.lengthOf(index));
  }

  get arena(): Uint8Array {
    return this.kernel.u8;
  }

  startOf(index: number): number {
    const { ints } = this.kernel;
    return ((ints[this.#int + ARENA] as number) >>> 0) + (ints[this.#entryOf(index) + START] as number);
  }

  #entryOf(index: number): number {
    return ((this.kernel.ints[this.#int + ENTRIES] as number) >>> 2) + index * ENTRY_INTS;
  }

  #packedOf(index: number): number {
    return this.kernel.ints[this.#entryOf(index) + PACKED] as number;
  }

  lengthOf(index: number): number {
    return this.#packedOf(index) & LENGTH_MASK;
  }

  tagOf(index: number): number {
    return this.#packedOf(index) >>> TAG_SHIFT;
  }

  run(from: number, to: number): Uint8Array {
    if (from >= to) return new Uint8Array(0);
    return this.kernel.u8.subarray(this.startOf(from), this.startOf(to - 1) + this.lengthOf(to - 1));
  }

  textOf(index: number): string {
    return Buffer.from(this.kernel.u8.buffer, this.startOf(index), this.lengthOf(index)).toString("utf8");
  }

  clear(): void {
    this.kernel.exports.clear(this.at);
    this.generation++;
  }

  close(): void {
    this.kernel.exports.forget(this.at);
  }
}
