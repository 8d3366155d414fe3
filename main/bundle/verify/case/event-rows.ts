import type { Database } from "better-sqlite3";
import { FLAG } from "../../../../shared/model/event.ts";
import { MarksDigest } from "../../../intake/duplicates/marks-digest.ts";
import { EventsDigest, type StoredRow, storedRows } from "../../../intake/store/events-digest.ts";

/** What the rows of a source are. */
export interface EventRows {
  readonly source: number;
  readonly first: number;
  readonly last: number;
  readonly events: number;
  readonly duplicates: number;
  readonly eventsDigest: string;
  readonly marksDigest: string | null;
  /** Its rows do not follow one another. */
  readonly isScattered: boolean;
}

/** Reads every event once, in the order of the ids: the rows of each source, by its number. */
export function readEventRows(db: Database): Map<number, EventRows> {
  const found = new Map<number, EventRows>();
  let source: number | undefined;
  let first = 0;
  let last = 0;
  let duplicates = 0;
  let events = new EventsDigest();
  let marks = new MarksDigest();
  const close = () => {
    if (source === undefined) return;
    const before = found.get(source);
    found.set(source, {
      source,
      first: before?.first ?? first,
      last,
      events: events.rows + (before?.events ?? 0),
      duplicates: duplicates + (before?.duplicates ?? 0),
      eventsDigest: events.end(first),
      marksDigest: marks.end(),
      isScattered: before !== undefined,
    });
  };
  for (const row of db.prepare(storedRows("")).raw().iterate() as IterableIterator<StoredRow>) {
    const [id, of, time, own, call, , flags] = row as [number, number, number, number | null, unknown, unknown, number];
    if (of !== source) {
      close();
      source = of;
      first = id;
      duplicates = 0;
      events = new EventsDigest();
      marks = new MarksDigest();
    }
    marks.add(id - first, flags, time, call === null ? time : (own as number));
    if (flags & FLAG.duplicate) duplicates += 1;
    events.addStored(row, first);
    last = id;
  }
  close();
  return found;
}
