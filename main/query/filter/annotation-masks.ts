import type { Database } from "better-sqlite3";
import { runsAt, tagsOf } from "../../annotations/labels.ts";
import type { Columns } from "../columns/columns.ts";
import { EventSet } from "../columns/event-set.ts";

/** The positions of the events in these runs of ids. */
export function addRuns(set: EventSet, columns: Columns, runs: Iterable<readonly [number, number]>): void {
  for (const [first, last] of runs) {
    for (let id = first; id <= last; id += 1) {
      const position = columns.positionOf(id);
      if (position >= 0) set.put(position);
    }
  }
}

/** Positions of events with a tag whose name passes. */
export function taggedEvents(db: Database, columns: Columns, passes: (name: string) => boolean): EventSet {
  const set = EventSet.none(columns.rows);
  for (const { id, name } of tagsOf(db)) {
    if (passes(name)) addRuns(set, columns, runsAt(db, "tag_run", "tag", id));
  }
  return set;
}

/** Positions of events with a note whose text passes. */
export function notedEvents(db: Database, columns: Columns, passes: (text: string) => boolean): EventSet {
  const set = EventSet.none(columns.rows);
  for (const { id, text } of db
    .prepare("select note.id, text from note join act on act.id = note.act where act.undone is null")
    .all() as { id: number; text: string }[]) {
    if (passes(text)) addRuns(set, columns, runsAt(db, "note_run", "note", id));
  }
  return set;
}
