import type { EventRecord } from "../../../../shared/model/event.ts";
import type { Case } from "../../../case/case.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { readLines } from "../extract/read-extract.ts";

/**
 * A record that holds several calls is in a bundle as a whole, where only some of its calls may be chosen. Of such records
 * the calls that the bundle does not tell of are taken out of the throw-away case. Records are told apart by their order,
 * which is the same in both. `order`: the bundle's source numbers → those of the throw-away case.
 */
export async function dropOtherCalls(bag: Bag, { db }: Case, order: ReadonlyMap<number, number>): Promise<void> {
  const sources = db
    .prepare("select distinct source from event_row where id in (select id from event_part)")
    .pluck()
    .all() as number[];
  if (sources.length === 0) return;
  const wanted = new Set(sources);
  /** By source of the throw-away case and offset in the bundle's. */
  const said = new Map<number, Map<number, Set<number>>>();
  for await (const line of readLines(bag, "events.jsonl")) {
    if (line === "") continue;
    const { source, offset, part = 0 } = JSON.parse(line) as EventRecord;
    const again = order.get(source) ?? -1;
    if (!wanted.has(again)) continue;
    const records = said.get(again) ?? new Map<number, Set<number>>();
    said.set(again, records.set(offset, (records.get(offset) ?? new Set()).add(part)));
  }
  const tables = ["event_row", "event_part", "event_call"];
  const drop = tables.map((table) => db.prepare(`delete from ${table} where id = ?`));
  // A source's ids are one run.
  const move = tables.map((table) => db.prepare(`update ${table} set id = ? where id = ?`));
  db.transaction(() => {
    for (const source of sources) {
      const records = [...(said.get(source) ?? [])].sort((a, b) => a[0] - b[0]).map(([, parts]) => parts);
      const rows = db
        .prepare(
          'select id, "offset", (select part from event_part where id = e.id) as part from event_row e where source = ? order by id',
        )
        .all(source) as { id: number; offset: number; part: number | null }[];
      let last = -1;
      let at = -1;
      let dropped = 0;
      for (const { id, offset, part } of rows) {
        if (offset !== last) at++;
        last = offset;
        if (part !== null && records[at]?.has(part) === false) {
          for (const each of drop) each.run(id);
          dropped++;
        } else if (dropped > 0) for (const each of move) each.run(id - dropped, id);
      }
      db.prepare("update source set events = events - ? where id = ?").run(dropped, source);
    }
  })();
}
