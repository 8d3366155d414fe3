import type { Database } from "better-sqlite3";
import { runsAt, tagsOf } from "../../annotations/labels.ts";
import type { Columns } from "../columns/columns.ts";
import { Mask } from "../columns/event-set.ts";

/** Marks the positions of runs of event ids. */
export function markRuns(mask: Mask, columns: Columns, runs: Iterable<readonly [number, number]>): void {
  for (const [first, last] of runs) {
    for (let id = first; id <= last; id += 1) {
      const position = columns.positionOf(id);
      if (position >= 0) mask.put(position);
    }
  }
}

/** Positions of events with a tag whose name passes. */
export function taggedMask(db: Database, columns: Columns, passes: (name: string) => boolean): Mask {
  const mask = Mask.none(columns.rows);
  for (const { id, name } of tagsOf(db)) {
    if (passes(name)) markRuns(mask, columns, runsAt(db, "tag_run", "tag", id));
  }
  return mask;
}

/** Positions of events with a note whose text passes. */
export function notedMask(db: Database, columns: Columns, passes: (text: string) => boolean): Mask {
  const mask = Mask.none(columns.rows);
  for (const { id, text } of db
    .prepare("select note.id, text from note join act on act.id = note.act where act.undone is null")
    .all() as { id: number; text: string }[]) {
    if (passes(text)) markRuns(mask, columns, runsAt(db, "note_run", "note", id));
  }
  return mask;
}
