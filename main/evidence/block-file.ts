import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { Refusal } from "../../shared/base/errors.ts";
import { acrossBlocks, type Original, openFile, recentBlocks } from "../platform/byte-source.ts";
import { readInto, writeAll } from "../platform/files.ts";
import { sha256Of } from "../platform/sha256.ts";

/**
 * A seekable copy of something packed: zstd frames of BLOCK_BYTES content each, one after another; then the index, in float64
 * (little-endian): the start of every frame and the end of the last; CRC-32 of every block's content; 48 bits of the SHA-256
 * of the file's own name, which says what it is a copy of; content length; number of frames; CRC-32 of the index so far;
 * SIGNATURE.
 */
const BLOCK_BYTES = 1 << 18;
const SIGNATURE = 0x45424c4b32; // "EBLK2"
/** Version 1 had no checksums. */
const OLD_SIGNATURE = 0x45424c4b31;
const NUMBER_BYTES = 8;
const FOOTER_NUMBERS = 5;

interface BlockIndex {
  readonly starts: Float64Array;
  readonly checksums: Float64Array;
  readonly bytes: number;
}

/** A copy that is not what was written. */
export class DamagedCopy extends Refusal {
  readonly file: string;

  constructor(file: string, cause?: unknown) {
    super("file-unreadable", `The unpacked copy ${file} is damaged`, "delete it and try again: it is made anew", {
      cause,
    });
    this.file = file;
  }
}

const nameKey = (file: string): number => Number.parseInt(sha256Of(path.basename(file)).slice(0, 12), 16);

/** The index as it stands behind the frames. */
function printIndex({ starts, checksums, bytes }: BlockIndex, file: string): Uint8Array {
  const numbers = Float64Array.from([...starts, ...checksums, nameKey(file), bytes, checksums.length, 0, SIGNATURE]);
  const whole = new Uint8Array(numbers.buffer);
  numbers[numbers.length - 2] = zlib.crc32(whole.subarray(0, -2 * NUMBER_BYTES));
  return whole;
}

/** Undefined where the file is missing, of an older version or a copy of something else. @throws DamagedCopy */
function checkedIndex(file: string): BlockIndex | undefined {
  let fd: number;
  try {
    fd = fs.openSync(file, "r");
  } catch {
    return undefined;
  }
  try {
    const size = fs.fstatSync(fd).size;
    const last = (count: number) => {
      const numbers = new Float64Array(count);
      readInto(fd, new Uint8Array(numbers.buffer), size - numbers.byteLength);
      return numbers;
    };
    if (size < FOOTER_NUMBERS * NUMBER_BYTES) throw new DamagedCopy(file);
    const [, , count, , signature] = last(FOOTER_NUMBERS) as unknown as [number, number, number, number, number];
    if (signature === OLD_SIGNATURE) return undefined;
    const indexBytes = (2 * count + 1 + FOOTER_NUMBERS) * NUMBER_BYTES;
    if (signature !== SIGNATURE || !Number.isSafeInteger(count) || count < 0 || indexBytes > size)
      throw new DamagedCopy(file);
    const numbers = last(indexBytes / NUMBER_BYTES);
    const starts = numbers.slice(0, count + 1);
    const checksums = numbers.slice(count + 1, 2 * count + 1);
    const [key, bytes, , crc] = numbers.slice(2 * count + 1) as unknown as [number, number, number, number];
    if (
      zlib.crc32(new Uint8Array(numbers.buffer).subarray(0, -2 * NUMBER_BYTES)) !== crc ||
      starts[count] !== size - indexBytes
    )
      throw new DamagedCopy(file);
    return key === nameKey(file) ? { starts, checksums, bytes } : undefined;
  } finally {
    fs.closeSync(fd);
  }
}

/** Undefined where the file is missing or not whole, as far as its index tells. */
export function readIndex(file: string): BlockIndex | undefined {
  try {
    return checkedIndex(file);
  } catch (error) {
    if (error instanceof DamagedCopy) return undefined;
    throw error;
  }
}

