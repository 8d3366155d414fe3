import type { RandomReader } from "./random-reader.ts";
import { CENTRAL, COUNT_IN_ZIP64, END, END64, IN_ZIP64, LOCAL, LOCATOR64 } from "./zip-records.ts";

/** One entry as its headers describe it; nothing of it is trusted before it is checked. */
export interface ZipMember {
  readonly name: string;
  readonly flags: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of its local header, in bytes from the start of the file. */
  readonly offset: number;
  /** Upper 16 bits: Unix mode, if it was written on Unix. */
  readonly attributes: number;
  /** The header's own bytes, to compare with the ones it should have. */
  readonly header: Buffer;
}

export interface ZipDirectory {
  readonly members: ZipMember[];
  /** Where the central directory begins in the file; undefined if the members were found by walking local headers. */
  readonly start: number | undefined;
  /** Where its last header ends. */
  readonly end: number;
}

/** A directory larger than this is not read: about two million files. */
const MAX_DIRECTORY_BYTES = 256 << 20;
/** The end record is searched for in this many bytes at the end of the file. */
const TAIL_BYTES = 1 << 20;

/**
 * The list of entries: from the central directory, or, where that is missing or damaged, by walking local headers from the
 * start, so that the contents of a damaged zip can still be compared. `note` receives what is wrong, as sentences.
 */
export async function readDirectory(file: RandomReader, note: (fault: string) => void): Promise<ZipDirectory> {
  const found = await findEnd(file);
  if (found === undefined) {
    note("the zip's end record is missing: it was cut off or overwritten");
  } else if (found.start + found.size > found.endsAt || found.start < 0 || found.size > MAX_DIRECTORY_BYTES) {
    note("the zip's end record points outside of the zip");
  } else {
    const bytes = await file.read(found.start, found.size);
    const members = parseCentral(bytes, found.count);
    if (typeof members === "object") {
      const moved =
        found.moved === 0 ? members : await Promise.all(members.map((each) => moveBack(file, each, found.moved)));
      return { members: moved, start: found.start, end: found.start + bytes.length };
    }
    note(members);
  }
  return walkLocals(file);
}

interface End {
  readonly count: number;
  readonly size: number;
  readonly start: number;
  readonly endsAt: number;
  /** How much further behind the directory lies than it should: bytes were put in somewhere before it. */
  readonly moved: number;
}

async function findEnd(file: RandomReader): Promise<End | undefined> {
  const tailStart = Math.max(0, file.size - TAIL_BYTES);
  const tail = await file.read(tailStart, file.size - tailStart);
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(END);
  for (let at = tail.lastIndexOf(signature); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(signature, at - 1)) {
    if (at + 22 > tail.length) continue;
    const end = tail.subarray(at, at + 22);
    const plain = {
      count: end.readUInt16LE(10),
      size: end.readUInt32LE(12),
      offset: end.readUInt32LE(16),
      endsAt: tailStart + at,
    };
    const needs64 = plain.count === COUNT_IN_ZIP64 || plain.size === IN_ZIP64 || plain.offset === IN_ZIP64;
    const whole = needs64 ? ((await findEnd64(file, plain.endsAt)) ?? plain) : plain;
    // The directory should be where the end record says, right before that record. Otherwise these offsets are tried.
    const before = whole.endsAt - whole.size;
    const start = before === whole.offset || (await hasSignature(file, whole.offset, CENTRAL)) ? whole.offset : before;
    return { count: whole.count, size: whole.size, start, endsAt: whole.endsAt, moved: start - whole.offset };
  }
  return undefined;
}

async function hasSignature(file: RandomReader, offset: number, signature: number): Promise<boolean> {
  const bytes = await file.read(offset, 4);
  return bytes.length === 4 && bytes.readUInt32LE() === signature;
}

/** The member with its true offset, if bytes were inserted before it. */
async function moveBack(file: RandomReader, member: ZipMember, moved: number): Promise<ZipMember> {
  if (await hasSignature(file, member.offset, LOCAL)) return member;
  const offset = member.offset + moved;
  return (await hasSignature(file, offset, LOCAL)) ? { ...member, offset } : member;
}

