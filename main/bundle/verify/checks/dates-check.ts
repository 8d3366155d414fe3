import { momentOf } from "../../../../shared/base/moment.ts";
import { instantOf, SECOND } from "../../../../shared/base/time.ts";
import type { CustodyEntry } from "../../../custody/append.ts";
import { printable } from "../../../platform/printable-name.ts";
import type { Bag } from "../../bag/load-bag.ts";
import { valuesOf } from "../../bag/tag-file.ts";
import { bad, good, type Outcome } from "../bag/outcomes.ts";
import { type BundleContents, openActs } from "../extract/bundle-contents.ts";
import { readRemedy, statedEntries } from "../extract/remedy-faults.ts";

/** Seconds since 1970, cut: a bundle may be dated by whole seconds, and nothing is finer than that in a comparison. */
const secondOf = (text: unknown): number =>
  typeof text === "string" ? Math.floor(instantOf(text) / SECOND) : Number.NaN;

/** In a dossier only the decisions on its developer stand. */
const isOf = (developer: string | undefined, detail: CustodyEntry["detail"]): boolean =>
  developer === undefined || detail.developer === developer;

/** Nothing is dated before what it rests on. */
export async function datesCheck({ about, acts, sources }: BundleContents, bag: Bag): Promise<Outcome> {
  const { faults, older } = orderOfActs(acts);
  const at = secondOf(about.at);
  if (Number.isNaN(at)) faults.push(`bundle.json: at is not a time: ${shown(about.at)}`);
  const notAfter = (what: string, time: unknown, limit: number, of: string) => {
    const second = secondOf(time);
    if (Number.isNaN(second)) faults.push(`${what} has no readable time: ${shown(time)}`);
    else if (second > limit) faults.push(`${what} is dated ${shown(time)}, after ${of}`);
  };
  for (const { seq, act, at: time } of acts)
    notAfter(`act ${seq} (${act}) of custody.jsonl`, time, at, `the bundle, which bundle.json dates ${about.at}`);
  // The acts that decide, in their order, are the decisions in theirs.
  const decided = openActs(acts).filter(({ act, detail }) => act === "finding" && isOf(about.developer, detail));
  const isWhole = acts.length === openActs(acts).length;
  for (const [index, decision] of about.decisions.entries()) {
    const what = `bundle.json: decision ${index + 1} (${decision.rule}, ${decision.developer_id})`;
    notAfter(what, decision.at, at, `the bundle, ${about.at}`);
    const act = decided[index];
    if (act && (about.developer === undefined || isWhole))
      notAfter(what, decision.at, secondOf(act.at), `act ${act.seq} (finding), ${act.at}, which made it`);
  }
  const told = acts.filter(({ act }) => act === "fact");
  for (const [index, { fact, at: time }] of (about.facts ?? []).entries()) {
    const act = told[index];
    if (act)
      notAfter(
        `bundle.json: fact ${index + 1} (${printable(String(fact))})`,
        time,
        secondOf(act.at),
        `act ${act.seq} (fact), ${act.at}, which made it`,
      );
  }
  for (const { source, file, withdrawn } of sources)
    if (withdrawn)
      notAfter(`sources.json: the withdrawal of source ${source} (${file})`, withdrawn.at, at, `the bundle`);
  for (const { source, file, acquisition } of sources) {
    const told = acts.findLast(({ act, detail }) => act === "received" && detail?.source === source);
    if (acquisition && told)
      notAfter(
        `sources.json: that source ${source} (${file}) was received`,
        acquisition.on,
        secondOf(told.at),
        `act ${told.seq} (received), ${told.at}, which says so`,
      );
  }
  const remedy = await readRemedy(bag);
  if (remedy !== undefined && remedy.at !== about.at)
    faults.push(`remedy.json is of ${shown(remedy.at)}, and the bundle of ${shown(about.at)}`);
  for (const { n, step, on } of statedEntries(remedy)) {
    if (on === undefined) continue;
    const moment = momentOf(on);
    const what = `remedy.json: entry ${n} (${step})`;
    if (!("from" in moment)) faults.push(`${what} has no readable time: ${shown(on)}`);
    else if (Math.floor(moment.from / SECOND) > at)
      faults.push(`${what} is dated ${shown(on)}, after the bundle, ${about.at}`);
  }
  const day = String(about.at).slice(0, 10);
  for (const said of valuesOf(bag.info, "Bagging-Date"))
    if (said !== day) faults.push(`bag-info.txt says the day ${printable(said)}, bundle.json ${about.at}`);
  const later = sources.filter(({ last }) => last !== undefined && secondOf(last) > at);
  const notes = later.map(
    ({ source, file, last }) =>
      `; the log of source ${source} (${file}) itself dates calls after the bundle, up to ${last}`,
  );
  return faults.length > 0
    ? bad("dates-wrong", faults.slice(0, 20).join("; "))
    : good("dates-right", acts.length, [older, ...notes].join(""));
}

/**
 * Acts in the order of their times. Versions that recorded no digests took the clock as it was: of their acts it is said, and
 * is no fault.
 */
export function orderOfActs(acts: readonly CustodyEntry[]): { faults: string[]; older: string } {
  const first = acts.findIndex(({ detail }) => detail?.digests !== undefined);
  const faults: string[] = [];
  const older: string[] = [];
  for (const [index, { seq, act, at }] of acts.entries()) {
    const before = acts[index - 1];
    const here = first >= 0 && index > first ? faults : older;
    if (Number.isNaN(secondOf(at))) faults.push(`act ${seq} (${act}) has no readable time: ${shown(at)}`);
    else if (before && secondOf(at) < secondOf(before.at))
      here.push(`act ${seq} (${act}) is dated ${at}, before act ${before.seq} (${before.act}), ${before.at}`);
  }
  const said =
    older.length === 0 ? "" : `; of an older version, which took the clock as it was: ${older.slice(0, 5).join("; ")}`;
  return { faults, older: said };
}

const shown = (value: unknown): string => printable(String(value).slice(0, 60));
