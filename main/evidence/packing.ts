import type { DaySystem } from "../platform/workbook/days.ts";

/** Ways of packing one stream of bytes. */
export type Compression = "gzip" | "bzip2" | "xz" | "zstd" | "deflate";
export type Packing = Exclude<Compression, "deflate"> | "zip" | "tar";

/** Bytes that are enough to tell how something is packed. */
export const SIGNATURE_BYTES = 512;

const SIGNATURES: readonly (readonly [string, Packing])[] = [
  ["1f8b08", "gzip"],
  ["504b0304", "zip"],
  ["504b0506", "zip"],
  ["28b52ffd", "zstd"],
  ["fd377a585a00", "xz"],
];

/**
 * How bytes are packed, by their first bytes and never by a name. Undefined: not packed, or in a way that Exhibit does
 * not read.
 */
export function packingOf(head: Uint8Array): Packing | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, SIGNATURE_BYTES));
  const hex = bytes.toString("hex", 0, 10);
  for (const [magic, packing] of SIGNATURES) if (hex.startsWith(magic)) return packing;
  // The first block's signature, or the signature of the end where there is no block.
  if (/^425a683[1-9](?:314159265359|177245385090)$/u.test(hex)) return "bzip2";
  // A frame that a zstd reader skips.
  if (/^5[0-9a-f]2a4d18/u.test(hex)) return "zstd";
  return isTarHeader(bytes) ? "tar" : undefined;
}

/** A block whose checksum is right. Old tars have no other signature. */
export function isTarHeader(block: Buffer): boolean {
  if (block.length < 512 || block[0] === 0) return false;
  const said = /^[\0 ]*([0-7]{1,7})[\0 ]/u.exec(block.toString("latin1", 148, 156))?.[1];
  if (said === undefined) return false;
  let sum = 8 * 32;
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += block[i] as number;
  return sum === Number.parseInt(said, 8);
}

export interface Slice {
  readonly kind: "slice";
  readonly offset: number;
  readonly length: number;
}

export interface Unpack {
  readonly kind: Compression;
  /** What the archive says of the result. */
  readonly bytes?: number;
  readonly crc32?: number;
}

/** The table of a workbook's sheet, by the parts of the workbook that make it (sheet-table.ts). */
export interface SheetStep {
  readonly kind: "sheet";
  readonly sheet: Part;
  /** The texts that cells share. */
  readonly strings?: Part;
  /** The formats that make dates of numbers. */
  readonly styles?: Part;
  readonly days: DaySystem;
}

/** Where a part of a workbook lies in it, and how it is packed there. */
export type Part = readonly (Slice | Unpack)[];

/** One step from a file as it was given towards a content inside it: a part of it, or what is made of it. */
export type Step = Slice | Unpack | SheetStep;
