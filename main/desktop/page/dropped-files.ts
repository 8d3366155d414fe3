import fs from "node:fs";
import path from "node:path";

/** Bytes of a zip's local header before the name, and as much of a name as a bundle's first can have. */
const ZIP_HEADER_BYTES = 30;
const MAX_NAME_BYTES = 200;

/** As a page is told it, but by paths. */
type Dropped =
  | { readonly kind: "case"; readonly folder: string }
  | { readonly kind: "bundle"; readonly target: string }
  | { readonly kind: "files"; readonly files: readonly string[] };

/** What dropped paths are, by what is there: a case's folder, a bundle, or files to import. */
export function droppedOf(paths: readonly string[]): Dropped {
  const [first = ""] = paths;
  const folder = path.basename(first) === "case.db" ? path.dirname(first) : first;
  if (paths.length === 1) {
    if (fs.existsSync(path.join(folder, "case.db"))) return { kind: "case", folder };
    if (fs.existsSync(path.join(first, "bagit.txt")) || isBundle(first)) return { kind: "bundle", target: first };
  }
  return { kind: "files", files: paths };
}

/** A zip whose first entry is a bag's first file, as in every bundle. Other zips are archives of logs. The file's name says nothing. */
function isBundle(file: string): boolean {
  try {
    const descriptor = fs.openSync(file, "r");
    try {
      const head = Buffer.alloc(ZIP_HEADER_BYTES + MAX_NAME_BYTES);
      const got = fs.readSync(descriptor, head);
      if (got < ZIP_HEADER_BYTES || head.readUInt32LE(0) !== 0x04034b50) return false;
      const name = head.toString("utf8", ZIP_HEADER_BYTES, Math.min(got, ZIP_HEADER_BYTES + head.readUInt16LE(26)));
      return /^[^/]+\/bagit\.txt$/u.test(name);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return false;
  }
}
