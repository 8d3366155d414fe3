import { HOUR, isoOf } from "../../../shared/base/time.ts";
import { FLAG } from "../../../shared/model/event.ts";
import type { Coverage, Gap } from "../../../shared/model/finding.ts";
import type { Dataset } from "../../query/dataset.ts";

/** A run of hours of the UTC clock, numbered from 1970, `to` not included. */
export interface HourRun {
  readonly from: number;
  readonly to: number;
}

/** A run that should not be empty. */
export interface GapRun extends HourRun {
  /** Events that were to be expected in it; 0: no call says what is usual there. */
  readonly expected: number;
}

const WEEK_HOURS = 168;
/** 20 calls, less what adding a thousand thirds may lose to rounding. */
const MIN_EXPECTED_CALLS = 20 - 1e-9;

/**
 * Runs of whole hours without events in which 20 or more were to be expected (docs/decisions/12-coverage.md).
 * `counts`: events by hour, from hour `start`. `judged`: the hours to judge. Those outside the counts have no events,
 * and only hours of the counts say what is usual.
 */
export function gapsOf(counts: Float64Array, start: number, judged: HourRun): GapRun[] {
  const end = start + counts.length;
  const at = (hour: number) => (hour >= start && hour < end ? (counts[hour - start] as number) : 0);
  const empty: HourRun[] = [];
  for (let hour = judged.from; hour < judged.to; hour += 1) {
    if (at(hour) > 0) continue;
    const from = hour;
    while (hour < judged.to && at(hour) === 0) hour += 1;
    empty.push({ from, to: hour });
  }
  let gaps: GapRun[] = [];
  for (;;) {
    const missing = new Uint8Array(counts.length);
    for (const gap of gaps)
      for (let hour = Math.max(gap.from, start); hour < Math.min(gap.to, end); hour += 1) missing[hour - start] = 1;
    // The mean of the same hour of the week in the four weeks before the run and the four after it.
    const meanFor = (hour: number, run: HourRun): number => {
      let sum = 0;
      let hours = 0;
      const addSample = (sample: number) => {
        if (sample < start || sample >= end || missing[sample - start] === 1) return;
        sum += counts[sample - start] as number;
        hours += 1;
      };
      const before = hour - Math.ceil((hour - run.from + 1) / WEEK_HOURS) * WEEK_HOURS;
      const after = hour + Math.ceil((run.to - hour) / WEEK_HOURS) * WEEK_HOURS;
      for (let week = 0; week < 4; week += 1) {
        addSample(before - week * WEEK_HOURS);
        addSample(after + week * WEEK_HOURS);
      }
      return hours === 0 ? 0 : sum / hours;
    };
    const weighed = empty.map((run) => {
      // The same hour of each week of the run has the same mean.
      const means = Array.from({ length: Math.min(WEEK_HOURS, run.to - run.from) }, (_, hour) =>
        meanFor(run.from + hour, run),
      );
      let expected = 0;
      for (let hour = run.from; hour < run.to; hour += 1) expected += means[(hour - run.from) % WEEK_HOURS] as number;
      return { ...run, expected };
    });
    const found = weighed.filter((run) => run.expected >= MIN_EXPECTED_CALLS);
    if (found.length === gaps.length) return found;
    gaps = found;
  }
}

export const gapText = (run: HourRun): Gap => ({ from: isoOf(run.from * HOUR), to: isoOf(run.to * HOUR) });

/** Events by hour of one source and API, without duplicates. */
export interface Lane {
  readonly source: number;
  /** Absent: calls whose API nobody named. */
  readonly api?: string;
  /** µs of the first and the last event. */
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly counts: Float64Array;
}

/** The events of every source and API by hour, ordered by source, then API. Two passes over the columns. */
export function lanesOf(dataset: Dataset): Lane[] {
  const { columns } = dataset;
  const apis = columns.dictionary("api").all();
  const sourceOf = columns.codes("source");
  const apiOf = columns.codes("api");
  const flags = columns.codes("flags");
  const time = columns.time;
  const ends = new Map<number, { first: number; last: number }>();
  const keyOf = (p: number) => (sourceOf[p] as number) * apis.length + (apiOf[p] as number);
  const counted = (p: number) => ((flags[p] as number) & FLAG.duplicate) === 0;
  for (let p = 0; p < columns.rows; p += 1) {
    if (!counted(p)) continue;
    const lane = ends.get(keyOf(p));
    if (lane) lane.last = time[p] as number;
    else ends.set(keyOf(p), { first: time[p] as number, last: time[p] as number });
  }
  const lanes = new Map(
    [...ends].map(([key, { first, last }]) => {
      const start = Math.floor(first / HOUR);
      const api = apis[key % apis.length];
      const counts = new Float64Array(Math.floor(last / HOUR) - start + 1);
      return [
        key,
        { source: Math.floor(key / apis.length), ...(api === undefined ? {} : { api }), first, last, start, counts },
      ] as const;
    }),
  );
  for (let p = 0; p < columns.rows; p += 1) {
    if (!counted(p)) continue;
    const { start, counts } = lanes.get(keyOf(p)) as Lane;
    const hour = Math.floor((time[p] as number) / HOUR) - start;
    counts[hour] = (counts[hour] as number) + 1;
  }
  return [...lanes.values()].sort((a, b) => a.source - b.source || ((a.api ?? "") < (b.api ?? "") ? -1 : 1));
}

/** Every source and API: its span, its events, its gaps. */
export function coverageOf(lanes: readonly Lane[]): Coverage[] {
  return lanes.map(({ source, api, first, last, start, counts }) => ({
    source,
    ...(api === undefined ? {} : { api }),
    from: isoOf(first),
    to: isoOf(last),
    events: counts.reduce((sum, count) => sum + count, 0),
    gaps: gapsOf(counts, start, { from: start, to: start + counts.length }).map(gapText),
  }));
}

/**
 * The gaps of one API over all its sources together. `ours`: its lanes. The time from `from` to its first event, and from its
 * last event to `until` (µs), is judged like any other. Without any event nothing is known, and all of it is one gap.
 */
export function gapsOfApi(ours: readonly Lane[], from: number, until: number): GapRun[] {
  const judged = { from: Math.ceil(from / HOUR), to: Math.floor(until / HOUR) };
  if (ours.length === 0) return judged.from < judged.to ? [{ ...judged, expected: 0 }] : [];
  const { start, counts } = summed(ours);
  return gapsOf(counts, start, { from: Math.min(judged.from, start), to: Math.max(judged.to, start + counts.length) });
}

/** Lanes hour by hour as one; there is at least one. */
export function summed(lanes: readonly Lane[]): Pick<Lane, "start" | "counts"> {
  const start = Math.min(...lanes.map((lane) => lane.start));
  const counts = new Float64Array(Math.max(...lanes.map((lane) => lane.start + lane.counts.length)) - start);
  for (const lane of lanes) {
    for (let hour = 0; hour < lane.counts.length; hour += 1) {
      const at = lane.start - start + hour;
      counts[at] = (counts[at] as number) + (lane.counts[hour] as number);
    }
  }
  return { start, counts };
}
