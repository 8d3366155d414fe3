import fs from "node:fs";
import zlib from "node:zlib";

/**
 * A seekable copy of a compressed original: zstd frames of BLOCK_BYTES content each, one after another; then a float64
 * (little-endian) for the start of every frame and the end of the last; then content length, number of frames and MARK.
 */
export const BLOCK_BYTES = 1 << 18;
const MARK = 0x45424c4b31; // "EBLK1"
const FOOTER = 24;

export interface BlockIndex {
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
    if (size < FOOTER) return undefined;
    const footer = new Float64Array(3);
    fs.readSync(fd, footer, 0, FOOTER, size - FOOTER);
    const [bytes, count, mark] = footer as unknown as [number, number, number];
    if (mark !== MARK || !Number.isSafeInteger(count) || count < 0 || FOOTER + (count + 1) * 8 > size) return undefined;
    const starts = new Float64Array(count + 1);
    fs.readSync(fd, starts, 0, starts.byteLength, size - FOOTER - starts.byteLength);
    return { starts, bytes };
  } finally {
    fs.closeSync(fd);
  }
}

/** Unpacks a gzip file into blocks. The target appears whole or not at all. */
export async function writeBlocks(source: string, target: string): Promise<void> {
  const part = `${target}.part`;
  const fd = fs.openSync(part, "w");
  try {
    const starts: number[] = [0];
    let at = 0;
    let bytes = 0;
    const put = (block: Buffer) => {
      const packed = zlib.zstdCompressSync(block, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } });
      fs.writeSync(fd, packed);
      at += packed.length;
      bytes += block.length;
      starts.push(at);
    };
    let rest: Buffer[] = [];
    let held = 0;
    const content = fs
      .createReadStream(source, { highWaterMark: 1 << 16 })
      .pipe(zlib.createGunzip({ chunkSize: BLOCK_BYTES }));
    for await (const piece of content as AsyncIterable<Buffer>) {
      rest.push(piece);
      held += piece.length;
      if (held < BLOCK_BYTES) continue;
      let all = Buffer.concat(rest, held);
      while (all.length >= BLOCK_BYTES) {
        put(all.subarray(0, BLOCK_BYTES));
        all = all.subarray(BLOCK_BYTES);
      }
      rest = [all];
      held = all.length;
    }
    if (held > 0) put(Buffer.concat(rest, held));
    fs.writeSync(fd, new Uint8Array(Float64Array.from(starts).buffer));
    fs.writeSync(fd, new Uint8Array(Float64Array.from([bytes, starts.length - 1, MARK]).buffer));
    fs.closeSync(fd);
    fs.renameSync(part, target);
  } catch (error) {
    try {
      fs.closeSync(fd);
    } catch {
      // It was closed already.
    }
    fs.rmSync(part, { force: true });
    throw error;
  }
}
