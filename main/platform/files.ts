import fs from "node:fs";

/** Writes all of it: one call may take less than it is given. Without a position, where the file stands. */
export function writeAll(fd: number, bytes: Uint8Array, position?: number): void {
  for (let at = 0; at < bytes.length; )
    at += fs.writeSync(fd, bytes, at, bytes.length - at, position === undefined ? null : position + at);
}

/** Fills `bytes` from there on: one call may give less than it is asked for. Returns how many there were. */
export function readInto(fd: number, bytes: Uint8Array, position: number): number {
  let at = 0;
  while (at < bytes.length) {
    const got = fs.readSync(fd, bytes, at, bytes.length - at, position + at);
    if (got === 0) break;
    at += got;
  }
  return at;
}
