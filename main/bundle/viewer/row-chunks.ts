import { instantOf } from "../../../shared/base/time.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import {
  CHUNK_ROWS,
  COLUMN_GROUPS,
  COLUMN_KINDS,
  type ColumnGroup,
  GROUP_NAMES,
  type ViewerColumn,
} from "../../../shared/viewer/data.ts";
import { cellsOf } from "../../platform/csv-cells.ts";
import type { RowPair } from "../rows/row-pair.ts";
import { SAID, type SaidRow, saidRow } from "../rows/said-rows.ts";
import type { RowTaker } from "../rows/walk-rows.ts";
import { type BytesWriter, type ColumnWriter, columnWriters } from "./column-writers.ts";
import { ScriptBytes } from "./script-bytes.ts";

export interface ViewerFile {
  /** In `data/viewer/`. */
  readonly name: string;
  /** They hold until the next file is asked for. */
  readonly bytes: Buffer;
}

type Plain = Exclude<ViewerColumn, "time" | "duplicate" | "said" | "developer_id">;
const isPlain = (column: ViewerColumn): column is Plain =>
  !["time", "duplicate", "said", "developer_id"].includes(column);
const PLAIN = (Object.keys(COLUMN_KINDS) as ViewerColumn[]).filter(isPlain);

/** The columns of the table that are kept as they stand there, by their places in it. */
interface Slots {
  readonly bytes: readonly (readonly [k: number, writer: BytesWriter<never>])[];
  readonly numbers: readonly (readonly [k: number, writer: ColumnWriter<number>])[];
}

/** The calls of a bundle as columns for the viewer, as many in a file as CHUNK_ROWS says. */
export class RowChunks implements RowTaker {
  /** Of all files. */
  rows = 0;
  #inChunk = 0;
  #chunk = 0;
  #slots: Slots | undefined;
  readonly #writers = columnWriters();
  readonly #script = new ScriptBytes();

  plain(pair: RowPair, { developer, rules, levels }: SaidRow): void {
    const row = this.#inChunk;
    this.#slots ??= this.#slotsOf(pair);
    const { bytes, numbers } = this.#slots;
    for (let at = 0; at < bytes.length; at += 1) {
      const [k, writer] = bytes[at] as (typeof bytes)[number];
      if (pair.has(k)) writer.putBytes(row, pair.json, pair.from(k), pair.to(k));
    }
    for (let at = 0; at < numbers.length; at += 1) {
      const [k, writer] = numbers[at] as (typeof numbers)[number];
      if (pair.has(k)) writer.put(row, pair.number(k));
    }
    this.#add(pair.time, pair.isDuplicate, developer, rules, levels);
  }

  #slotsOf({ columns }: RowPair): Slots {
    const places = columns.flatMap((column, k) => (isPlain(column) ? [[k, column] as const] : []));
    const isNumber = (column: Plain) => COLUMN_KINDS[column] === "number";
    return {
      bytes: places
        .filter(([, column]) => !isNumber(column))
        .map(([k, column]) => [k, this.#writers[column] as BytesWriter<never>]),
      numbers: places
        .filter(([, column]) => isNumber(column))
        .map(([k, column]) => [k, this.#writers[column] as ColumnWriter<number>]),
    };
  }

  other(line: string, record: string | undefined): void {
    const event = JSON.parse(line) as EventRecord;
    for (const column of PLAIN) {
      const value = event[column];
      if (value !== undefined) (this.#writers[column] as ColumnWriter<unknown>).put(this.#inChunk, value);
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
      yield { name: `${name}.js`, bytes: this.#chunkOf(group, name, rows) };
    }
    this.#inChunk = 0;
    this.#chunk += 1;
  }

  #chunkOf(group: ColumnGroup, name: string, rows: number): Buffer {
    const script = this.#script;
    const file: Buffer[] = [];
    script.begin(name);
    script.json(`{"rows":${rows},"columns":{`);
    let between = "";
    for (const column of COLUMN_GROUPS[group]) {
      const writer = this.#writers[column];
      if (writer.isEmpty) continue;
      script.json(`${between}"${column}":`);
      writer.take(rows, script, file);
      between = ",";
    }
    script.json("}}");
    return script.end(file);
  }
}
