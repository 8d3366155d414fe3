import fs from "node:fs";
import { writeAll } from "../../platform/files.ts";

const BYTES = 1 << 20;
/** A UTF-16 unit has at most so many bytes as UTF-8. */
const BYTES_OF_UNIT = 3;

/** A new file written in pieces, text as UTF-8. They are gathered as bytes: long texts that grow piece by piece cost memory. */
export class PieceFile {
  /** Bytes that were given to it. */
  size = 0;
  readonly #descriptor: number;
  readonly #bytes = Buffer.allocUnsafe(BYTES);
  #gathered = 0;

  constructor(file: string) {
    this.#descriptor = fs.openSync(file, "wx");
  }

  write(piece: string | Buffer): void {
    const most = typeof piece === "string" ? piece.length * BYTES_OF_UNIT : piece.length;
    if (this.#gathered + most > BYTES) this.#flush();
    if (most > BYTES) {
      const bytes = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
      writeAll(this.#descriptor, bytes);
      this.size += bytes.length;
      return;
    }
    const length =
      typeof piece === "string" ? this.#bytes.write(piece, this.#gathered) : piece.copy(this.#bytes, this.#gathered);
    this.#gathered += length;
    this.size += length;
  }

  #flush(): void {
    writeAll(this.#descriptor, this.#bytes.subarray(0, this.#gathered));
    this.#gathered = 0;
  }

  close(): void {
    this.#flush();
    fs.closeSync(this.#descriptor);
  }
}
