import { instantOf, type Micros } from "../../../../shared/base/time.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import { FLAG } from "../../../../shared/model/event.ts";
import type { Case } from "../../../case/case.ts";
import { Zone } from "../../../intake/time/zone.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { readLines } from "../extract/read-extract.ts";

interface Row {
  readonly id: number;
  readonly time: Micros;
  readonly flags: number;
}

/**
 * A local time that occurs twice, and one without a year, are decided by the whole file, and a bundle holds a part of it.
 * Where the bundle has another time that the line can mean, the event read again gets that time. Any other difference
 * stays and is found. `order`: the bundle's source numbers → those of the throw-away case.
 */
export async function settleOpenTimes(bag: Bag, caseFile: Case, order: ReadonlyMap<number, number>): Promise<void> {
  const open = new Map<number, number>();
  for (const [source, again] of order) if (hasOpen(caseFile, again)) open.set(source, again);
  if (open.size === 0) return;
  const said = new Map<number, { offset: number; part: number; time: Micros }[]>();
  for await (const line of readLines(bag, "events.jsonl")) {
    if (line === "") continue;
    const { source, offset, part = 0, time } = JSON.parse(line) as EventRecord;
    if (!open.has(source)) continue;
    const list = said.get(source);
    const event = { offset, part, time: instantOf(time) };
    if (list) list.push(event);
    else said.set(source, [event]);
  }
  const put = caseFile.db.prepare("update event_row set time = ? where id = ?");
  for (const [source, again] of open) {
    const events = (said.get(source) ?? []).sort((a, b) => a.offset - b.offset || a.part - b.part);
    const rows = caseFile.db
      .prepare(
        'select id, time, flags from event_row where source = ? order by "offset", (select part from event_part where id = event_row.id), time',
      )
      .all(again) as Row[];
    if (rows.length !== events.length) continue;
    const { timezone, mapping } = caseFile.db
      .prepare("select timezone, mapping from source where id = ?")
      .get(again) as {
      timezone: string;
      mapping: string;
    };
    const zone = new Zone(timezone);
    const isYearless = /"parse":"year \d{4}"/u.test(mapping);
    rows.forEach((row, index) => {
      const time = (events[index] as { time: Micros }).time;
      if (time !== row.time && (isSecond(row, time, zone) || (isYearless && isOtherYear(row.time, time, zone))))
        put.run(time, row.id);
    });
  }
}

function hasOpen(caseFile: Case, source: number): boolean {
  const one = caseFile.db
    .prepare(
      `select 1 from source where id = @source and (instr(mapping, '"parse":"year ') > 0
         or exists (select 1 from event_row where source = @source and flags & ${FLAG.ambiguousTime}))`,
    )
    .get({ source });
  return one !== undefined;
}

/** Both are instants of the one local time. */
function isSecond({ time, flags }: Row, other: Micros, zone: Zone): boolean {
  if ((flags & FLAG.ambiguousTime) === 0) return false;
  const first = zone.resolve(time + zone.offsetAt(time));
  return other === first || other === zone.second;
}

/** Both are the same month, day and time of the local clock. */
function isOtherYear(time: Micros, other: Micros, zone: Zone): boolean {
  const clock = (instant: Micros) => new Date((instant + zone.offsetAt(instant)) / 1000).toISOString().slice(4);
  return clock(time) === clock(other);
}
