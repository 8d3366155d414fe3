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

/** What runs of hours without records are. */
export interface Silences {
  readonly gaps: GapRun[];
  /** No gaps, as far as one can say: for some of their hours no other week says what is usual. */
  readonly untold: HourRun[];
}

/**
 * Runs of whole hours without events in which 20 or more were to be expected (docs/decisions/12-coverage.md).
 * `counts`: events by hour, from hour `start`. `judged`: the hours to judge. Those outside the counts have no events,
 * and only hours of the counts say what is usual. `seen`: of the same hours, all records, where duplicates are not
 * among the counts: an hour with any is not silent.
 */
export function silencesOf(counts: Float64Array, start: number, judged: HourRun, seen = counts): Silences {
  const end = start + counts.length;
  const at = (hour: number) => (hour >= start && hour < end ? (seen[hour - start] as number) : 0);
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
    // The mean of the same hour of the week in the four weeks before the run and the four after it; NaN: there is none.
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
      return sum / hours;
    };
    const weighed = empty.map((run) => {
      // The same hour of each week of the run has the same mean.
      const means = Array.from({ length: Math.min(WEEK_HOURS, run.to - run.from) }, (_, hour) =>
        meanFor(run.from + hour, run),
      );
      let expected = 0;
      for (let hour = run.from; hour < run.to; hour += 1) {
        const mean = means[(hour - run.from) % WEEK_HOURS] as number;
        if (!Number.isNaN(mean)) expected += mean;
      }
      return { run: { ...run, expected }, isTold: !means.some(Number.isNaN) };
    });
    const found = weighed.flatMap(({ run }) => (run.expected >= MIN_EXPECTED_CALLS ? [run] : []));
    if (found.length === gaps.length) {
      const open = weighed.filter(({ run, isTold }) => !isTold && run.expected < MIN_EXPECTED_CALLS);
      return { gaps: found, untold: open.map(({ run: { from, to } }) => ({ from, to })) };
    }
    gaps = found;
  }
}

export const gapText = (run: HourRun): Gap => ({ from: isoOf(run.from * HOUR), to: isoOf(run.to * HOUR) });

/** Events by hour of one source and API. */
export interface Lane {
  readonly source: number;
  /** Absent: calls whose API nobody named. */
  readonly api?: string;
  /** µs of the first and the last event that is no duplicate. */
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly counts: Float64Array;
  /** Of the same hours; absent where there are none. */
  readonly duplicates?: Float64Array;
}

/** The events of every source and API that has any but duplicates. */
export const lanesOf = (dataset: Dataset): Lane[] => recordLanesOf(dataset).filter(hasEvents);

/** A lane of nothing but duplicates has no span. */
export const hasEvents = ({ first }: Lane): boolean => !Number.isNaN(first);

/** What is known of a lane before its hours are counted, µs. */
interface LaneEnds {
  readonly source: number;
  readonly api: number;
  readonly from: number;
  to: number;
  first: number;
  last: number;
  duplicates: number;
}

