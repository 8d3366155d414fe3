import fs from "node:fs";
import path from "node:path";
import { type EncodedColumn, FLAG, type NumberColumn } from "../../../shared/model/event.ts";
import type { Case } from "../../case/case.ts";
import { COUNTS } from "../../case/sources.ts";
import { buildColumns } from "./build-columns.ts";
import type { ArrayType, Codes, ColumnName, ColumnsIndex } from "./column-types.ts";
import { ARRAY_TYPES } from "./column-types.ts";
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
  readonly #folder: string;
  readonly #index: ColumnsIndex;
  readonly #caseFile: Case;
  readonly #loaded = new Map<ColumnName, Codes | Float64Array>();
  readonly #dictionaries = new Map<EncodedColumn, TextDictionary>();
  #positions: Int32Array | undefined;
  #originals: EventSet | undefined;

  private constructor(caseFile: Case, folder: string, index: ColumnsIndex) {
    this.#caseFile = caseFile;
    this.#folder = folder;
    this.#index = index;
    this.rows = index.rows;
  }

  /** Opens the cached columns. They are rebuilt from the rows when they are missing, damaged or stale. */
  static open(caseFile: Case): Columns {
    const stamp = stampOf(caseFile);
    const folder = path.join(caseFile.cache, "columns");
    return new Columns(caseFile, folder, readIndex(folder, stamp) ?? buildColumns(caseFile, folder, stamp));
  }

  /** Whether these columns still match the case. */
  isCurrent(): boolean {
    return stampOf(this.#caseFile) === this.#index.stamp;
  }

  #load(name: ColumnName): Codes | Float64Array {
    let column = this.#loaded.get(name);
    if (!column) {
      const type = ARRAY_TYPES[this.#index.types[name] as ArrayType];
      const buffer = fs.readFileSync(path.join(this.#folder, `${name}.bin`));
      column = new type(buffer.buffer, buffer.byteOffset, this.rows);
      this.#loaded.set(name, column);
    }
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
      dictionary = new TextDictionary(this.#caseFile.db, name);
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

  /** First position whose time is at or after `time`. */
  lowerBound(time: number): number {
    return lowerBound(this.time, time);
  }
}

function stampOf(caseFile: Case): string {
  const sources = caseFile.db
    .prepare(`select id, sha256, events, duplicates, ended from source where ${COUNTS} order by id`)
    .raw()
    .all();
  return JSON.stringify([2, caseFile.id, sources]);
}

function readIndex(folder: string, stamp: string): ColumnsIndex | undefined {
  try {
    const index = JSON.parse(fs.readFileSync(path.join(folder, "columns.json"), "utf8")) as ColumnsIndex;
    if (index.stamp !== stamp) return undefined;
    for (const [name, type] of Object.entries(index.types)) {
      const { size } = fs.statSync(path.join(folder, `${name}.bin`));
      if (size !== index.rows * ARRAY_TYPES[type].BYTES_PER_ELEMENT) return undefined;
    }
    return index;
  } catch {
    return undefined;
  }
}
