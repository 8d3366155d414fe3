import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { loadClaims } from "../../findings/rules/policy.ts";
import { EventSet } from "../../query/columns/event-set.ts";
import type { Dataset } from "../../query/dataset.ts";
import { evaluate } from "../../query/filter/evaluate.ts";

/** One reason why events are in a bundle, word for word, and how many it brings. */
export interface Reason {
  readonly why: string;
  readonly filter: string;
  readonly events: number;
}

export interface Choice {
  /** Ascending positions. */
  readonly positions: Uint32Array;
  readonly reasons: readonly Reason[];
}

/** Every event that a finding, a claim or a tag rests on, and the denied calls; `filter` adds to them. */
export function chooseEvents(inquiry: Inquiry, filter: string | undefined): Choice {
  const { dataset } = inquiry;
  const wanted: [why: string, filter: string][] = [
    ["denied calls", "outcome:denied"],
    ["tagged", "tag:*"],
    ["noted", "note:*"],
  ];
  if (inquiry.policy) wanted.unshift(["findings rest on them, dismissed ones too", "level:attempted+"]);
  for (const claim of loadClaims(dataset.caseFile)?.claims ?? []) {
    if (claim.measure !== undefined && claim.rule === undefined && claim.level === undefined)
      wanted.push([`claim ${claim.id} rests on them`, claim.filter]);
  }
  if (filter !== undefined) wanted.push(["asked for", filter]);
  const chosen = EventSet.none(dataset.columns.rows);
  const reasons = wanted.map(([why, text]) => {
    const set = evaluate(resolve(parse(text), dataset.times), dataset);
    chosen.unite(set);
    return { why, filter: text, events: set.count };
  });
  addSameCalls(dataset, chosen);
  return { positions: chosen.positions(), reasons };
}

/** Chosen rows whose calls are looked up at once. */
const AT_ONCE = 1 << 13;

/** Adds the other records of the calls that chosen ones tell of: without them nobody could see which counts, and since when. */
function addSameCalls({ caseFile: { db }, columns }: Dataset, chosen: EventSet): void {
  if (db.prepare("select 1 from event_call limit 1").get() === undefined) return;
  const ids = columns.codes("id");
  const others = db
    .prepare(
      `select distinct c.id from json_each(?) j join event_call o on o.id = j.value join event_call c on c.call = o.call
         join event_row a on a.id = o.id join event_row b on b.id = c.id join source s on s.id = a.source join source t on t.id = b.source
       where c.id <> o.id and s.format = t.format and t.state = 'complete' and t.withdrawn is null`,
    )
    .pluck();
  const positions = chosen.positions();
  for (let from = 0; from < positions.length; from += AT_ONCE) {
    const some = Array.from(positions.subarray(from, from + AT_ONCE), (position) => ids[position] as number);
    for (const id of others.all(JSON.stringify(some)) as number[]) chosen.put(columns.positionOf(id));
  }
}
