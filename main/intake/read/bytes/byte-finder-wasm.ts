/**
 * A WebAssembly module, written down instruction by instruction (https://webassembly.github.io/spec/core/binary/), so
 * that source and bytes cannot part. In words:
 *
 *     find(to, base, out, a, b, c, d):               // the bytes lie from 0 to `to` in the module's memory
 *       for (at = 0; at < to; at += 16)
 *         bits = which of the 16 bytes at `at` are a, b, c or d
 *         for (; bits; bits &= bits - 1) { store(out, base + at + trailing zeros of bits); out += 4 }
 *       return out                                   // behind the last position stored
 */
const I32 = 0x7f;
const V128 = 0x7b;
const VOID = 0x40;

const [TO, BASE, OUT, A, B, C, D, AT, BITS, VA, VB, VC, VD, V] = Array.from({ length: 14 }, (_, i) => i) as number[];

const get = (local: number | undefined) => [0x20, local as number];
const set = (local: number | undefined) => [0x21, local as number];
const tee = (local: number | undefined) => [0x22, local as number];
/** Of numbers below 64 alone: one byte. */
const constant = (value: number) => [0x41, value];
const add = 0x6a;
const subtract = 0x6b;
const and = 0x71;
const countTrailingZeros = 0x68;
const isBelow = 0x49;
const store = [0x36, 2, 0];
const loadVector = [0xfd, 0x00, 0, 0];
const splat = [0xfd, 0x0f];
const equalBytes = [0xfd, 0x23];
const orVectors = [0xfd, 0x50];
const bitmask = [0xfd, 0x64];
const loop = [0x03, VOID];
const when = [0x04, VOID];
const end = 0x0b;
const branchIf = (depth: number) => [0x0d, depth];

const vectorOf = (byte: number | undefined, vector: number | undefined) => [...get(byte), ...splat, ...set(vector)];
const equals = (vector: number | undefined) => [...get(V), ...get(vector), ...equalBytes];

const body = [
  ...vectorOf(A, VA),
  ...vectorOf(B, VB),
  ...vectorOf(C, VC),
  ...vectorOf(D, VD),
  ...loop,
  ...[...get(AT), ...loadVector, ...set(V)],
  ...[...equals(VA), ...equals(VB), ...orVectors, ...equals(VC), ...orVectors, ...equals(VD), ...orVectors],
  ...[...bitmask, ...tee(BITS)],
  ...when,
  ...loop,
  ...[...get(OUT), ...get(BASE), ...get(AT), add, ...get(BITS), countTrailingZeros, add, ...store],
  ...[...get(OUT), ...constant(4), add, ...set(OUT)],
  ...[...get(BITS), ...get(BITS), ...constant(1), subtract, and, ...tee(BITS), ...branchIf(0)],
  end,
  end,
  ...[...get(AT), ...constant(16), add, ...tee(AT), ...get(TO), isBelow, ...branchIf(0)],
  end,
  ...get(OUT),
  end,
];

/** A vector of a section: what it holds behind its length, which is below 16,384. */
const sized = (bytes: readonly number[]) =>
  bytes.length < 0x80 ? [bytes.length, ...bytes] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7, ...bytes];
const section = (id: number, bytes: readonly number[]) => [id, ...sized(bytes)];
const text = (name: string) => sized([...Buffer.from(name)]);

const locals = [2, 2, I32, 5, V128];
/** Pages of 64 KiB: the bytes, the positions, and what is left over. */
const MEMORY_PAGES = 6;

export const MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [1, 0x60, ...sized([I32, I32, I32, I32, I32, I32, I32]), ...sized([I32])]),
  ...section(3, [1, 0]),
  ...section(5, [1, 0, MEMORY_PAGES]),
  ...section(7, [2, ...text("find"), 0, 0, ...text("memory"), 2, 0]),
  ...section(10, [1, ...sized([...locals, ...body])]),
]);
