import { randomUUID } from "node:crypto";
import fs from "node:fs";
import zlib from "node:zlib";
import { acrossBlocks, type Original } from "../platform/byte-source.ts";
import { writeAll } from "../platform/files.ts";

/**
 * A seekable copy of something packed: zstd frames of BLOCK_BYTES content each, one after another; then a float64
 * (little-endian) for the start of every frame and the end of the last; then content length, number of frames and SIGNATURE.
 */
const BLOCK_BYTES = 1 << 18;
const SIGNATURE = 0x45424c4b31; // "EBLK1"
const FOOTER_BYTES = 24;

interface BlockIndex {
  readonly starts: Float64Array;
  readonly bytes: number;
}

/** Undefined where the file is missing or not whole. */
export function readIndex(file: string): BlockIndex | undefined {
  let fd: number;
  try {
    fd = fs.openSync(file, "r");
  } catch {
    return undefined;
  }
  try {
    const size = fs.fstatSync(fd).size;
    if (size < FOOTER_BYTES) return undefined;
    const footer = new Float64Array(3);
    fs.readSync(fd, footer, 0, FOOTER_BYTES, size - FOOTER_BYTES);
    const [bytes, count, signature] = footer as unknown as [number, number, number];
    if (signature !== SIGNATURE || !Number.isSafeInteger(count) || count < 0 || FOOTER_BYTES + (count + 1) * 8 > size)
      return undefined;
    const starts = new Float64Array(count + 1);
    fs.readSync(fd, starts, 0, starts.byteLength, size - FOOTER_BYTES - starts.byteLength);
    return { starts, bytes };
  } finally {
    fs.closeSync(fd);
  }
}

/** Content as blocks. The target appears whole or not at all. Returns the content's length. */
export async function writeBlocks(content: AsyncIterable<Buffer>, target: string): Promise<number> {
  // Two threads, or two programs, may need the same copy at the same time: both write the same bytes, so either may win.
  const part = `${target}.${randomUUID()}.part`;
  const fd = fs.openSync(part, "w");
  let open = true;
  try {
    const starts: number[] = [0];
    let at = 0;
    let bytes = 0;
    const writeBlock = (block: Buffer) => {
      const packed = zlib.zstdCompressSync(block, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } });
      writeAll(fd, packed);
      at += packed.length;
      bytes += block.length;
      starts.push(at);
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
    writeAll(fd, new Uint8Array(Float64Array.from(starts).buffer));
    writeAll(fd, new Uint8Array(Float64Array.from([bytes, starts.length - 1, SIGNATURE]).buffer));
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

/** The content of a block file, at any offset. */
export function openBlocks(file: string, plain: Original): Original {
  const index = readIndex(file);
  if (!index) throw new Error(`${file} is no block file`);
  const { starts, bytes } = index;
  let last = -1;
  let block: Buffer = Buffer.alloc(0);
  const blockAt = (number: number): Buffer => {
    if (number !== last) {
      const start = starts[number] as number;
      block = zlib.zstdDecompressSync(plain.read(start, (starts[number + 1] as number) - start), {
        maxOutputLength: BLOCK_BYTES,
      });
      last = number;
    }
    return block;
  };
  return {
    bytes,
    read(offset, length) {
      const end = Math.min(offset + length, bytes);
      return acrossBlocks(BLOCK_BYTES, blockAt, offset, end);
    },
    close: () => plain.close(),
  };
}
