import { crc32 } from "node:zlib";

/**
 * Gzip (RFC 1952) by a plain deflate (RFC 1951): greedy matches within a piece, fixed codes. Node's own deflate gives
 * other bytes on other processors; the sample's digests must be the same everywhere.
 */
export class Gzip {
  #crc = 0;
  #bytes = 0;
  #bits = 0;
  #bitCount = 0;
  #out: Uint8Array = new Uint8Array(0);
  #at = 0;
  readonly #heads = new Int32Array(1 << 15);

  /** The header: no name, no time, "unknown" system. */
  begin(): Uint8Array {
    return Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
  }

  /** One block; what it returns is valid until the next call. */
  piece(input: Uint8Array): Uint8Array {
    this.#crc = crc32(input, this.#crc);
    this.#bytes = (this.#bytes + input.length) >>> 0;
    this.#room(input.length);
    this.#put(0b010, 3);
    this.#compress(input);
    this.#put(0, 7);
    return this.#out.subarray(0, this.#at);
  }

  end(): Uint8Array {
    this.#room(0);
    // An empty last block, then up to the byte.
    this.#put(0b011, 3);
    this.#put(0, 7);
    if (this.#bitCount > 0) this.#put(0, 8 - this.#bitCount);
    for (const word of [this.#crc, this.#bytes]) {
      for (let shift = 0; shift < 32; shift += 8) this.#out[this.#at++] = (word >>> shift) & 255;
    }
    return this.#out.subarray(0, this.#at);
  }

  #room(bytes: number): void {
    // A literal takes at most 9 bits.
    const needed = bytes + (bytes >>> 3) + 64;
    if (this.#out.length < needed) this.#out = new Uint8Array(needed);
    this.#at = 0;
  }

  #put(value: number, count: number): void {
    let bits = this.#bits | (value << this.#bitCount);
    let left = this.#bitCount + count;
    while (left >= 8) {
      this.#out[this.#at++] = bits & 255;
      bits >>>= 8;
      left -= 8;
    }
    this.#bits = bits;
    this.#bitCount = left;
  }

  #compress(input: Uint8Array): void {
    const heads = this.#heads.fill(-1);
    const last = input.length - 4;
    let i = 0;
    while (i <= last) {
      const word =
        (input[i] as number) |
        ((input[i + 1] as number) << 8) |
        ((input[i + 2] as number) << 16) |
        ((input[i + 3] as number) << 24);
      const hash = Math.imul(word, 0x9e3779b1) >>> 17;
      const match = heads[hash] as number;
      heads[hash] = i;
      let length = 0;
      if (match >= 0 && i - match <= 32_768) {
        const most = Math.min(258, input.length - i);
        while (length < most && input[match + length] === input[i + length]) length++;
      }
      if (length < 4) {
        this.#literal(input[i++] as number);
        continue;
      }
      this.#put(LENGTH_CODES[length] as number, LENGTH_BITS[length] as number);
      const distance = i - match;
      const symbol =
        distance <= 256 ? (NEAR_DISTANCES[distance] as number) : (FAR_DISTANCES[(distance - 1) >>> 7] as number);
      this.#put(
        reversed(symbol, 5) | ((distance - (DISTANCE_BASE[symbol] as number)) << 5),
        5 + (DISTANCE_EXTRA[symbol] as number),
      );
      i += length;
    }
    while (i < input.length) this.#literal(input[i++] as number);
  }

  #literal(byte: number): void {
    this.#put(LITERAL_CODES[byte] as number, byte < 144 ? 8 : 9);
  }
}

/** Huffman codes are packed from their most significant bit. */
function reversed(code: number, bits: number): number {
  let result = 0;
  for (let i = 0; i < bits; i++) result |= ((code >>> i) & 1) << (bits - 1 - i);
  return result;
}

/** The fixed code of a literal or length symbol (RFC 1951, 3.2.6). */
function fixedCode(symbol: number): [code: number, bits: number] {
  if (symbol < 144) return [reversed(0x30 + symbol, 8), 8];
  if (symbol < 256) return [reversed(0x190 + symbol - 144, 9), 9];
  if (symbol < 280) return [reversed(symbol - 256, 7), 7];
  return [reversed(0xc0 + symbol - 280, 8), 8];
}

const LITERAL_CODES = Uint16Array.from({ length: 256 }, (_, byte) => fixedCode(byte)[0]);

/** Code of a match's length with its extra bits behind it. */
const LENGTH_CODES = new Uint32Array(259);
const LENGTH_BITS = new Uint8Array(259);
for (let symbol = 257, base = 3; symbol < 285; symbol++) {
  const extra = symbol < 265 ? 0 : (symbol - 261) >>> 2;
  const [code, bits] = fixedCode(symbol);
  for (let i = 0; i < 1 << extra && base + i < 258; i++) {
    LENGTH_CODES[base + i] = code | (i << bits);
    LENGTH_BITS[base + i] = bits + extra;
  }
  base += 1 << extra;
}
[LENGTH_CODES[258], LENGTH_BITS[258]] = fixedCode(285);

const DISTANCE_EXTRA = Uint8Array.from({ length: 30 }, (_, symbol) => (symbol < 4 ? 0 : (symbol - 2) >>> 1));
const DISTANCE_BASE = new Uint16Array(30);
const NEAR_DISTANCES = new Uint8Array(257);
const FAR_DISTANCES = new Uint8Array(256);
for (let symbol = 0, base = 1; symbol < 30; symbol++) {
  const size = 1 << (DISTANCE_EXTRA[symbol] as number);
  DISTANCE_BASE[symbol] = base;
  for (let distance = base; distance < base + size; distance++) {
    if (distance <= 256) NEAR_DISTANCES[distance] = symbol;
    else FAR_DISTANCES[(distance - 1) >>> 7] = symbol;
  }
  base += size;
}
