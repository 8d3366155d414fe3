import type { Case } from "../../case/case.ts";
import { recordDamage } from "../../case/damaged-cache.ts";
import { preparedPluck } from "../../platform/database/prepared.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { DamagedIndex, dropSegment, isKept, RecordIndex, RecordIndexWriter } from "./record-index-file.ts";
import { firstIds, indexRows, keysAt, type RecordKeys, rowsOfSource } from "./record-keys.ts";

/** Rows that are read from the case and written to the cache at once. */
const ROWS_PER_APPEND = 1 << 14;

/** What a source's segment belongs to: format version, case, source, and how and with what result it was read. */
export function indexStampOf({ db, id }: Case, source: number): string {
  const row = db
    .prepare("select mapping, encoding, events, rejected, first, last from source where id = ?")
    .raw()
    .get(source);
  return sha256Of(JSON.stringify([2, id, source, row]));
}

/**
 * A source's segment, as the import left it in the cache, or made anew from the rows themselves. Close it after use.
 * @throws DamagedIndex
 */
function recordIndexOf(caseFile: Case, source: number): RecordIndex {
  const rows = caseFile.db.prepare("select events from source where id = ?").pluck().get(source) as number;
  const stamp = indexStampOf(caseFile, source);
  const kept = RecordIndex.open(caseFile.cache, source, rows, stamp);
  if (kept) return kept;
  fromRows(caseFile, source, stamp);
  const made = RecordIndex.open(caseFile.cache, source, rows, stamp);
  if (!made) throw new Error(`source ${source} does not have the ${rows} rows that it says`);
  return made;
}

/** Rows of a source that needs no index in the cache: its rows are read as fast. */
const MAX_SMALL_ROWS = 1 << 12;

/**
 * As `recordIndexOf`, but a small source's index that is not kept is made in memory, and not written.
 * @param firsts the id of each source's first row, found once for many
 */
export function recordKeysOf(
  caseFile: Case,
  source: number,
  firsts: () => ReadonlyMap<number, number> = () => firstIds(caseFile.db),
): RecordKeys {
  const { db } = caseFile;
  const rows = preparedPluck(db, "select events from source where id = ?").get(source) as number;
  if (rows > MAX_SMALL_ROWS || isKept(caseFile.cache, source)) return recordIndexOf(caseFile, source);
  const first = firsts().get(source);
  return (first === undefined ? undefined : keysAt(db, source, first, rows)) ?? recordIndexOf(caseFile, source);
}

/**
 * Work that reads record indexes. One that turns out to be damaged is made anew, custody says so, and the work begins again:
 * nothing is decided from a file that was not checked.
 */
export function withIndexes<T>(caseFile: Case, work: () => T): T {
  const remade = new Set<string>();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DamagedIndex) || remade.has(error.file)) throw error;
      remade.add(error.file);
      recordDamage(caseFile, error.file);
      dropSegment(caseFile.cache, error.source);
    }
  }
}

function fromRows(caseFile: Case, source: number, stamp: string): void {
  const writer = new RecordIndexWriter(caseFile.cache, source, 0, stamp);
  for (const rows of indexRows(rowsOfSource(caseFile.db, source), ROWS_PER_APPEND)) writer.append(rows);
  writer.close(stamp);
}
