/** Ids that are plain whole numbers of so many digits are told apart as numbers: exact, and faster than texts. */
export const MAX_DIGITS = 15;
/** A multiplicative hash: the odd number nearest to 2^32 divided by the golden ratio. */
const SPREAD = 0x9e37_79b1;
const TWO_32 = 4_294_967_296;

/** From whole numbers to codes: open addressing over two flat arrays, never more than half full. */
export class NumberCodes {
  /** -1: free. */
  #keys = new Float64Array(1024).fill(-1);
  #codes = new Uint32Array(1024);
  #shift = 22;
  #size = 0;

  /** The code of a number; `fresh` where it was not met before, and it is kept. */
  codeOf(key: number, fresh: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let at = Math.imul(key ^ (key / TWO_32), SPREAD) >>> this.#shift;
    for (; keys[at] !== -1; at = (at + 1) & mask) if (keys[at] === key) return this.#codes[at] as number;
    keys[at] = key;
    this.#codes[at] = fresh;
    this.#size += 1;
    if (this.#size * 2 > keys.length) this.#grow();
    return fresh;
  }

  #grow(): void {
    const [keys, codes] = [this.#keys, this.#codes];
    this.#keys = new Float64Array(keys.length * 2).fill(-1);
    this.#codes = new Uint32Array(keys.length * 2);
    this.#shift -= 1;
    this.#size = 0;
    for (let at = 0; at < keys.length; at += 1)
      if (keys[at] !== -1) this.codeOf(keys[at] as number, codes[at] as number);
  }
}
