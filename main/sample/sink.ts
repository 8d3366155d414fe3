import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { Gzip } from "./gzip.ts";

const PIECE = 1 << 18;

/** A file written in large pieces, with its digest and size as it lies on the disk. */
export class Sink {
  bytes = 0;
  readonly #fd: number;
  readonly #encoding: "utf8" | "latin1";
  readonly #hash = createHash("sha256");
  readonly #gzip: Gzip | undefined;
  #text = "";

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
    if (this.#text.length >= PIECE) this.#flush();
  }

  /** The digest of the file, in hex. */
  close(): string {
    if (this.#text !== "") this.#flush();
    if (this.#gzip) this.#write(this.#gzip.end());
    closeSync(this.#fd);
    return this.#hash.digest("hex");
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text, this.#encoding);
    this.#text = "";
    this.#write(this.#gzip ? this.#gzip.piece(bytes) : bytes);
  }

  #write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.bytes += bytes.length;
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
  }
}
