import fs from "node:fs";
import path from "node:path";

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

/** A whole file, on the disk when this returns. */
export function writeDurably(file: string, bytes: Uint8Array | string): void {
  const fd = fs.openSync(file, "w");
  try {
    writeAll(fd, typeof bytes === "string" ? Buffer.from(bytes, "utf8") : bytes);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Makes a folder and those above it that are missing, one by one. Node's own way waits for ever in some that no program can write. */
export function makeFolders(folder: string): void {
  const missing: string[] = [];
  for (let at = folder; !fs.existsSync(at); at = path.dirname(at)) missing.unshift(at);
  for (const each of missing) fs.mkdirSync(each);
}

/** Makes sure that the names in a folder outlast a power cut. Windows has no such call, and keeps them by itself. */
export function syncFolder(folder: string): void {
  let fd: number | undefined;
  try {
    fd = fs.openSync(folder, "r");
    fs.fsyncSync(fd);
  } catch (error) {
    if (!["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"].includes((error as { code?: string }).code ?? ""))
      throw error;
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

/** Whether the file system refused something, and not our own code. */
export const isSystemError = (error: unknown): boolean => typeof (error as { syscall?: unknown }).syscall === "string";
