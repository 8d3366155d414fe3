import { instantOf } from "../../../shared/base/time.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import {
  CHUNK_ROWS,
  COLUMN_GROUPS,
  COLUMN_KINDS,
  type ColumnGroup,
  GROUP_NAMES,
  type ViewerColumn,
  type WrittenColumn,
} from "../../../shared/viewer/data.ts";
import { type ColumnWriter, writerOf } from "./column-writers.ts";
import { dataScript } from "./data-script.ts";

export interface ViewerFile {
  /** In `data/viewer/`. */
  readonly name: string;
  readonly text: string;
}

type Plain = Exclude<ViewerColumn, "time" | "duplicate" | "said" | "developer_id">;
const PLAIN = (Object.keys(COLUMN_KINDS) as ViewerColumn[]).filter(
  (column): column is Plain => !["time", "duplicate", "said", "developer_id"].includes(column),
);

/** The calls of a bundle as columns for the viewer, as many in a file as CHUNK_ROWS says. */
export class RowChunks {
  /** Of all files. */
  rows = 0;
  #inChunk = 0;
  #chunk = 0;
  readonly #writers = Object.fromEntries(
    (Object.keys(COLUMN_KINDS) as ViewerColumn[]).map((column) => [column, writerOf(column)]),
  ) as unknown as Record<ViewerColumn, ColumnWriter<unknown>>;

  /** `rules`, `levels`: what the call counts under, in one order. */
  add(event: EventRecord, developerId: string, rules: readonly string[], levels: readonly string[]): void {
    const [writers, row] = [this.#writers, this.#inChunk];
    for (const column of PLAIN) {
      const value = event[column];
      if (value !== undefined) writers[column].put(row, value);
    }
    writers.time.put(row, instantOf(event.time));
    if (event.duplicate) writers.duplicate.put(row, 1);
    writers.developer_id.put(row, developerId);
    if (rules.length > 0)
      writers.said.put(
        row,
        rules.flatMap((rule, at) => [rule, levels[at] ?? ""]),
      );
    this.#inChunk += 1;
    this.rows += 1;
  }

  get isFull(): boolean {
    return this.#inChunk === CHUNK_ROWS;
  }

  /** The files of the calls that were added since; none where there are none. */
  *take(): Generator<ViewerFile> {
    const rows = this.#inChunk;
    if (rows === 0) return;
    for (const group of GROUP_NAMES) {
      const name = `${group}-${this.#chunk}`;
      yield { name: `${name}.js`, text: dataScript(name, { rows, columns: this.#columnsOf(group, rows) }) };
    }
    this.#inChunk = 0;
    this.#chunk += 1;
  }

  #columnsOf(group: ColumnGroup, rows: number): Record<string, WrittenColumn> {
    const columns: Record<string, WrittenColumn> = {};
    for (const column of COLUMN_GROUPS[group]) {
      const written = this.#writers[column].take(rows);
      if (written) columns[column] = written;
    }
    return columns;
  }
}
