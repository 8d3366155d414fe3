/**
 * The records of a zip (PKWARE APPNOTE.TXT 4.3) in the one shape a bundle's zip has: stored, or every entry that is not empty
 * deflated, dated 1980-01-01 00:00, no comment, no extra field but zip64, no data descriptor. The writer writes these bytes, the verifier compares with them.
 */
export interface Record {
  /** ASCII, `/` between folders. */
  readonly name: string;
  readonly crc: number;
  /** Bytes, unpacked. */
  readonly size: number;
  readonly method: Method;
  /** Bytes in the zip; of a stored entry `size`. */
  readonly packed: number;
}

export const STORED = 0 as const;
export const DEFLATED = 8 as const;
export type Method = typeof STORED | typeof DEFLATED;

/** How an entry of a bundle's zip is kept: one way for all of them, but that nothing need not be packed. */
export const methodOf = (isCompact: boolean, size: number): Method => (isCompact && size > 0 ? DEFLATED : STORED);

/** `offset`: where its local header begins, in bytes from the start of the zip. */
export type PlacedRecord = Record & { readonly offset: number };

export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const END = 0x06054b50;
export const END64 = 0x06064b50;
export const LOCATOR64 = 0x07064b50;

/** Fields of this value are read from the zip64 record instead. */
export const IN_ZIP64 = 0xffffffff;
export const COUNT_IN_ZIP64 = 0xffff;

const VERSION = 20;
const VERSION_ZIP64 = 45;
const MADE_ON_UNIX = 3 << 8;
const PLAIN_FILE = (0o100644 << 16) >>> 0;
const JANUARY_1_1980 = 0x0021;

const isLarge = (value: number) => value >= IN_ZIP64;

/** A zip64 extra field (APPNOTE 4.5.3) of those numbers; empty without any. */
function zip64(values: number[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0);
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [at, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * at);
  return extra;
}

/** The part that local and central headers share (version needed up to the length of the extra field). */
function common(record: Record, version: number, extra: Buffer): Buffer {
  const head = Buffer.alloc(26);
  const isWide = isLarge(record.size);
  head.writeUInt16LE(version, 0);
  head.writeUInt16LE(record.method, 4);
  head.writeUInt16LE(JANUARY_1_1980, 8);
  head.writeUInt32LE(record.crc, 10);
  head.writeUInt32LE(isWide ? IN_ZIP64 : record.packed, 14);
  head.writeUInt32LE(isWide ? IN_ZIP64 : record.size, 18);
  head.writeUInt16LE(Buffer.byteLength(record.name), 22);
  head.writeUInt16LE(extra.length, 24);
  return head;
}

export function localHeader(record: Record): Buffer {
  const extra = zip64(isLarge(record.size) ? [record.size, record.packed] : []);
  const version = extra.length > 0 ? VERSION_ZIP64 : VERSION;
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(LOCAL);
  return Buffer.concat([signature, common(record, version, extra), Buffer.from(record.name), extra]);
}

export function centralHeader(record: PlacedRecord): Buffer {
  const { size, packed, offset } = record;
  const extra = zip64([...(isLarge(size) ? [size, packed] : []), ...(isLarge(offset) ? [offset] : [])]);
  const version = extra.length > 0 ? VERSION_ZIP64 : VERSION;
  const start = Buffer.alloc(6);
  start.writeUInt32LE(CENTRAL, 0);
  start.writeUInt16LE(MADE_ON_UNIX | version, 4);
  const end = Buffer.alloc(14);
  end.writeUInt32LE(PLAIN_FILE, 6);
  end.writeUInt32LE(isLarge(offset) ? IN_ZIP64 : offset, 10);
  return Buffer.concat([start, common(record, version, extra), end, Buffer.from(record.name), extra]);
}

/** What follows the central directory: zip64 records if needed, and the end record. */
export function endRecords(count: number, directorySize: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  const short = Math.min(count, COUNT_IN_ZIP64);
  end.writeUInt16LE(short, 8);
  end.writeUInt16LE(short, 10);
  end.writeUInt32LE(Math.min(directorySize, IN_ZIP64), 12);
  end.writeUInt32LE(Math.min(directoryOffset, IN_ZIP64), 16);
  if (count < COUNT_IN_ZIP64 && !isLarge(directorySize) && !isLarge(directoryOffset)) return end;

  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(END64, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(MADE_ON_UNIX | VERSION_ZIP64, 12);
  end64.writeUInt16LE(VERSION_ZIP64, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(directorySize), 40);
  end64.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(LOCATOR64, 0);
  locator.writeBigUInt64LE(BigInt(directoryOffset + directorySize), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}
