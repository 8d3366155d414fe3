/** Bytes at which any array may begin. */
const ALIGNMENT = 8;

/**
 * Arrays end to end in one piece of shared memory, which another thread reads and gives back to be used again: thousands of
 * arrays of a long job are no work for the garbage collector then. What memory holds at first is what it was last used for.
 * An array that does not fit has shared memory of its own; without a piece all are ordinary ones.
 */
export class ArrayBlock {
  readonly memory: SharedArrayBuffer | undefined;
  /** Bytes that all arrays together need. */
  wanted = 0;

  constructor(memory?: SharedArrayBuffer) {
    this.memory = memory;
  }

  floats(length: number): Float64Array {
    const [memory, at] = this.#take(length * 8);
    return new Float64Array(memory, at, length);
  }

  ints(length: number): Int32Array {
    const [memory, at] = this.#take(length * 4);
    return new Int32Array(memory, at, length);
  }

  bytes(length: number): Uint8Array {
    const [memory, at] = this.#take(length);
    return new Uint8Array(memory, at, length);
  }

  #take(bytes: number): readonly [memory: ArrayBuffer | SharedArrayBuffer, at: number] {
    const at = this.wanted;
    this.wanted += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    if (!this.memory) return [new ArrayBuffer(bytes), 0];
    return at + bytes <= this.memory.byteLength ? [this.memory, at] : [new SharedArrayBuffer(bytes), 0];
  }
}

/** `into` with the first values of `from`. */
export function filledFrom<T extends Float64Array | Int32Array | Uint8Array>(into: T, from: T): T {
  into.set(from.subarray(0, into.length));
  return into;
}
