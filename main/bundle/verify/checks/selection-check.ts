import { HOUR, instantOf, isoOf } from "../../../../shared/base/time.ts";
import type { EventRecord } from "../../../../shared/model/event.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { readHours } from "../../contents/hourly-counts.ts";
import { bad, good, type Outcome } from "../bag/outcomes.ts";
import type { BundleContents } from "../extract/bundle-contents.ts";
import { readExtract, readLines } from "../extract/read-extract.ts";
import type { Recomputed } from "../recompute/recompute.ts";

/**
 * What was selected, and what was left out: the sums of the whole case as sources.json and hours.csv have them, and, where all
 * is worked out anew, each stated filter over the calls of the bundle.
 */
export async function selectionCheck(
  bag: Bag,
  contents: BundleContents,
  recomputed: Recomputed | undefined,
): Promise<Outcome> {
  const faults = [...sumFaults(contents), ...(await hourFaults(bag, contents)), ...(recomputed?.selected.faults ?? [])];
  if (faults.length > 0) return bad("selection-differs", faults.slice(0, 20).join("; "));
  const { selected, events, left_out } = contents.about;
  if (!recomputed) return good("sums-agree", events, left_out, selected.length);
  const { onTrust } = recomputed.selected;
  return onTrust.length > 0
    ? good("selection-in-part-on-trust", events, left_out, selected.length - onTrust.length, onTrust.join("; "))
    : good("selection-agrees", events, left_out, selected.length);
}

/** The calls of the bundle and those left out are all that the sources have which count. */
function sumFaults({ about, sources }: BundleContents): string[] {
  const all = sources.reduce((sum, { events, withdrawn }) => sum + (withdrawn ? 0 : events), 0);
  return about.events + about.left_out === all
    ? []
    : [
        `bundle.json: ${about.events} events and ${about.left_out} left out are not the ${all} of its sources in sources.json`,
      ];
}

/** hours.csv has all records of each source, hour by hour, and no fewer in any hour than the bundle itself. */
async function hourFaults(bag: Bag, { sources }: BundleContents): Promise<string[]> {
  const lanes = readHours(await readExtract(bag, "hours.csv"));
  const faults: string[] = [];
  const sum = (counts: Float64Array | undefined) => counts?.reduce((all, count) => all + count, 0) ?? 0;
  for (const { source, file, events, duplicates, withdrawn } of sources) {
    const own = lanes.filter((lane) => lane.source === source);
    const again = own.reduce((all, lane) => all + sum(lane.duplicates), 0);
    const hours = own.reduce((all, lane) => all + sum(lane.counts), again);
    const what = `of source ${source} (${printable(file)})`;
    if (hours !== (withdrawn ? 0 : events))
      faults.push(`hours.csv has ${hours} events ${what}, sources.json ${withdrawn ? "none that count" : events}`);
    if (!withdrawn && again !== duplicates)
      faults.push(`hours.csv has ${again} duplicates ${what}, sources.json ${duplicates}`);
  }
  const known = new Set(sources.map(({ source }) => source));
  for (const { source } of lanes)
    if (!known.has(source)) faults.push(`hours.csv has hours of source ${source}, which sources.json has not`);
  const keyOf = (source: number, api: string | undefined) => JSON.stringify([source, api ?? null]);
  const byKey = new Map(lanes.map((lane) => [keyOf(lane.source, lane.api), lane]));
  const found = new Map<string, { events: number; duplicates: number }>();
  for await (const text of readLines(bag, "events.jsonl")) {
    if (text === "") continue;
    const { source, api, time, duplicate } = JSON.parse(text) as EventRecord;
    const key = `${Math.floor(instantOf(time) / HOUR)} ${keyOf(source, api)}`;
    let count = found.get(key);
    if (!count) {
      count = { events: 0, duplicates: 0 };
      found.set(key, count);
    }
    count[duplicate ? "duplicates" : "events"] += 1;
  }
  for (const [key, { events, duplicates }] of found) {
    const [hour, lane] = [Number(key.slice(0, key.indexOf(" "))), byKey.get(key.slice(key.indexOf(" ") + 1))];
    const has = {
      events: lane?.counts[hour - lane.start] ?? 0,
      duplicates: lane?.duplicates?.[hour - lane.start] ?? 0,
    };
    if (has.events < events || has.duplicates < duplicates) {
      const [source, api] = JSON.parse(key.slice(key.indexOf(" ") + 1)) as [number, string | null];
      const at = `${isoOf(hour * HOUR)} of source ${source}${api === null ? "" : `, API ${printable(api)}`}`;
      faults.push(
        `hours.csv has ${has.events} events and ${has.duplicates} duplicates in the hour ${at}, the bundle itself ${events} and ${duplicates}`,
      );
    }
  }
  return faults;
}
