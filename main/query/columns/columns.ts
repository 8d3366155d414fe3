import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../../shared/base/errors.ts";
import { type EncodedColumn, FLAG, type NumberColumn } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import { recordDamage } from "../../case/damaged-cache.ts";
import { COUNTS } from "../../case/sources.ts";
import { isSystemError } from "../../platform/files.ts";
import { RowColumns, writeColumns } from "./build-columns.ts";
import { ColumnFiles, openColumnFiles, type Unfit } from "./column-files.ts";
import type { Codes, ColumnArray, ColumnName, ColumnStore } from "./column-types.ts";
import { EventSet } from "./event-set.ts";
import { lowerBound } from "./lower-bound.ts";
import { TextDictionary } from "./text-dictionary.ts";

/**
 * All events of complete sources as typed arrays, one file a column in `cache/columns/`. They are in the order of every
 * answer: time, source, line. A position is an index into them. Tags and findings hold event ids, never positions.
 * Dictionary-encoded columns hold ids of `text_<name>`, 0 where absent. Number columns hold NaN where absent.
 */
export class Columns {
  readonly rows: number;
  readonly #stamp: string;
  readonly #caseFile: Case;
  #store: ColumnStore;
  readonly #loaded = new Map<ColumnName, ColumnArray>();
  readonly #dictionaries = new Map<EncodedColumn, TextDictionary>();
  #positions: Int32Array | undefined;
  #originals: EventSet | undefined;

  private constructor(caseFile: Case, stamp: string, store: ColumnStore) {
    this.#caseFile = caseFile;
    this.#stamp = stamp;
    this.#store = store;
    this.rows = store.rows;
  }

  /** Opens the cached columns. They are made anew from the rows when they are missing, damaged or stale. */
  static open(caseFile: Case): Columns {
    const stamp = stampOf(caseFile);
    const found = openColumnFiles(folderOf(caseFile), stamp);
    const store = found instanceof ColumnFiles ? found : columnsAnew(caseFile, stamp, found);
    return new Columns(caseFile, stamp, store);
  }

  /** Whether these columns still match the case. */
  isCurrent(): boolean {
    return stampOf(this.#caseFile) === this.#stamp;
  }

  #load(name: ColumnName): ColumnArray {
    let column = this.#loaded.get(name);
    if (!column) {
      column = this.#store.read(name) ?? this.#readAnew(name);
      this.#loaded.set(name, column);
    }
    return column;
  }

  /** A column whose file is not what was written. */
  #readAnew(name: ColumnName): ColumnArray {
    // An import in another thread has ended: its columns may lie there already.
    if (!this.isCurrent())
      throw new Refusal("selection-changed", "The events of the case changed while they were read", "ask again");
    const file = `${name}.bin`;
    const isThere = fs.existsSync(path.join(folderOf(this.#caseFile), file));
    this.#store = columnsAnew(this.#caseFile, this.#stamp, { damaged: isThere ? file : undefined });
    const column = this.#store.read(name);
    if (!column) throw new Error(`the column ${name} is damaged again as soon as it is written`);
    return column;
  }

  /** Microseconds, ascending. */
  get time(): Float64Array {
    return this.#load("time") as Float64Array;
  }

  /** Ids of `text_<name>`, 0 where absent. Also `outcome` (index into OUTCOMES), `flags`, `source`, `id`. */
  codes(name: EncodedColumn | "outcome" | "flags" | "source" | "id"): Codes {
    return this.#load(name) as Codes;
  }

  /** The events that are no duplicate of another. */
  get originals(): EventSet {
    this.#originals ??= EventSet.lookedUp(
      this.codes("flags"),
      Uint8Array.from({ length: 256 }, (_, flags) => ((flags & FLAG.duplicate) === 0 ? 1 : 0)),
    );
    return this.#originals;
  }

  /** Numbers, NaN where absent. */
  numbers(name: NumberColumn | "line" | "offset" | "length"): Float64Array {
    return this.#load(name) as Float64Array;
  }

  dictionary(name: EncodedColumn): TextDictionary {
    let dictionary = this.#dictionaries.get(name);
    if (!dictionary) {
      dictionary = new TextDictionary(this.#caseFile.db, name, this.#store.texts[name]);
      this.#dictionaries.set(name, dictionary);
    }
    return dictionary;
  }

  /** Position of an event id, -1 where the event is not among these columns (its source unfinished or withdrawn). */
  positionOf(id: number): number {
    if (!this.#positions) {
      const ids = this.codes("id");
      let highest = 0;
      for (let p = 0; p < this.rows; p += 1) if ((ids[p] as number) > highest) highest = ids[p] as number;
      this.#positions = new Int32Array(highest + 1).fill(-1);
      for (let p = 0; p < this.rows; p += 1) this.#positions[ids[p] as number] = p;
    }
    return this.#positions[id] ?? -1;
  }

  /** What was read is let go, and read again when it is asked for: whoever goes on without it needs the memory. */
  release(): void {
    this.#loaded.clear();
    this.#dictionaries.clear();
    this.#positions = undefined;
    this.#originals = undefined;
  }

  /** First position whose time is at or after `time`. */
  lowerBound(time: number): number {
    return lowerBound(this.time, time);
  }
}

const folderOf = (caseFile: Case): string => path.join(caseFile.cache, "columns");

/** Case, format version, and what says that other events count now or that they were read anew. */
function stampOf(caseFile: Case): string {
  const sources = caseFile.db
    .prepare(`select id, sha256, events, duplicates, ended from source where ${COUNTS} order by id`)
    .raw()
    .all();
  return JSON.stringify([5, caseFile.id, sources]);
}

/** From the rows, and into files for the next time where there can be any. */
function columnsAnew(caseFile: Case, stamp: string, { damaged }: Unfit): ColumnStore {
  const fromRows = new RowColumns(caseFile);
  if (damaged !== undefined && !recordDamage(caseFile, `columns/${damaged}`)) return fromRows;
  const folder = folderOf(caseFile);
  try {
    return new ColumnFiles(folder, writeColumns(fromRows, folder, stamp));
  } catch (error) {
    // A medium that cannot be written, or a full one: the rows answer as well.
    if (isSystemError(error)) return fromRows;
    throw error;
  }
}
