import fs from "node:fs";
import { readInto } from "./files.ts";

/** Bytes read at once, so that neighbouring records need one call. */
const WINDOW_BYTES = 1 << 17;

/** The uncompressed bytes of a source, at any offset. Close it after use. */
export interface Original {
  readonly bytes: number;
  /** Shorter where the content ends before. */
  read(offset: number, length: number): Buffer;
  close(): void;
}

/** Reads records that mostly follow one another: a piece at a time instead of a line at a time. */
export class Windowed {
  readonly #original: Original;
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(original: Original) {
    this.#original = original;
  }

  /** Valid as long as the caller keeps it. The bytes are never overwritten. */
  read(offset: number, length: number): Buffer {
    if (offset < this.#start || offset + length > this.#start + this.#bytes.length) {
      this.#bytes = this.#original.read(offset, Math.max(length, WINDOW_BYTES));
      this.#start = offset;
    }
    return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
  }

  close(): void {
    this.#original.close();
  }
}

export function openFile(file: string): Original {
  const fd = fs.openSync(file, "r");
  return {
    bytes: fs.fstatSync(fd).size,
    read(offset, length) {
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, readInto(fd, bytes, offset));
    },
    close: () => fs.closeSync(fd),
  };
}

/** From `offset` to before `end` of content that is had a block of `size` bytes at a time, the last one shorter. */
export function acrossBlocks(size: number, blockAt: (index: number) => Buffer, offset: number, end: number): Buffer {
  const pieces: Buffer[] = [];
  for (let at = offset; at < end; ) {
    const index = Math.floor(at / size);
    const piece = blockAt(index).subarray(at - index * size, end - index * size);
    pieces.push(piece);
    at += piece.length;
  }
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
}

/** Blocks that are kept, for reading at a few places in turn. */
const MAX_RECENT_BLOCKS = 4;

/** The same blocks, of which those had last are not had again. */
export function recentBlocks(blockAt: (index: number) => Buffer): (index: number) => Buffer {
  const recent = new Map<number, Buffer>();
  return (index) => {
    let block = recent.get(index);
    if (!block) {
      block = blockAt(index);
      if (recent.size === MAX_RECENT_BLOCKS) recent.delete(recent.keys().next().value as number);
      recent.set(index, block);
    }
    return block;
  };
}

/** A part of something. Closing it leaves what it is a part of open. */
export const sliceOf = (
  outer: Original,
  { offset: start, length: bytes }: { offset: number; length: number },
): Original => ({
  bytes,
  read: (offset, length) => outer.read(start + offset, Math.max(0, Math.min(length, bytes - offset))),
  close: () => undefined,
});
