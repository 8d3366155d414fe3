import fs from "node:fs";
import path from "node:path";
import type { Database } from "better-sqlite3";
import { Refusal } from "../../shared/base/errors.ts";
import { figure } from "../../shared/base/figure.ts";
import type { Case } from "../case/case.ts";
import type { SourceRow } from "../case/sources.ts";
import type { Original } from "../platform/byte-source.ts";
import { prepared } from "../platform/database/prepared.ts";
import { sha256OfFile } from "../platform/sha256.ts";
import { BlockDigests, DIGESTED_BYTES, type Digests, openDigested } from "./block-digests.ts";

/** Digests that could not be stored: of cases of older versions that nobody can write. */
const unstored = new WeakMap<Database, Map<string, Digests>>();

/**
 * The digests of a copy in evidence. They lie where those of files kept by reference do (0003-reference.sql), under one of
 * the sources that come from it.
 */
export function insertDigests(db: Database, source: number, digests: Digests): void {
  prepared(
    db,
    "insert or replace into reference (source, bytes, modified, block_bytes, digests) values (@source, @bytes, '', @block_bytes, @digests)",
  ).run({ ...digests, digests: Buffer.from(digests.digests), source });
}

/**
 * A copy in evidence, each block of it compared before any of it is given out. While it comes in, it is read as it is.
 * @throws Refusal `file-missing`, `file-changed`; also from `read`
 */
export function openEvidence(caseFile: Case, row: SourceRow, file: string): Original {
  demandThere(row, file);
  const known = row.sha256 === null ? undefined : digestsOf(caseFile, row, row.sha256, file);
  return openDigested(fs.openSync(file, "r"), known, (at) => changed(row, file, known?.bytes ?? row.bytes, at));
}

/** Compares the whole copy with the digest that it was given when it came in. @throws Refusal `file-missing`, `file-changed` */
export function demandWholeEvidence(caseFile: Case, row: SourceRow): void {
  if (row.sha256 === null) return;
  const file = path.join(caseFile.evidence, row.sha256);
  demandThere(row, file);
  if (sha256OfFile(file) !== row.sha256) throw evidenceChanged(caseFile, row);
}

/** @throws Refusal `file-missing` */
export function demandThere({ id, name }: SourceRow, file: string): void {
  if (!fs.existsSync(file))
    throw new Refusal(
      "file-missing",
      `The original of source ${id} (${name}) is not in the case`,
      "copy it back into the folder evidence",
    );
}

function digestsOf(caseFile: Case, row: SourceRow, sha256: string, file: string): Digests {
  const { db } = caseFile;
  const stored = db
    .prepare(
      "select bytes, block_bytes, digests from reference where source in (select id from source where sha256 = ? and by_reference = 0) limit 1",
    )
    .get(sha256) as Digests | undefined;
  const known = stored ?? unstored.get(db)?.get(sha256);
  if (known) return known;
  // Cases of older versions, and archives: made when first needed, of what is as it came in.
  const made = new BlockDigests();
  if (sha256OfFile(file, (piece) => made.update(piece)) !== sha256) throw evidenceChanged(caseFile, row);
  const digests = { bytes: fs.statSync(file).size, block_bytes: DIGESTED_BYTES, digests: made.end() };
  try {
    insertDigests(db, row.id, digests);
  } catch {
    // The case cannot be written, or not now.
    const others = unstored.get(db) ?? new Map<string, Digests>();
    unstored.set(db, others.set(sha256, digests));
  }
  return digests;
}

/** What is said of a copy that is not what was imported, where nobody knows from which byte on. */
export const evidenceChanged = (caseFile: Case, row: SourceRow): Refusal =>
  changed(row, path.join(caseFile.evidence, row.sha256 ?? ""), row.bytes);

function changed({ id, name, sha256 }: SourceRow, file: string, bytes: number, at?: number): Refusal {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const where =
    at !== undefined
      ? ` from byte ${figure(at)} on`
      : size !== bytes
        ? ` (${figure(size)} bytes, not ${figure(bytes)})`
        : "";
  return new Refusal(
    "file-changed",
    `The original of source ${id} (${name}) is not what was imported: evidence/${sha256} differs${where}`,
    "copy it back into the folder evidence from a copy of the case, or withdraw the source",
  );
}
