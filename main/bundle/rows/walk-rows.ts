import type { EventRecord } from "../../../shared/model/event.ts";
import { columnsOfTable } from "../contents/event-table.ts";
import { ByteRecords } from "./byte-records.ts";
import { LF } from "./plain-bytes.ts";
import { RowPair } from "./row-pair.ts";
import { SAID, type SaidRow, SaidRows } from "./said-rows.ts";
import { wholeLines } from "./whole-lines.ts";

/** Takes the rows of a bundle one after the other. */
export interface RowTaker {
  /** A call that is plain. What `pair` shows holds until the next row. `csv` has its row up to `rowEnd`. */
  plain(pair: RowPair, said: SaidRow, csv: Buffer, rowEnd: number): void;
  /** Any other line of events.jsonl, and its record of events.csv, which is not there where that has no more. */
  other(line: string, row: string | undefined, columns: readonly (keyof EventRecord)[]): void;
  /** A line without anything. */
  empty?(): void;
  /** The table has more rows than there are lines. */
  more?(): void;
  /** It is to be looked at before it takes another row. */
  readonly isFull?: boolean;
}

/**
 * Reads events.jsonl and events.csv side by side. Yields whenever the taker is full.
 * @throws Error where the table has no header of ours
 */
export async function* walkRows(
  jsonl: AsyncIterable<Buffer>,
  table: AsyncIterable<Buffer>,
  taker: RowTaker,
): AsyncGenerator<void> {
  const csv = new ByteRecords(table);
  try {
    const known = columnsOfTable((await csv.take()) ?? "");
    if (!known) throw new Error("events.csv does not begin with its header");
    const columns = known.slice(1, -SAID) as (keyof EventRecord)[];
    const [pair, saidRows] = [new RowPair(columns), new SaidRows()];
    let number = 1;
    for await (const json of wholeLines(jsonl)) {
      for (let at = 0; at < json.length; ) {
        if (csv.isLow) await csv.fill();
        const isPlain = pair.take(json, at, csv.bytes, csv.at, number);
        const said = isPlain ? saidRows.read(csv.bytes, pair.saidAt) : undefined;
        if (said) {
          taker.plain(pair, said, csv.bytes, saidRows.end);
          at = pair.lineEnd + 1;
          csv.at = saidRows.end + 1;
          number += 1;
          if (taker.isFull) yield;
          continue;
        }
        const end = json.indexOf(LF, at);
        const line = json.toString("utf8", at, end < 0 ? json.length : end);
        at = end < 0 ? json.length : end + 1;
        if (line === "") taker.empty?.();
        else {
          taker.other(line, await csv.take(), columns);
          number += 1;
          if (taker.isFull) yield;
        }
      }
    }
    if ((await csv.take()) !== undefined) taker.more?.();
  } finally {
    await csv.close();
  }
}