/** Whether something lies there that is not what was written. */
export function isIndexDamaged(file: string): boolean {
  try {
    checkedIndex(file);
    return false;
  } catch (error) {
    return error instanceof DamagedCopy;
  }
}

/** The length of the content, if every block of it is what was written. */
export function wholeBytes(file: string): number | undefined {
  if (!readIndex(file)) return undefined;
  const blocks = openBlocks(file, openFile(file));
  try {
    for (let at = 0; at < blocks.bytes; at += BLOCK_BYTES) blocks.read(at, BLOCK_BYTES);
    return blocks.bytes;
  } catch (error) {
    if (error instanceof DamagedCopy) return undefined;
    throw error;
  } finally {
    blocks.close();
  }
}

/** A copy goes on under another name, which its index knows. */
export function renameBlocks(file: string, target: string): void {
  const index = readIndex(file);
  if (!index) return;
  const fd = fs.openSync(file, "r+");
  try {
    writeAll(fd, printIndex(index, target), index.starts.at(-1));
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
  fs.renameSync(file, target);
}

/** Content as blocks. The target appears whole or not at all. Returns the content's length. */
export async function writeBlocks(content: AsyncIterable<Buffer>, target: string): Promise<number> {
  // Two threads, or two programs, may need the same copy at the same time: both write the same bytes, so either may win.
  const part = `${target}.${randomUUID()}.part`;
  const fd = fs.openSync(part, "w");
  let open = true;
  try {
    const starts: number[] = [0];
    const checksums: number[] = [];
    let at = 0;
    let bytes = 0;
    const writeBlock = (block: Buffer) => {
      const packed = zlib.zstdCompressSync(block, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } });
      writeAll(fd, packed);
      at += packed.length;
      bytes += block.length;
      starts.push(at);
      checksums.push(zlib.crc32(block));
    };
    let pending: Buffer[] = [];
    let pendingBytes = 0;
    for await (const piece of content) {
      pending.push(piece);
      pendingBytes += piece.length;
      if (pendingBytes < BLOCK_BYTES) continue;
      let all = Buffer.concat(pending, pendingBytes);
      while (all.length >= BLOCK_BYTES) {
        writeBlock(all.subarray(0, BLOCK_BYTES));
        all = all.subarray(BLOCK_BYTES);
      }
      pending = [all];
      pendingBytes = all.length;
    }
    if (pendingBytes > 0) writeBlock(Buffer.concat(pending, pendingBytes));
    const index = { starts: Float64Array.from(starts), checksums: Float64Array.from(checksums), bytes };
    writeAll(fd, printIndex(index, target));
    fs.fsyncSync(fd);
    fs.closeSync(fd);
    open = false;
    fs.renameSync(part, target);
    return bytes;
  } catch (error) {
    if (open) fs.closeSync(fd);
    fs.rmSync(part, { force: true });
    throw error;
  }
}

/** The content of a block file, at any offset; each block is checked first. @throws DamagedCopy, also from `read` */
export function openBlocks(file: string, plain: Original): Original {
  const index = readIndex(file);
  if (!index) throw new DamagedCopy(file);
  const { starts, checksums, bytes } = index;
  const blockAt = recentBlocks((number) => {
    const start = starts[number] as number;
    const packed = plain.read(start, (starts[number + 1] as number) - start);
    let block: Buffer;
    try {
      block = zlib.zstdDecompressSync(packed, { maxOutputLength: BLOCK_BYTES });
    } catch (error) {
      throw new DamagedCopy(file, error);
    }
    if (zlib.crc32(block) !== checksums[number] || block.length !== Math.min(BLOCK_BYTES, bytes - number * BLOCK_BYTES))
      throw new DamagedCopy(file);
    return block;
  });
  return {
    bytes,
    read(offset, length) {
      const end = Math.min(offset + length, bytes);
      return acrossBlocks(BLOCK_BYTES, blockAt, offset, end);
    },
    close: () => plain.close(),
  };
}
