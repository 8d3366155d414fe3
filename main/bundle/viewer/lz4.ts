/** The smallest match of an LZ4 block, the bytes at its end that are always literals, and those before the end at which no match begins. */
const [MIN_MATCH, LAST_LITERALS, NO_MATCH_WITHIN] = [4, 5, 12] as const;
const MAX_DISTANCE = 0xffff;
const HASH_BITS = 14;
/** After so many bytes without a match, as a power of two, every other byte is looked at, then every third. */
const PATIENCE = 6;

/** So much may bytes take that cannot be packed. */
export const mostPacked = (length: number): number => length + Math.ceil(length / 255) + 16;

/**
 * Packs bytes as one LZ4 block (lz4_Block_format.md): the same block for the same bytes on every machine, which no deflater of a
 * runtime promises, and unpacked by a page in a few lines.
 * @param into at least mostPacked(bytes.length) long
 * @returns how much of `into` is the block
 */
export function packLz4(bytes: Uint8Array, into: Uint8Array): number {
  const end = bytes.length;
  /** One more than where four bytes of this hash were seen last. */
  const seen = new Int32Array(1 << HASH_BITS);
  let put = 0;
  let literals = 0;
  let at = 0;
  let tries = 1 << PATIENCE;
  while (at < end - NO_MATCH_WITHIN) {
    const four = fourAt(bytes, at);
    const hash = Math.imul(four, 0x9e37_79b1) >>> (32 - HASH_BITS);
    let from = (seen[hash] as number) - 1;
    seen[hash] = at + 1;
    if (from < 0 || at - from > MAX_DISTANCE || fourAt(bytes, from) !== four) {
      at += tries++ >> PATIENCE;
      continue;
    }
    while (at > literals && from > 0 && bytes[at - 1] === bytes[from - 1]) {
      at -= 1;
      from -= 1;
    }
    const distance = at - from;
    let matched = at + MIN_MATCH;
    while (matched < end - LAST_LITERALS && bytes[matched] === bytes[matched - distance]) matched += 1;
    put = putLiterals(bytes, literals, at, matched - at - MIN_MATCH, into, put);
    into[put++] = distance & 0xff;
    into[put++] = distance >> 8;
    put = putMore(matched - at - MIN_MATCH, into, put);
    at = matched;
    literals = matched;
    tries = 1 << PATIENCE;
  }
  return putLiterals(bytes, literals, end, 0, into, put);
}

const fourAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) |
  ((bytes[at + 1] as number) << 8) |
  ((bytes[at + 2] as number) << 16) |
  ((bytes[at + 3] as number) << 24);

/** The token, the length of the literals where it is long, and the literals. */
function putLiterals(
  bytes: Uint8Array,
  from: number,
  to: number,
  match: number,
  into: Uint8Array,
  start: number,
): number {
  const count = to - from;
  let put = start;
  into[put++] = (Math.min(count, 15) << 4) | Math.min(match, 15);
  put = putMore(count, into, put);
  if (count < 32) for (let at = from; at < to; at += 1) into[put++] = bytes[at] as number;
  else {
    into.set(bytes.subarray(from, to), put);
    put += count;
  }
  return put;
}

/** What a length has over the 15 that its token can say. */
function putMore(length: number, into: Uint8Array, start: number): number {
  let put = start;
  if (length < 15) return put;
  let left = length - 15;
  for (; left >= 255; left -= 255) into[put++] = 255;
  into[put++] = left;
  return put;
}
