import { createHash, type Hash } from "node:crypto";
import fs from "node:fs";
import type { Database } from "better-sqlite3";
import { Refusal } from "../../shared/base/errors.ts";
import type { SourceState } from "../../shared/model/source.ts";
import type { SourceRow } from "../case/sources.ts";
import { acrossBlocks } from "../platform/byte-source.ts";
import { readInto, writeAll } from "../platform/files.ts";

/** Bytes of a referenced file that have a digest of their own. */
const BLOCK_BYTES = 1 << 20;
const DIGEST_BYTES = 32;

/** A file that stays where it is, as it was read. */
export interface Reference {
  readonly bytes: number;
  /** Nanoseconds since 1970, in digits. */
  readonly modified: string;
  readonly block_bytes: number;
  /** SHA-256 of each block, one after another. */
  readonly digests: Uint8Array;
}

/** SHA-256 of every block of a file that is read from its first byte. */
export class BlockDigests {
  readonly blockBytes = BLOCK_BYTES;
  readonly #digests: Buffer[] = [];
  #hash: Hash = createHash("sha256");
  #blockFill = 0;

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + BLOCK_BYTES - this.#blockFill);
      this.#hash.update(piece);
      this.#blockFill += piece.length;
      at += piece.length;
      if (this.#blockFill === BLOCK_BYTES) this.#finish();
    }
  }

  #finish(): void {
    this.#digests.push(this.#hash.digest());
    this.#hash = createHash("sha256");
    this.#blockFill = 0;
  }

  end(): Uint8Array {
    if (this.#blockFill > 0) this.#finish();
    return new Uint8Array(Buffer.concat(this.#digests));
  }
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
export function openReference(
  db: Database,
  row: SourceRow,
): { bytes: number; read(offset: number, length: number): Buffer; close(): void } {
  const known = referenceOf(db, row.id);
  const fd = openFile(row);
  const bytes = fs.fstatSync(fd).size;
  const size = known?.block_bytes ?? BLOCK_BYTES;
  if (known && bytes !== known.bytes) {
    fs.closeSync(fd);
    throw changed(row);
  }
  let last = -1;
  let block: Buffer = Buffer.alloc(0);
  const blockAt = (index: number): Buffer => {
    if (index === last) return block;
    const read = Buffer.allocUnsafe(Math.min(size, bytes - index * size));
    const got = readInto(fd, read, index * size);
    const digest = known?.digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
    if (got < read.length || (digest && !createHash("sha256").update(read).digest().equals(digest))) throw changed(row);
    [last, block] = [index, read];
    return read;
  };
  return {
    bytes,
    read(offset, length) {
      const end = Math.min(offset + length, bytes);
      return acrossBlocks(size, blockAt, offset, end);
    },
    close: () => fs.closeSync(fd),
  };
}

/** Compares the whole file, block by block. @throws Refusal `file-missing`, `file-changed` */
export function demandUnchanged(db: Database, row: SourceRow): void {
  const original = openReference(db, row);
  try {
    for (let at = 0; at < original.bytes; at += BLOCK_BYTES) original.read(at, BLOCK_BYTES);
  } finally {
    original.close();
  }
}

/** A copy of a referenced original, each block of it compared. @throws Refusal `file-missing`, `file-changed` */
export function copyReference(db: Database, row: SourceRow, target: string): void {
  const original = openReference(db, row);
  const copy = fs.openSync(target, "wx");
  try {
    for (let at = 0; at < original.bytes; at += BLOCK_BYTES) writeAll(copy, original.read(at, BLOCK_BYTES));
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
