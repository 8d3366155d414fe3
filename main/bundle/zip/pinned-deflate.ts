import { Deflate } from "fflate";

/** fflate's output depends on how its input is cut: it always gets pieces of this size, and a last one. */
const PIECE_BYTES = 1 << 16;
const LEVEL = 6;

/**
 * The one deflater of compact bundles: JavaScript of a pinned version, so that the same content gives the same bytes on every
 * machine, whatever zlib it has.
 */
export class PinnedDeflate {
  readonly #deflate = new Deflate({ level: LEVEL });
  readonly #piece = new Uint8Array(PIECE_BYTES);
  #filled = 0;
  #made: Uint8Array[] = [];

  constructor() {
    this.#deflate.ondata = (bytes) => void this.#made.push(bytes);
  }

  /** What is packed by now of what was given since the last call. */
  *add(bytes: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + PIECE_BYTES - this.#filled);
      this.#piece.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < PIECE_BYTES) continue;
      this.#deflate.push(this.#piece.slice());
      this.#filled = 0;
      yield* this.#taken();
    }
  }

  *end(): Generator<Uint8Array> {
    this.#deflate.push(this.#piece.slice(0, this.#filled), true);
    yield* this.#taken();
  }

  *#taken(): Generator<Uint8Array> {
    const made = this.#made;
    this.#made = [];
    yield* made;
  }
}
