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
import { cellsOf } from "../../platform/csv-cells.ts";
import type { RowPair } from "../rows/row-pair.ts";
import { SAID, type SaidRow, saidRow } from "../rows/said-rows.ts";
import type { RowTaker } from "../rows/walk-rows.ts";
import { type ColumnWriter, writerOf } from "./column-writers.ts";
import { dataScript } from "./data-script.ts";

export interface ViewerFile {
  /** In `data/viewer/`. */
  readonly name: string;
  readonly bytes: Buffer;
}

type Plain = Exclude<ViewerColumn, "time" | "duplicate" | "said" | "developer_id">;
const isPlain = (column: ViewerColumn): column is Plain =>
  !["time", "duplicate", "said", "developer_id"].includes(column);
const PLAIN = (Object.keys(COLUMN_KINDS) as ViewerColumn[]).filter(isPlain);

/** The calls of a bundle as columns for the viewer, as many in a file as CHUNK_ROWS says. */
export class RowChunks implements RowTaker {
  /** Of all files. */
  rows = 0;
  #inChunk = 0;
  #chunk = 0;
  /** By the columns of the table. */
  #slots: readonly (ColumnWriter<unknown> | undefined)[] | undefined;
  readonly #writers = Object.fromEntries(
    (Object.keys(COLUMN_KINDS) as ViewerColumn[]).map((column) => [column, writerOf(column)]),
  ) as unknown as Record<ViewerColumn, ColumnWriter<unknown>>;

  plain(pair: RowPair, { developer, rules, levels }: SaidRow): void {
    const row = this.#inChunk;
    this.#slots ??= pair.columns.map((column) => (isPlain(column) ? this.#writers[column] : undefined));
    for (let k = 0; k < this.#slots.length; k += 1) {
      const writer = this.#slots[k];
      if (writer === undefined || !pair.has(k)) continue;
      if (writer.putText) writer.putText(row, pair.textOf(k));
      else writer.put(row, pair.value(k));
    }
    this.#add(pair.time, pair.event.duplicate === true, developer, rules, levels);
  }

  other(line: string, record: string | undefined): void {
    const event = JSON.parse(line) as EventRecord;
    for (const column of PLAIN) {
      const value = event[column];
      if (value !== undefined) this.#writers[column].put(this.#inChunk, value);
    }
    // The last cells are those of what the rules say, whatever is wrong with the others.
    const said = saidRow(cellsOf(record ?? "").slice(-SAID));
    this.#add(instantOf(event.time), event.duplicate === true, said.developer, said.rules, said.levels);
  }

  #add(
    time: number,
    isDuplicate: boolean,
    developerId: string,
    rules: readonly string[],
    levels: readonly string[],
  ): void {
    const [writers, row] = [this.#writers, this.#inChunk];
    writers.time.put(row, time);
    if (isDuplicate) writers.duplicate.put(row, 1);
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
      const bytes: Buffer[] = [];
      const columns = this.#columnsOf(group, rows, bytes);
      yield { name: `${name}.js`, bytes: dataScript(name, { rows, columns }, bytes) };
    }
    this.#inChunk = 0;
    this.#chunk += 1;
  }

  #columnsOf(group: ColumnGroup, rows: number, file: Buffer[]): Record<string, WrittenColumn> {
    const columns: Record<string, WrittenColumn> = {};
    for (const column of COLUMN_GROUPS[group]) {
      const written = this.#writers[column].take(rows, file);
      if (written) columns[column] = written;
    }
    return columns;
  }
}
