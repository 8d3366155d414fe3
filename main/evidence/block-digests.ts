import { createHash, type Hash } from "node:crypto";
import fs from "node:fs";
import { acrossBlocks, type Original, recentBlocks } from "../platform/byte-source.ts";
import { readInto } from "../platform/files.ts";

/** Bytes of a file that have a digest of their own. */
export const DIGESTED_BYTES = 1 << 20;
const DIGEST_BYTES = 32;

/** What the pieces of a file were when it was taken into evidence. */
export interface Digests {
  readonly bytes: number;
  readonly block_bytes: number;
  /** SHA-256 of each block, one after another. */
  readonly digests: Uint8Array;
}

/** SHA-256 of every block of a file that is read from its first byte. */
export class BlockDigests {
  readonly blockBytes = DIGESTED_BYTES;
  readonly #digests: Buffer[] = [];
  #hash: Hash = createHash("sha256");
  #blockFill = 0;
  #bytes = 0;

  update(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + DIGESTED_BYTES - this.#blockFill);
      this.#hash.update(piece);
      this.#blockFill += piece.length;
      at += piece.length;
      if (this.#blockFill === DIGESTED_BYTES) this.#finish();
    }
  }

  /** Whether these are the digests of what was read. Nothing can be added afterwards. */
  equals({ bytes, block_bytes, digests }: Digests): boolean {
    return block_bytes === this.blockBytes && bytes === this.#bytes && Buffer.from(digests).equals(this.end());
  }

  #finish(): void {
    this.#digests.push(this.#hash.digest());
    this.#hash = createHash("sha256");
    this.#blockFill = 0;
  }

  end(): Uint8Array {
    if (this.#blockFill > 0) this.#finish();
    return new Uint8Array(Buffer.concat(this.#digests));
  }
}

/**
 * A file's bytes, each block compared with its digest before any of it is given out. Without digests it is read as it is.
 * @param differs what is thrown where a block, by its first byte, is not what it was; without one the size is another
 */
export function openDigested(fd: number, known: Digests | undefined, differs: (at?: number) => Error): Original {
  const bytes = fs.fstatSync(fd).size;
  const size = known?.block_bytes ?? DIGESTED_BYTES;
  if (known && bytes !== known.bytes) {
    fs.closeSync(fd);
    throw differs();
  }
  const blockAt = recentBlocks((index) => {
    const read = Buffer.allocUnsafe(Math.min(size, bytes - index * size));
    const got = readInto(fd, read, index * size);
    const digest = known?.digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
    if (got < read.length || (digest && !createHash("sha256").update(read).digest().equals(digest)))
      throw differs(index * size);
    return read;
  });
  return {
    bytes,
    read: (offset, length) => acrossBlocks(size, blockAt, offset, Math.min(offset + length, bytes)),
    close: () => fs.closeSync(fd),
  };
}
