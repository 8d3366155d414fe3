import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import type { AttachedFile } from "../../shared/model/accountability/remedy.ts";
import type { Case } from "../case/case.ts";
import { syncFolder, writeAll } from "../platform/files.ts";
import { sha256OfFile } from "../platform/sha256.ts";
import { unreadable } from "../platform/system-errors.ts";

/** Bytes read at once. */
const PIECE_BYTES = 1 << 20;

/**
 * Copies a file that an act names into evidence, read-only under its digest. What is there already is not copied again.
 * @throws Refusal `file-missing`, `file-is-folder`, `file-unreadable`, `file-empty`, `disk-full`
 */
export function keepAttachment({ evidence }: Case, file: string): AttachedFile {
  const name = path.basename(file);
  // Swept with the archives that were not read to the end, where a run is killed here.
  const incoming = path.join(evidence, `incoming-archive.${randomUUID()}`);
  let input = -1;
  let copy = -1;
  try {
    const found = fs.statSync(file, { throwIfNoEntry: false });
    if (!found) throw new Refusal("file-missing", `${file} is not there`, "check the name");
    if (found.isDirectory()) throw new Refusal("file-is-folder", `${file} is a folder`, "name a file in it");
    input = fs.openSync(file, "r");
    copy = fs.openSync(incoming, "wx", 0o600);
    const hash = createHash("sha256");
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    let bytes = 0;
    for (let got = fs.readSync(input, piece); got > 0; got = fs.readSync(input, piece)) {
      hash.update(piece.subarray(0, got));
      writeAll(copy, piece.subarray(0, got));
      bytes += got;
    }
    if (bytes === 0) throw new Refusal("file-empty", `${file} is empty`, "give the file that holds something");
    const sha256 = hash.digest("hex");
    const kept = path.join(evidence, sha256);
    if (fs.existsSync(kept) && sha256OfFile(kept) === sha256) return { name, sha256, bytes };
    fs.fsyncSync(copy);
    fs.closeSync(copy);
    copy = -1;
    fs.chmodSync(incoming, 0o444);
    fs.renameSync(incoming, kept);
    syncFolder(evidence);
    return { name, sha256, bytes };
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable(error, file);
  } finally {
    if (input >= 0) fs.closeSync(input);
    if (copy >= 0) fs.closeSync(copy);
    fs.rmSync(incoming, { force: true });
  }
}