async function findEnd64(file: RandomReader, endsAt: number) {
  if (endsAt < 76) return undefined;
  const locator = await file.read(endsAt - 20, 20);
  if (locator.length < 20 || locator.readUInt32LE() !== LOCATOR64) return undefined;
  const said = Number(locator.readBigUInt64LE(8));
  for (const at of [said, endsAt - 76]) {
    if (!Number.isSafeInteger(at) || at > endsAt - 76) continue;
    const bytes = await file.read(at, 56);
    if (bytes.length < 56 || bytes.readUInt32LE() !== END64) continue;
    const number = (offset: number) => Number(bytes.readBigUInt64LE(offset));
    const end = { count: number(32), size: number(40), offset: number(48), endsAt: at };
    if (Object.values(end).every(Number.isSafeInteger)) return end;
  }
  return undefined;
}

/** The members of a central directory, or what is wrong with it. */
function parseCentral(bytes: Buffer, count: number): ZipMember[] | string {
  const members: ZipMember[] = [];
  let at = 0;
  while (at < bytes.length) {
    const where = `entry ${members.length + 1} of the zip's directory`;
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) return `${where} is damaged`;
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const next = extraEnd + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) return `${where} reaches past the directory's end`;
    const sizes = wide(
      [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)],
      bytes.subarray(nameEnd, extraEnd),
    );
    if (sizes === undefined) return `${where} has a zip64 field that does not fit`;
    const [size, packed, offset] = sizes as [number, number, number];
    members.push({
      name: decodeName(bytes.subarray(at + 46, nameEnd)),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed,
      size,
      offset,
      attributes: bytes.readUInt16LE(at + 4) >> 8 === 3 ? bytes.readUInt32LE(at + 38) : 0,
      header: bytes.subarray(at, next),
    });
    at = next;
  }
  return members.length === count
    ? members
    : `the zip's end record counts ${count} entries, its directory has ${members.length}`;
}

async function walkLocals(file: RandomReader): Promise<ZipDirectory> {
  const members: ZipMember[] = [];
  let at = 0;
  while (at < file.size) {
    const local = await readLocal(file, at);
    // With a data descriptor (flag 3) the size follows the content, so the walk cannot go on.
    if (local === undefined || (local.flags & 8) !== 0) break;
    members.push(local);
    at += local.header.length + local.packed;
  }
  return { members, start: undefined, end: at };
}

/** The local header at `offset`; undefined if there is none or it is cut off. */
export async function readLocal(file: RandomReader, offset: number): Promise<ZipMember | undefined> {
  const bytes = await file.read(offset, 30);
  if (bytes.length < 30 || bytes.readUInt32LE() !== LOCAL) return undefined;
  const nameLength = bytes.readUInt16LE(26);
  const rest = await file.read(offset + 30, nameLength + bytes.readUInt16LE(28));
  if (rest.length < nameLength + bytes.readUInt16LE(28)) return undefined;
  const sizes = wide([bytes.readUInt32LE(22), bytes.readUInt32LE(18)], rest.subarray(nameLength));
  if (sizes === undefined) return undefined;
  const [size, packed] = sizes as [number, number];
  return {
    name: decodeName(rest.subarray(0, nameLength)),
    flags: bytes.readUInt16LE(6),
    method: bytes.readUInt16LE(8),
    crc: bytes.readUInt32LE(14),
    packed,
    size,
    offset,
    attributes: 0,
    header: Buffer.concat([bytes, rest]),
  };
}

/** Numbers that did not fit into 32 bits, read from the zip64 extra field in their order; undefined if it is wrong. */
function wide(values: number[], extra: Buffer): number[] | undefined {
  if (!values.includes(IN_ZIP64)) return values;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let used = 0;
    const wider = values.map((value) => {
      if (value !== IN_ZIP64) return value;
      used += 8;
      return used > field.length ? Number.NaN : Number(field.readBigUInt64LE(used - 8));
    });
    return wider.every(Number.isSafeInteger) ? wider : undefined;
  }
  return undefined;
}

/** UTF-8 where it is valid, else Latin-1: old zips do not say which code page they use. */
function decodeName(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString("latin1");
  }
}
