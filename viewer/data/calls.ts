import {
  type Catalog,
  CHUNK_ROWS,
  COLUMN_GROUPS,
  type ColumnGroup,
  GROUP_NAMES,
  type ViewerColumn,
  type WrittenChunk,
} from "../../shared/viewer/data.ts";
import { type ColumnPart, readColumn, valueAt } from "./columns.ts";
import type { Load } from "./load.ts";
import { pieceFinder, type RowsByPiece, rowsByPiece } from "./pieces.ts";

/** How far something is that is read in pieces. */
export type Progress = (done: number, all: number) => void;

export const groupOf = (column: ViewerColumn): ColumnGroup =>
  GROUP_NAMES.find((group) => (COLUMN_GROUPS[group] as readonly string[]).includes(column)) as ColumnGroup;

/** Files of columns that are read at once. */
const AT_ONCE = 4;

/** The calls of the bundle as columns, read file by file when they are asked for. Rows count from 0: event 1 is row 0. */
export class Calls {
  readonly catalog: Catalog;
  readonly load: Load;
  readonly rows: number;
  readonly chunks: number;
  /** The piece of lines that has the record of a call. */
  readonly pieceOf: (source: number, offset: number) => number | undefined;
  readonly #parts: Map<ViewerColumn, ColumnPart>[];
  readonly #loading = new Map<string, Promise<void>>();
  #byPiece: RowsByPiece | undefined;
  /** Of every row, once `core` is there. */
  times = new Float64Array(0);

  constructor(catalog: Catalog, load: Load) {
    this.catalog = catalog;
    this.load = load;
    this.rows = catalog.rows;
    this.chunks = Math.ceil(catalog.rows / CHUNK_ROWS);
    this.pieceOf = pieceFinder(catalog.lines);
    this.#parts = Array.from({ length: this.chunks }, () => new Map());
  }

  /** Sees to it that these columns are there, of all calls or of those of one file. */
  async demand(groups: Iterable<ColumnGroup>, chunk?: number, progress?: Progress): Promise<void> {
    const wanted = [...new Set(groups)];
    const chunks = chunk === undefined ? Array.from({ length: this.chunks }, (_, at) => at) : [chunk];
    const names = chunks.flatMap((each) => wanted.map((group) => [group, each] as const));
    let done = 0;
    let next = 0;
    const work = async () => {
      while (next < names.length) {
        const [group, each] = names[next++] as (typeof names)[number];
        await this.#demandOne(group, each);
        done += 1;
        progress?.(done, names.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (chunk === undefined && wanted.includes("core") && this.times.length !== this.rows) this.#joinTimes();
  }

  #demandOne(group: ColumnGroup, chunk: number): Promise<void> {
    const name = `${group}-${chunk}`;
    let loading = this.#loading.get(name);
    if (!loading) {
      loading = this.load<WrittenChunk>(name).then(({ value: { rows, columns }, bytes }) => {
        for (const column of COLUMN_GROUPS[group]) {
          const written = columns[column];
          if (written) this.#parts[chunk]?.set(column, readColumn(written, rows, bytes));
        }
      });
      loading.catch(() => this.#loading.delete(name));
      this.#loading.set(name, loading);
    }
    return loading;
  }

  #joinTimes(): void {
    const times = new Float64Array(this.rows);
    for (let chunk = 0; chunk < this.chunks; chunk += 1) {
      const part = this.part("time", chunk);
      if (part?.kind === "time") times.set(part.times, chunk * CHUNK_ROWS);
    }
    this.times = times;
  }

  /** Undefined where no call of the file has a value. Its group must be there. */
  part(column: ViewerColumn, chunk: number): ColumnPart | undefined {
    return this.#parts[chunk]?.get(column);
  }

  rowsIn(chunk: number): number {
    return Math.min(CHUNK_ROWS, this.rows - chunk * CHUNK_ROWS);
  }

  value(column: ViewerColumn, row: number): string | number | readonly string[] | undefined {
    return valueAt(this.part(column, Math.floor(row / CHUNK_ROWS)), row % CHUNK_ROWS);
  }

  /** The rows of each piece of lines. `core` and `place` must be there. */
  get byPiece(): RowsByPiece {
    this.#byPiece ??= rowsByPiece(this.catalog.lines.length, this.#piecesOfRows());
    return this.#byPiece;
  }

  #piecesOfRows(): Uint32Array {
    const pieces = new Uint32Array(this.rows);
    for (let chunk = 0; chunk < this.chunks; chunk += 1) {
      const [sources, offsets] = [this.part("source", chunk), this.part("offset", chunk)];
      if (sources?.kind !== "number" || offsets?.kind !== "number") continue;
      for (let row = 0; row < this.rowsIn(chunk); row += 1) {
        const piece = this.pieceOf(sources.numbers[row] as number, offsets.numbers[row] as number);
        if (piece !== undefined) pieces[chunk * CHUNK_ROWS + row] = piece + 1;
      }
    }
    return pieces;
  }

  /** The first row whose time is not before this one. */
  lowerBound(time: number): number {
    let [low, high] = [0, this.rows];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.times[middle] as number) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