/** The records of every source and API by hour, ordered by source, then API. Two passes over the columns. */
export function recordLanesOf(dataset: Dataset): Lane[] {
  const { columns } = dataset;
  const apis = columns.dictionary("api").all();
  const sourceOf = columns.codes("source");
  const apiOf = columns.codes("api");
  const flags = columns.codes("flags");
  const { time, rows } = columns;
  const ends: LaneEnds[] = [];
  // By source, by API: the number of the lane, -1 where there is none yet.
  const numbers: (Int32Array | undefined)[] = [];
  const laneOf = new Uint32Array(rows);
  for (let p = 0; p < rows; p += 1) {
    const source = sourceOf[p] as number;
    const api = apiOf[p] as number;
    const byApi = numbers[source] ?? new Int32Array(apis.length).fill(-1);
    numbers[source] = byApi;
    let number = byApi[api] as number;
    if (number < 0) {
      number = ends.length;
      byApi[api] = number;
      ends.push({ source, api, from: time[p] as number, to: 0, first: Number.NaN, last: Number.NaN, duplicates: 0 });
    }
    laneOf[p] = number;
    const lane = ends[number] as LaneEnds;
    const at = time[p] as number;
    lane.to = at;
    if (((flags[p] as number) & FLAG.duplicate) !== 0) lane.duplicates += 1;
    else {
      if (Number.isNaN(lane.first)) lane.first = at;
      lane.last = at;
    }
  }
  const lanes = ends.map(({ source, api: code, from, to, first, last, duplicates }): Lane => {
    const start = Math.floor(from / HOUR);
    const api = apis[code];
    const hours = Math.floor(to / HOUR) - start + 1;
    return {
      ...{ source, ...(api === undefined ? {} : { api }) },
      ...{ first, last, start, counts: new Float64Array(hours) },
      ...(duplicates > 0 ? { duplicates: new Float64Array(hours) } : {}),
    };
  });
  // The calls come in the order of time: where an hour begins is looked for once.
  let [hour, end] = [0, Number.NEGATIVE_INFINITY];
  for (let p = 0; p < rows; p += 1) {
    const at = time[p] as number;
    if (at >= end) {
      hour = Math.floor(at / HOUR);
      end = (hour + 1) * HOUR;
    }
    const { start, counts, duplicates } = lanes[laneOf[p] as number] as Lane;
    const among = duplicates && ((flags[p] as number) & FLAG.duplicate) !== 0 ? duplicates : counts;
    among[hour - start] = (among[hour - start] as number) + 1;
  }
  return lanes.sort((a, b) => a.source - b.source || ((a.api ?? "") < (b.api ?? "") ? -1 : 1));
}

/** Every source and API: its span, its events, its gaps. */
export function coverageOf(lanes: readonly Lane[]): Coverage[] {
  return lanes.map((lane) => ({
    source: lane.source,
    ...(lane.api === undefined ? {} : { api: lane.api }),
    from: isoOf(lane.first),
    to: isoOf(lane.last),
    events: lane.counts.reduce((sum, count) => sum + count, 0),
    gaps: silencesOfLane(lane).gaps.map(gapText),
  }));
}

/** The silences of one source and API. Its duplicates are records like the others: it had them. */
export function silencesOfLane(lane: Lane): Silences {
  const { start, counts } = recorded([lane]);
  return silencesOf(counts, start, { from: start, to: start + counts.length });
}

/**
 * The silences of one API over all its sources together. `ours`: its lanes. The time from `from` to its first event, and from
 * its last event to `until` (µs), is judged like any other. Without any event nothing is known, and all of it is one gap.
 */
export function silencesOfApi(ours: readonly Lane[], from: number, until: number): Silences {
  const judged = { from: Math.ceil(from / HOUR), to: Math.floor(until / HOUR) };
  if (ours.length === 0) return { gaps: judged.from < judged.to ? [{ ...judged, expected: 0 }] : [], untold: [] };
  const { start, counts } = summed(ours);
  const span = { from: Math.min(judged.from, start), to: Math.max(judged.to, start + counts.length) };
  return silencesOf(counts, start, span, recorded(ours).counts);
}

export const gapsOfApi = (ours: readonly Lane[], from: number, until: number): GapRun[] =>
  silencesOfApi(ours, from, until).gaps;

/** Lanes hour by hour as one, from the first event to the last, without duplicates; there is at least one lane. */
export const summed = (lanes: readonly Lane[]): Pick<Lane, "start" | "counts"> => sum(lanes, (lane) => [lane.counts]);

/** The same with duplicates. */
export const recorded = (lanes: readonly Lane[]): Pick<Lane, "start" | "counts"> =>
  sum(lanes, ({ counts, duplicates }) => (duplicates ? [counts, duplicates] : [counts]));

function sum(
  lanes: readonly Lane[],
  countsOf: (lane: Lane) => readonly Float64Array[],
): Pick<Lane, "start" | "counts"> {
  const start = Math.min(...lanes.map((lane) => Math.floor(lane.first / HOUR)));
  const counts = new Float64Array(Math.max(...lanes.map((lane) => Math.floor(lane.last / HOUR) + 1)) - start);
  for (const lane of lanes) {
    for (const own of countsOf(lane)) {
      const shift = lane.start - start;
      const end = Math.min(own.length, counts.length - shift);
      for (let hour = Math.max(0, -shift); hour < end; hour += 1)
        counts[hour + shift] = (counts[hour + shift] as number) + (own[hour] as number);
    }
  }
  return { start, counts };
}
