import type { EventRecord } from "../../../../shared/model/event.ts";
import type { Case } from "../../../case/case.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { readLines } from "./read-extract.ts";

/** Fields that only the whole case knows of an event, and that a filter may name. */
const PLACES = /\b(?:line|tag|note)\b/iu;

type Place = Pick<EventRecord, "line" | "offset" | "part" | "tags" | "notes">;

/**
 * Filters of claims may name lines, tags and notes, which are not read from a record's bytes: then the throw-away case takes
 * them from events.jsonl. `filters`: any text that holds them. `order`: the bundle's source numbers → those of the throw-away case.
 */
export async function placeEvents(
  bag: Bag,
  { db }: Case,
  order: ReadonlyMap<number, number>,
  filters: string,
): Promise<void> {
  if (!PLACES.test(filters)) return;
  const said = new Map<number, Place[]>();
  for await (const text of readLines(bag, "events.jsonl")) {
    if (text === "") continue;
    const { source, line, offset, part, tags, notes } = JSON.parse(text) as EventRecord;
    const place: Place = { line, offset, ...(part && { part }), ...(tags && { tags }), ...(notes && { notes }) };
    const list = said.get(source);
    if (list) list.push(place);
    else said.set(source, [place]);
  }
  const rows = db
    .prepare(
      'select id from event_row where source = ? order by "offset", (select part from event_part where id = event_row.id)',
    )
    .pluck();
  const setLine = db.prepare("update event_row set line = ? where id = ?");
  const label = labeller({ db });
  db.transaction(() => {
    for (const [source, places] of said) {
      const ids = rows.all(order.get(source) ?? -1) as number[];
      if (ids.length !== places.length) continue;
      places.sort((a, b) => a.offset - b.offset || (a.part ?? 0) - (b.part ?? 0));
      for (const [at, { line, tags = [], notes = [] }] of places.entries()) {
        const id = ids[at] as number;
        setLine.run(line, id);
        for (const tag of tags) label("tag", tag, id);
        for (const note of notes) label("note", note, id);
      }
    }
  })();
}

/** Puts tags and notes on events. One act stands for all that gave them. */
function labeller({ db }: Pick<Case, "db">): (kind: "tag" | "note", text: string, event: number) => void {
  const ids = new Map<string, number>();
  const act = db
    .prepare("insert into act (kind, filter, events, at, by_whom) values ('note', '', 0, '', '')")
    .run().lastInsertRowid;
  const newTag = db.prepare("insert into tag (name) values (?)");
  const newNote = db.prepare("insert into note (act, text, at, by_whom) values (?, ?, '', '')");
  const put = {
    tag: db.prepare("insert or ignore into tag_run (tag, first, last) values (@id, @event, @event)"),
    note: db.prepare("insert or ignore into note_run (note, first, last) values (@id, @event, @event)"),
  };
  return (kind, text, event) => {
    const key = `${kind} ${text}`;
    const id = ids.get(key) ?? Number((kind === "tag" ? newTag.run(text) : newNote.run(act, text)).lastInsertRowid);
    ids.set(key, id);
    put[kind].run({ id, event });
  };
}
