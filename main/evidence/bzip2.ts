import type { Original } from "../platform/byte-source.ts";

/** Thrown for what is no bzip2 (`short` false), and for what ends too early (`short` true). */
export class Bzip2Error extends Error {
  readonly short: boolean;

  constructor(message: string, short = false) {
    super(message);
    this.short = short;
  }
}

const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;
const INPUT_PIECE_BYTES = 1 << 16;
const OUTPUT_PIECE_BYTES = 1 << 18;
const MAX_SYMBOLS = 258;
const MAX_CODE_BITS = 20;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

/** The bits of a file, first the highest of each byte. */
class Bits {
  readonly #file: Original;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #offset = 0;
  #buffer = 0;
  #count = 0;

  constructor(file: Original) {
    this.#file = file;
  }

  #byte(): number {
    if (this.#at === this.#bytes.length) {
      this.#bytes = this.#file.read(this.#offset, INPUT_PIECE_BYTES);
      this.#offset += this.#bytes.length;
      this.#at = 0;
      if (this.#bytes.length === 0) throw new Bzip2Error("it breaks off", true);
    }
    return this.#bytes[this.#at++] as number;
  }

  /** Up to 24 bits. */
  read(count: number): number {
    while (this.#count < count) {
      this.#buffer = ((this.#buffer & 0xffffff) << 8) | this.#byte();
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#buffer >>> this.#count) & ((1 << count) - 1);
  }

  read32(): number {
    return this.read(16) * 0x10000 + this.read(16);
  }

  read48(): number {
    return this.read(24) * 0x1000000 + this.read(24);
  }

  /** To the next whole byte. */
  align(): void {
    this.#count -= this.#count % 8;
  }

  get isAtEnd(): boolean {
    return this.#count < 8 && this.#at === this.#bytes.length && this.#offset >= this.#file.bytes;
  }
}

/** One Huffman code of a block: symbols by length, as bzip2 lays them out. */
interface Code {
  readonly symbols: Uint16Array;
  /** By length: the last code of that length, and what to subtract from a code for its index in `symbols`. */
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly least: number;
  readonly most: number;
}

/**
 * Unpacks bzip2, also of several streams one after another; block and stream checksums are checked. Written by hand: no
 * maintained library reads in pieces, checks, and stays bounded on crafted run lengths.
 * @throws Bzip2Error
 */
export function* bunzip2(file: Original): Generator<Buffer> {
  const bits = new Bits(file);
  do {
    if (bits.read(24) !== 0x425a68) throw new Bzip2Error("it does not begin as bzip2");
    const level = bits.read(8) - 48;
    if (level < 1 || level > 9) throw new Bzip2Error("its block size is none");
    const links = new Int32Array(level * 100_000);
    let together = 0;
    for (;;) {
      const magic = bits.read48();
      const crc = bits.read32();
      if (magic === END_MAGIC) {
        if (crc !== together >>> 0) throw new Bzip2Error("its checksum is wrong");
        break;
      }
      if (magic !== BLOCK_MAGIC) throw new Bzip2Error("a block begins wrongly");
      const found = yield* expandRuns(links, readBlock(bits, links));
      if (found !== crc) throw new Bzip2Error("a block's checksum is wrong");
      together = ((together << 1) | (together >>> 31)) ^ crc;
    }
    bits.align();
  } while (!bits.isAtEnd);
}

/** Reads a block and inverts its Burrows-Wheeler transform into `links`: the low 8 bits are the byte, the bits above are the
 * index of the next one. Returns the first index and the number of bytes. */
function readBlock(bits: Bits, links: Int32Array): { start: number; count: number } {
  if (bits.read(1)) throw new Bzip2Error("it is of a kind from before 1997");
  const origin = bits.read(24);
  const bytes = readAlphabet(bits);
  const codes = readCodes(bits, bytes.length + 2);
  const order = Uint8Array.from(bytes);
  const end = bytes.length + 1;
  const totals = new Int32Array(257);
  let count = 0;
  let run = 0;
  let unit = 1;
  let left = 0;
  let group = 0;
  let code = codes.tables[0] as Code;
  for (;;) {
    if (left-- === 0) {
      const selector = codes.selectors[group++];
      if (selector === undefined) throw new Bzip2Error("a block has too few codes");
      code = codes.tables[selector] as Code;
      left = 49;
    }
    const symbol = readSymbol(bits, code);
    if (symbol < 2) {
      run += unit << symbol;
      unit <<= 1;
      if (run > links.length) throw new Bzip2Error("a block is too long");
      continue;
    }
    if (run > 0) {
      const byte = order[0] as number;
      if (count + run > links.length) throw new Bzip2Error("a block is too long");
      links.fill(byte, count, count + run);
      (totals[byte + 1] as number) += run;
      count += run;
      run = 0;
      unit = 1;
    }
    if (symbol === end) break;
    if (count === links.length) throw new Bzip2Error("a block is too long");
    const at = symbol - 1;
    const byte = order[at] as number;
    order.copyWithin(1, 0, at);
    order[0] = byte;
    (totals[byte + 1] as number)++;
    links[count++] = byte;
  }
  if (origin >= count) throw new Bzip2Error("a block's beginning is not in it");
  for (let i = 1; i < 257; i++) (totals[i] as number) += totals[i - 1] as number;
  for (let i = 0; i < count; i++) {
    const byte = (links[i] as number) & 0xff;
    const at = totals[byte] as number;
    totals[byte] = at + 1;
    links[at] = (links[at] as number) | (i << 8);
  }
  return { start: (links[origin] as number) >>> 8, count };
}

function readAlphabet(bits: Bits): number[] {
  const bytes: number[] = [];
  const ranges = bits.read(16);
  for (let range = 0; range < 16; range++) {
    if (!(ranges & (0x8000 >> range))) continue;
    const used = bits.read(16);
    for (let i = 0; i < 16; i++) if (used & (0x8000 >> i)) bytes.push(range * 16 + i);
  }
  if (bytes.length === 0) throw new Bzip2Error("a block uses no bytes");
  return bytes;
}

function readCodes(bits: Bits, symbols: number): { tables: Code[]; selectors: Uint8Array } {
  const groups = bits.read(3);
  if (groups < 2 || groups > 6) throw new Bzip2Error("a block has a wrong number of codes");
  const selectors = new Uint8Array(bits.read(15));
  const order = [0, 1, 2, 3, 4, 5];
  for (let i = 0; i < selectors.length; i++) {
    let at = 0;
    while (bits.read(1)) if (++at >= groups) throw new Bzip2Error("a block names a code it does not have");
    const [table] = order.splice(at, 1) as [number];
    order.unshift(table);
    selectors[i] = table;
  }
  return { tables: Array.from({ length: groups }, () => readCode(bits, symbols)), selectors };
}

function readCode(bits: Bits, symbols: number): Code {
  const lengths = new Uint8Array(symbols);
  let length = bits.read(5);
  for (let i = 0; i < symbols; i++) {
    for (;;) {
      if (length < 1 || length > MAX_CODE_BITS) throw new Bzip2Error("a code is too long");
      if (!bits.read(1)) break;
      length += bits.read(1) ? -1 : 1;
    }
    lengths[i] = length;
  }
  const least = Math.min(...lengths);
  const most = Math.max(...lengths);
  const sorted = new Uint16Array(MAX_SYMBOLS);
  const limit = new Int32Array(MAX_CODE_BITS + 2).fill(-1);
  const base = new Int32Array(MAX_CODE_BITS + 2);
  let at = 0;
  let code = 0;
  for (let bit = least; bit <= most; bit++) {
    base[bit] = code - at;
    for (let i = 0; i < symbols; i++) {
      if (lengths[i] !== bit) continue;
      sorted[at++] = i;
      code++;
    }
    limit[bit] = code - 1;
    code <<= 1;
  }
  return { symbols: sorted.subarray(0, at), limit, base, least, most };
}

function readSymbol(bits: Bits, { symbols, limit, base, least, most }: Code): number {
  let length = least;
  let code = bits.read(length);
  while (code > (limit[length] as number)) {
    if (++length > most) throw new Bzip2Error("a code stands for nothing");
    code = (code << 1) | bits.read(1);
  }
  const symbol = symbols[code - (base[length] as number)];
  if (symbol === undefined) throw new Bzip2Error("a code stands for nothing");
  return symbol;
}

/** The bytes of a block: four equal ones are followed by how many more there are. Returns their checksum. */
function* expandRuns(links: Int32Array, { start, count }: { start: number; count: number }): Generator<Buffer, number> {
  let out = Buffer.allocUnsafe(OUTPUT_PIECE_BYTES);
  let used = 0;
  let crc = 0xffffffff;
  let next = start;
  let last = -1;
  let equal = 0;
  for (let i = 0; i < count; i++) {
    const link = links[next] as number;
    const byte = link & 0xff;
    next = link >>> 8;
    let times = 1;
    let put = byte;
    if (equal === 4) {
      times = byte;
      put = last;
      equal = 0;
      last = -1;
    } else {
      equal = byte === last ? equal + 1 : 1;
      last = byte;
    }
    if (used + times > OUTPUT_PIECE_BYTES) {
      yield out.subarray(0, used);
      out = Buffer.allocUnsafe(OUTPUT_PIECE_BYTES);
      used = 0;
    }
    for (let k = 0; k < times; k++) {
      out[used++] = put;
      crc = (crc << 8) ^ (CRC_TABLE[(crc >>> 24) ^ put] as number);
    }
  }
  if (used > 0) yield out.subarray(0, used);
  return ~crc >>> 0;
}
