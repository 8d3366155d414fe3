import fs from "node:fs";
import type { Database } from "better-sqlite3";
import { Refusal } from "../../shared/base/errors.ts";
import type { SourceState } from "../../shared/model/source.ts";
import type { SourceRow } from "../case/sources.ts";
import type { Original } from "../platform/byte-source.ts";
import { writeAll } from "../platform/files.ts";
import { DIGESTED_BYTES, type Digests, openDigested } from "./block-digests.ts";

/** A file that stays where it is, as it was read. */
export interface Reference extends Digests {
  /** Nanoseconds since 1970, in digits. */
  readonly modified: string;
}

export function insertReference(db: Database, source: number, reference: Reference): void {
  db.prepare(
    "insert into reference (source, bytes, modified, block_bytes, digests) values (@source, @bytes, @modified, @block_bytes, @digests)",
  ).run({ ...reference, digests: Buffer.from(reference.digests), source });
}

/** Undefined as long as the import of the source is not finished. */
function referenceOf(db: Database, source: number): Reference | undefined {
  return db.prepare("select * from reference where source = ?").get(source) as Reference | undefined;
}

/** Whether a referenced original is unchanged, by its size and date. It is not read. */
export function referenceState(db: Database, row: SourceRow): NonNullable<SourceState["reference"]> {
  const known = referenceOf(db, row.id);
  const stat = fs.statSync(row.path, { bigint: true, throwIfNoEntry: false });
  const isSame = stat?.isFile() && Number(stat.size) === known?.bytes && String(stat.mtimeNs) === known.modified;
  return { path: row.path, state: isSame ? "unchanged" : stat ? "changed" : "gone" };
}

/**
 * The bytes of a referenced original, each block compared with its digest before any of it is given out. Before the import
 * is finished there are no digests, and the file is read as it is.
 * @throws Refusal `file-missing`, `file-changed`; also from `read`
 */
export const openReference = (db: Database, row: SourceRow): Original =>
  openDigested(openFile(row), referenceOf(db, row.id), () => changed(row));

/** Compares the whole file, block by block. @throws Refusal `file-missing`, `file-changed` */
export function demandUnchanged(db: Database, row: SourceRow): void {
  const original = openReference(db, row);
  try {
    for (let at = 0; at < original.bytes; at += DIGESTED_BYTES) original.read(at, DIGESTED_BYTES);
  } finally {
    original.close();
  }
}

/** A copy of a referenced original, each block of it compared. @throws Refusal `file-missing`, `file-changed` */
export function copyReference(db: Database, row: SourceRow, target: string): void {
  const original = openReference(db, row);
  const copy = fs.openSync(target, "wx");
  try {
    for (let at = 0; at < original.bytes; at += DIGESTED_BYTES) writeAll(copy, original.read(at, DIGESTED_BYTES));
  } finally {
    fs.closeSync(copy);
    original.close();
  }
}

function openFile(row: SourceRow): number {
  try {
    return fs.openSync(row.path, "r");
  } catch (error) {
    const { code = "unknown" } = error as { code?: string };
    const isGone = code === "ENOENT" || code === "ENOTDIR";
    throw new Refusal(
      isGone ? "file-missing" : "file-unreadable",
      `The original of source ${row.id} (${row.name}) was kept by reference, and ${row.path} ${isGone ? "is not there any more" : `cannot be read (${code})`}`,
      "put it back where it was, or withdraw the source",
      { cause: error },
    );
  }
}

const changed = (row: SourceRow): Refusal =>
  new Refusal(
    "file-changed",
    `The original of source ${row.id} (${row.name}) was kept by reference, and ${row.path} is not what was imported any more`,
    "put the file back as it was, or withdraw the source",
  );
