import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { Gzip } from "./stable-gzip.ts";

/** Text is gathered to `TEXT_CHARACTERS` characters (short-lived strings are cheap), bytes to `PIECE_BYTES`. */
const TEXT_CHARACTERS = 1 << 13;
const PIECE_BYTES = 1 << 18;

/** A file written in large pieces, with its digest and size as it lies on the disk. */
export class Sink {
  bytes = 0;
  readonly #fd: number;
  readonly #encoding: "utf8" | "latin1";
  readonly #hash = createHash("sha256");
  readonly #gzip: Gzip | undefined;
  #text = "";
  /** With room for one more text: a record is short, a character takes at most three bytes. */
  readonly #buffer = Buffer.allocUnsafe(PIECE_BYTES + 16 * TEXT_CHARACTERS);
  #filled = 0;

  /** `latin1`: the text is of bytes already, a character each. */
  constructor(path: string, encoding: "utf8" | "latin1", compressed: boolean) {
    this.#fd = openSync(path, "wx");
    this.#encoding = encoding;
    if (compressed) {
      this.#gzip = new Gzip();
      this.#write(this.#gzip.begin());
    }
  }

  put(text: string): void {
    this.#text += text;
    if (this.#text.length >= TEXT_CHARACTERS) this.#flush();
  }

  /** The digest of the file, in hex. */
  close(): string {
    this.#flush();
    this.#release();
    if (this.#gzip) this.#write(this.#gzip.end());
    closeSync(this.#fd);
    return this.#hash.digest("hex");
  }

  #flush(): void {
    this.#filled += this.#buffer.write(this.#text, this.#filled, this.#encoding);
    this.#text = "";
    if (this.#filled >= PIECE_BYTES) this.#release();
  }

  #release(): void {
    if (this.#filled === 0) return;
    const bytes = this.#buffer.subarray(0, this.#filled);
    this.#write(this.#gzip ? this.#gzip.piece(bytes) : bytes);
    this.#filled = 0;
  }

  #write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.bytes += bytes.length;
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
  }
}
