import type { Case } from "../../case/case.ts";
import { COUNTS } from "../../case/sources.ts";
import { KeyTable } from "./key-table.ts";
import { recordIndexOf } from "./record-index.ts";
import type { RecordIndex } from "./record-index-file.ts";

/** Rows of a source that is small enough to be remembered, and of all that are: some 50 MB. */
const MAX_SOURCE_ROWS = 1 << 16;
const MAX_ROWS = 1 << 20;

/**
 * The request ids of small sources, so that the next of thousands of small files is looked up among them once instead of
 * being compared with each. It only says with which sources a comparison is worth while.
 */
class KnownRequests {
  /** Which sources counted when this was last asked, and when each was read. */
  #counted = "";
  readonly #remembered = new Set<number>();
  /** Sources with a row that has no request id. */
  readonly #lacking = new Set<number>();
  readonly #table = new KeyTable();
  readonly #sources: number[] = [];

  /** False where more has changed than that sources came: all of this is void then. */
  goesOn(counted: string): boolean {
    if (!counted.startsWith(this.#counted)) return false;
    this.#counted = counted;
    return true;
  }

  has(source: number): boolean {
    return this.#remembered.has(source);
  }

  /** Remembers a source where that is worth it. */
  add(caseFile: Case, source: number): void {
    const rows = caseFile.db.prepare("select events from source where id = ?").pluck().get(source) as number;
    if (rows > MAX_SOURCE_ROWS || this.#table.size + rows > MAX_ROWS) return;
    const index = recordIndexOf(caseFile, source);
    try {
      for (const { keys } of index.requests())
        for (let k = 0; k < keys.length; k += 2) {
          const [low, high] = [keys[k] as number, keys[k + 1] as number];
          if (low === 0 && high === 0) this.#lacking.add(source);
          else if (this.#sources[this.#table.first(low, high)] !== source)
            this.#sources[this.#table.add(low, high)] = source;
        }
    } finally {
      index.close();
    }
    this.#remembered.add(source);
  }

  /** Which of the sources may hold a record of this one. Those that are not in here may. */
  mayShare(index: RecordIndex, sources: readonly number[]): number[] {
    const shared = new Set(this.#lacking);
    for (const { keys } of index.requests())
      for (let k = 0; k < keys.length; k += 2) {
        const [low, high] = [keys[k] as number, keys[k + 1] as number];
        if (low === 0 && high === 0) return [...sources];
        for (let entry = this.#table.first(low, high); entry >= 0; entry = this.#table.after(entry))
          shared.add(this.#sources[entry] as number);
      }
    return sources.filter((source) => !this.has(source) || shared.has(source));
  }
}

const ofCase = new WeakMap<Case, KnownRequests>();

/** Those of the `earlier` sources that may hold a record of this one. @throws DamagedIndex */
export function sourcesToCompare(caseFile: Case, index: RecordIndex, earlier: readonly number[]): readonly number[] {
  // For one comparison nothing need be remembered.
  if (earlier.length < 2) return earlier;
  const { db } = caseFile;
  const counted = db.prepare(
    `select group_concat(id || ' ' || ended || ',', '') from (select id, ended from source where ${COUNTS} order by id)`,
  );
  const now = (counted.pluck().get() as string | null) ?? "";
  let known = ofCase.get(caseFile);
  if (!known?.goesOn(now)) {
    known = new KnownRequests();
    known.goesOn(now);
    ofCase.set(caseFile, known);
  }
  const counts = db.prepare(`select 1 from source where id = ? and ${COUNTS}`);
  for (const source of earlier) if (!known.has(source) && counts.get(source) !== undefined) known.add(caseFile, source);
  return known.mayShare(index, earlier);
}
