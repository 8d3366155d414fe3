const FIRST_BYTES = 1 << 13;
/** A number of 53 bits, seven in a byte. */
const MOST_BYTES = 8;

/** Numbers that never fall, each as LEB128 of what it has over the one before. */
export class Steps {
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #filled = 0;
  #before = 0;

  begin(first: number): void {
    this.#filled = 0;
    this.#before = first;
  }

  /** @throws Error where it is not behind the one before: a bundle that is checked may say anything */
  put(value: number): void {
    if (!(Number.isSafeInteger(value) && value >= this.#before))
      throw new Error(`${value} stands behind ${this.#before}`);
    if (this.#filled + MOST_BYTES > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(2 * this.#bytes.length);
      this.#bytes.copy(larger, 0, 0, this.#filled);
      this.#bytes = larger;
    }
    let left = value - this.#before;
    this.#before = value;
    while (left >= 0x80) {
      this.#bytes[this.#filled++] = (left % 0x80) | 0x80;
      left = Math.floor(left / 0x80);
    }
    this.#bytes[this.#filled++] = left;
  }

  /** They hold until it is begun anew. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#filled);
  }
}
