import fs from "node:fs";
import path from "node:path";
import type { Dropped } from "../../shared/desktop.ts";

/** What dropped paths are, by what is there: a case's folder, a bundle, or files to import. */
export function droppedOf(paths: readonly string[]): Dropped {
  const [first = ""] = paths;
  const folder = path.basename(first) === "case.db" ? path.dirname(first) : first;
  if (paths.length === 1) {
    if (fs.existsSync(path.join(folder, "case.db"))) return { kind: "case", folder };
    if (fs.existsSync(path.join(first, "bagit.txt")) || isZip(first)) return { kind: "bundle", target: first };
  }
  return { kind: "files", files: paths };
}

/** By its first bytes: a name says nothing. Archives of logs are not read by Exhibit, so a zip can only be a bundle. */
function isZip(file: string): boolean {
  try {
    const descriptor = fs.openSync(file, "r");
    try {
      const head = Buffer.alloc(4);
      return fs.readSync(descriptor, head) === 4 && head.readUInt32LE(0) === 0x04034b50;
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return false;
  }
}
