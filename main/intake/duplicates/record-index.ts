import type { Case } from "../../case/case.ts";
import { recordDamage } from "../../case/damaged-cache.ts";
import { sha256Of } from "../../platform/sha256.ts";
import { DamagedIndex, dropSegment, RecordIndex, RecordIndexWriter, textKey } from "./record-index-file.ts";

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
export function recordIndexOf(caseFile: Case, source: number): RecordIndex {
  const rows = caseFile.db.prepare("select events from source where id = ?").pluck().get(source) as number;
  const stamp = indexStampOf(caseFile, source);
  const kept = RecordIndex.open(caseFile.cache, source, rows, stamp);
  if (kept) return kept;
  fromRows(caseFile, source, stamp);
  const made = RecordIndex.open(caseFile.cache, source, rows, stamp);
  if (!made) throw new Error(`source ${source} does not have the ${rows} rows that it says`);
  return made;
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
  const offset = new Float64Array(ROWS_PER_APPEND);
  const length = new Int32Array(ROWS_PER_APPEND);
  const request = new Uint32Array(ROWS_PER_APPEND * 2);
  const statement = caseFile.db.prepare(
    `select "offset", length, typeof(request_id), case typeof(request_id) when 'integer' then printf('%016x', request_id) else request_id end from event_row where source = ? order by id`,
  );
  let row = 0;
  const flush = () => {
    writer.append({
      offset: offset.subarray(0, row),
      length: length.subarray(0, row),
      request: request.subarray(0, row * 2),
    });
    row = 0;
    request.fill(0);
  };
  for (const [at, size, type, text] of statement.raw().iterate(source) as IterableIterator<
    [number, number, string, string | null]
  >) {
    offset[row] = at;
    length[row] = size;
    if (type === "integer") {
      request[row * 2] = Number.parseInt((text as string).slice(8), 16);
      request[row * 2 + 1] = Number.parseInt((text as string).slice(0, 8), 16);
    } else if (text !== null) {
      const bytes = Buffer.from(text, "utf8");
      [request[row * 2], request[row * 2 + 1]] = textKey(bytes, 0, bytes.length) as [number, number];
    }
    if (++row === ROWS_PER_APPEND) flush();
  }
  flush();
  writer.close(stamp);
}
