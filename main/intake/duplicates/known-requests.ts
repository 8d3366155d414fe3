import type { Case } from "../../case/case.ts";
import { COUNTS } from "../../case/sources.ts";
import { preparedPluck } from "../../platform/database/prepared.ts";
import { KeyTable } from "./key-table.ts";
import { recordKeysOf } from "./record-index.ts";
import { firstIds, type RecordKeys } from "./record-keys.ts";

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
  add(caseFile: Case, source: number, keysOf: () => RecordKeys): void {
    const rows = preparedPluck(caseFile.db, "select events from source where id = ?").get(source) as number;
    if (rows > MAX_SOURCE_ROWS || this.#table.size + rows > MAX_ROWS) return;
    const keys = keysOf();
    try {
      this.#remember(source, keys);
    } finally {
      keys.close();
    }
  }

  #remember(source: number, index: RecordKeys): void {
    for (const { keys } of index.requests())
      for (let k = 0; k < keys.length; k += 2) {
        const [low, high] = [keys[k] as number, keys[k + 1] as number];
        if (low === 0 && high === 0) this.#lacking.add(source);
        else if (this.#sources[this.#table.first(low, high)] !== source)
          this.#sources[this.#table.add(low, high)] = source;
      }
    this.#remembered.add(source);
  }

  /** Which sources in here may hold a record of this one; "all": any may, also those that are not in here. */
  sharing(index: RecordKeys): ReadonlySet<number> | "all" {
    const shared = new Set(this.#lacking);
    for (const { keys } of index.requests())
      for (let k = 0; k < keys.length; k += 2) {
        const [low, high] = [keys[k] as number, keys[k + 1] as number];
        if (low === 0 && high === 0) return "all";
        for (let entry = this.#table.first(low, high); entry >= 0; entry = this.#table.after(entry))
          shared.add(this.#sources[entry] as number);
      }
    return shared;
  }
}

const ofCase = new WeakMap<Case, KnownRequests>();

/** What is known of the case's sources that count, the `earlier` ones included. @throws DamagedIndex */
function knownOf(caseFile: Case, earlier: readonly number[]): KnownRequests {
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
  let firsts: Map<number, number> | undefined;
  const keysOf = (source: number) =>
    recordKeysOf(caseFile, source, () => {
      firsts ??= firstIds(db);
      return firsts;
    });
  for (const source of earlier)
    if (!known.has(source) && counts.get(source) !== undefined) known.add(caseFile, source, () => keysOf(source));
  return known;
}

/** Those of the `earlier` sources that may hold a record of this one. @throws DamagedIndex */
export function sourcesToCompare(caseFile: Case, index: RecordKeys, earlier: readonly number[]): readonly number[] {
  // For one comparison nothing need be remembered.
  if (earlier.length < 2) return earlier;
  const known = knownOf(caseFile, earlier);
  const shared = known.sharing(index);
  return shared === "all" ? earlier : earlier.filter((source) => !known.has(source) || shared.has(source));
}

/** Sources that come one after another in one transaction, in which nobody else changes which sources count. */
export class Newcomers {
  readonly #caseFile: Case;
  readonly #earlier: number[];
  readonly #known: KnownRequests;
  /** Of the earlier ones, those that nothing is remembered of: they may hold anything. */
  readonly #unknown: number[];

  /** `earlier`: the sources that count when the first of them comes. @throws DamagedIndex */
  constructor(caseFile: Case, earlier: readonly number[]) {
    this.#caseFile = caseFile;
    this.#earlier = [...earlier];
    this.#known = knownOf(caseFile, earlier);
    this.#unknown = earlier.filter((source) => !this.#known.has(source));
  }

  get earlier(): readonly number[] {
    return this.#earlier;
  }

  /** Those of the earlier sources that may hold a record of this one. */
  toCompare(index: RecordKeys): readonly number[] {
    const shared = this.#known.sharing(index);
    return shared === "all" ? [...this.#earlier] : [...this.#unknown, ...shared].sort((a, b) => a - b);
  }

  add(source: number, keys: RecordKeys): void {
    this.#known.add(this.#caseFile, source, () => keys);
    this.#earlier.push(source);
    if (!this.#known.has(source)) this.#unknown.push(source);
  }

  /** Their transaction did not come about. */
  forget(): void {
    ofCase.delete(this.#caseFile);
  }
}
