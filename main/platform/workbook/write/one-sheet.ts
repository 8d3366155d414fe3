import type { Cell, WrittenColumn } from "./sheet-xml.ts";
import { WorkbookWriter } from "./workbook-writer.ts";

/** A workbook of one table in pieces, as its rows come. */
export function* oneSheet(
  title: string,
  columns: readonly WrittenColumn[],
  rows: Iterable<readonly Cell[]>,
): Generator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const writer = new WorkbookWriter((bytes) => pieces.push(bytes));
  writer.sheet(title, columns);
  for (const row of rows) {
    writer.row(row);
    yield* pieces;
    pieces = [];
  }
  writer.end();
  yield* pieces;
}
