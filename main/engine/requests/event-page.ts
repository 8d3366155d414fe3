import { Refusal } from "../../../shared/base/errors.ts";
import type { EventRecord } from "../../../shared/model/event.ts";
import { CSV_COLUMNS } from "../../query/results/event-csv.ts";
import { eventsAt } from "../../query/results/events.ts";
import type { Session } from "../session/session.ts";

/** A page of a filter's events, with only the columns asked for. @throws Refusal `column-unknown` */
export function page(
  session: Session,
  filter: string,
  rows: { offset: number; limit?: number | undefined; sort?: string | undefined; columns?: string[] | undefined },
): Partial<EventRecord>[] {
  checkColumns(rows.columns);
  const { positions } = session.selection(filter, rows.sort);
  const wanted = positions.subarray(rows.offset, rows.limit === undefined ? undefined : rows.offset + rows.limit);
  return Array.from(eventsAt(session.inquiry.dataset, wanted), ({ event }) =>
    rows.columns ? only(event, rows.columns) : event,
  );
}

export function checkColumns(columns: readonly string[] | undefined): void {
  const unknown = columns?.find((column) => !CSV_COLUMNS.includes(column as keyof EventRecord));
  if (unknown !== undefined)
    throw new Refusal(
      "column-unknown",
      `"${unknown}" is no column of an event`,
      `choose among ${CSV_COLUMNS.join(", ")}`,
    );
}

export function only(event: EventRecord, columns: readonly string[]): Partial<EventRecord> {
  return Object.fromEntries(
    columns.filter((column) => column in event).map((column) => [column, event[column as keyof EventRecord]]),
  );
}
