import { instantOf } from "../../../shared/base/time.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import type { Cell, WrittenColumn } from "../../platform/workbook/write/sheet-xml.ts";
import { WorkbookWriter } from "../../platform/workbook/write/workbook-writer.ts";
import { CSV_COLUMNS } from "./event-csv.ts";

/** The instant of a call as a date of the spreadsheet, to the second, beside its text, which is exact. */
const DATE = "time as date (UTC)";
const WIDTHS: Readonly<Record<string, number>> = { time: 28, [DATE]: 20, operation: 36, path: 40, user_agent: 30 };

/** The columns of a sheet of events. */
const eventColumns = (columns: readonly string[] = CSV_COLUMNS): WrittenColumn[] =>
  columns
    .flatMap((name) => (name === "time" ? ["time", DATE] : [name]))
    .map((name) => ({ name, width: WIDTHS[name] ?? 16 }));

/** An event's cells, as `eventColumns` names them: numbers as numbers, ids as text, lists joined by `;`. */
const eventCells = (event: Partial<EventRecord>, columns: readonly string[] = CSV_COLUMNS): Cell[] =>
  columns.flatMap((column): Cell[] => {
    const value = event[column as keyof EventRecord];
    if (column === "time")
      return [event.time, event.time === undefined ? undefined : { instant: instantOf(event.time) }];
    if (value === true) return ["yes"];
    return [Array.isArray(value) ? value.join(";") : (value as string | number | undefined)];
  });

/** A workbook of events in pieces, as they come. */
export function* workbookOf(
  events: Iterable<Partial<EventRecord>>,
  columns: readonly string[] | undefined,
): Generator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const writer = new WorkbookWriter((bytes) => pieces.push(bytes));
  writer.sheet("Calls", eventColumns(columns));
  for (const event of events) {
    writer.row(eventCells(event, columns));
    yield* pieces;
    pieces = [];
  }
  writer.end();
  yield* pieces;
}
