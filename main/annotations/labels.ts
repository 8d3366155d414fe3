import type { Database } from "better-sqlite3";

/** The tags and notes of single events. */
export interface Labels {
  tags(event: number): string[];
  notes(event: number): string[];
}

/** A case without tags or notes runs no query. */
export function labelsOf(db: Database): Labels {
  const reader = (table: "tag" | "note", text: "name" | "text") => {
    const any = db.prepare(`select 1 from ${table} limit 1`).get() !== undefined;
    const each = db
      .prepare(
        `select label.${text} from ${table} label where ${table === "note" ? "exists (select 1 from act where act.id = label.act and act.undone is null) and" : ""} exists (
           select 1 from (select last from ${table}_run run where run.${table} = label.id and run.first <= @event order by run.first desc limit 1) where last >= @event)
         order by label.id`,
      )
      .pluck();
    return (event: number) => (any ? (each.all({ event }) as string[]) : []);
  };
  return { tags: reader("tag", "name"), notes: reader("note", "text") };
}

export function tagsOf(db: Database): { id: number; name: string }[] {
  return db.prepare("select id, name from tag order by name").all() as { id: number; name: string }[];
}

/** First and last event of each run of a tag or note. None holds an event twice. */
export function runsAt(
  db: Database,
  table: "tag_run" | "note_run",
  key: "tag" | "note",
  id: number,
): IterableIterator<[number, number]> {
  return db.prepare(`select first, last from ${table} where ${key} = ?`).raw().iterate(id) as IterableIterator<
    [number, number]
  >;
}
