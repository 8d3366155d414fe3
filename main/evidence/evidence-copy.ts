import fs from "node:fs";

/** From so many bytes on a copy is written past the page cache: its pages are dear to make, and would push out others. */
const MIN_DIRECT_BYTES = 8 << 20;
/** What a file that is opened so takes its positions and lengths in, on every disk there is. */
const DIRECT_UNIT_BYTES = 4096;
/** Bytes that are written at once, and how many pieces may be under way while the next are read. */
export const COPY_PIECE_BYTES = 1 << 20;
const PIECES = 3;
/** WebAssembly's unit of memory. Such memory begins on a page of the system, which memory of JavaScript does not. */
const WASM_PAGE_BYTES = 1 << 16;

/**
 * The copy of a file that is being read, written in the background from the very memory that it was read into. Past the page
 * cache where the system opens it so (Linux's O_DIRECT, on most of its file systems); through it elsewhere, and behind a
 * piece whose position or length is none for that.
 */
export class EvidenceCopy {
  readonly #file: string;
  /** Past the page cache; -1: not or no more. */
  #direct = -1;
  #cached = -1;
  #bytes = 0;
  #failure: unknown;
  readonly #pieces: readonly Buffer[];
  /** By piece: settles, without failing, when nothing is written from it any more. */
  readonly #written: Promise<void>[] = [];
  #next = 0;

  /** @param bytes of the whole file, as far as is known */
  constructor(file: string, bytes: number) {
    this.#file = file;
    if (bytes >= MIN_DIRECT_BYTES) this.#direct = openDirect(file);
    if (this.#direct < 0) this.#cached = fs.openSync(file, "w", 0o600);
    const all = COPY_PIECE_BYTES * PIECES;
    const buffer =
      this.#direct < 0 ? new ArrayBuffer(all) : new WebAssembly.Memory({ initial: all / WASM_PAGE_BYTES }).buffer;
    this.#pieces = Array.from({ length: PIECES }, (_, index) =>
      Buffer.from(buffer, index * COPY_PIECE_BYTES, COPY_PIECE_BYTES),
    );
  }

  /** Memory to read the next piece into, once nothing is written from it any more. */
  async piece(): Promise<Buffer> {
    this.#next = (this.#next + 1) % PIECES;
    await this.#written[this.#next];
    if (this.#failure !== undefined) throw this.#failure;
    return this.#pieces[this.#next] as Buffer;
  }

  /** Begins to write the first bytes of the piece that was given last. It stays as it is until it is given again. */
  write(length: number): void {
    const piece = (this.#pieces[this.#next] as Buffer).subarray(0, length);
    const at = this.#bytes;
    this.#bytes += length;
    this.#written[this.#next] = this.#writeAll(piece, at).catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  async #writeAll(piece: Buffer, position: number): Promise<void> {
    if (this.#direct >= 0 && position % DIRECT_UNIT_BYTES === 0 && piece.length % DIRECT_UNIT_BYTES === 0) {
      try {
        const written = await writeAt(this.#direct, piece, position);
        if (written === piece.length) return;
      } catch (error) {
        // What it takes its positions in may be more than was thought.
        if ((error as { code?: string }).code !== "EINVAL") throw error;
      }
    }
    if (this.#cached < 0) this.#cached = fs.openSync(this.#file, "r+");
    for (let at = 0; at < piece.length; ) at += await writeAt(this.#cached, piece.subarray(at), position + at);
  }

  /** All of it on the disk, with the dates of the file that it copies. */
  async end({ atime, mtime }: fs.Stats): Promise<void> {
    await Promise.all(this.#written);
    if (this.#failure !== undefined) throw this.#failure;
    const fd = this.#cached >= 0 ? this.#cached : this.#direct;
    fs.futimesSync(fd, atime, mtime);
    await new Promise<void>((resolve, reject) => fs.fsync(fd, (error) => (error ? reject(error) : resolve())));
  }

  /** Nothing is written any more when this is done. */
  async close(): Promise<void> {
    await Promise.all(this.#written);
    if (this.#direct >= 0) fs.closeSync(this.#direct);
    if (this.#cached >= 0) fs.closeSync(this.#cached);
  }
}

function openDirect(file: string): number {
  const { O_DIRECT, O_WRONLY, O_CREAT, O_TRUNC } = fs.constants as { O_DIRECT?: number } & typeof fs.constants;
  if (O_DIRECT === undefined) return -1;
  try {
    return fs.openSync(file, O_WRONLY | O_CREAT | O_TRUNC | O_DIRECT, 0o600);
  } catch {
    // No such thing on this file system: whatever else is wrong, opening it plainly says.
    return -1;
  }
}

const writeAt = (fd: number, bytes: Buffer, position: number): Promise<number> =>
  new Promise((resolve, reject) => {
    fs.write(fd, bytes, 0, bytes.length, position, (error, written) => (error ? reject(error) : resolve(written)));
  });
