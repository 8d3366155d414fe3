import { createHash } from "node:crypto";
import fs from "node:fs";

/** Bytes of a file that are read at a time, at most. */
const BLOCK = 1 << 20;
const LEAST = 1 << 12;

/** In hex; text is hashed as its UTF-8. */
export const sha256Of = (bytes: string | Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Of all bytes of a file, in hex. `each` sees them too. */
export function sha256OfFile(file: string, each?: (piece: Uint8Array) => void): string {
  const hash = createHash("sha256");
  const fd = fs.openSync(file, "r");
  try {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, Math.max(LEAST, fs.fstatSync(fd).size)));
    for (let got = fs.readSync(fd, block); got > 0; got = fs.readSync(fd, block)) {
      hash.update(block.subarray(0, got));
      each?.(block.subarray(0, got));
    }
  } finally {
    fs.closeSync(fd);
  }
  return hash.digest("hex");
}
