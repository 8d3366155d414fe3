import type { Call } from "./model.ts";
import { iso, micros } from "./time.ts";

/** Hours are numbers of hours since 1970, of the UTC clock. */
const HOUR = 3_600_000_000;
const WEEK = 7 * 24;
const EXPECTED = 20;

type Run = [from: number, to: number];

/**
 * The gaps among the runs of whole hours without events, in hours. Between the hours of the first and the last event
 * and, where `reach` (µs) is given, also from its start to the first event and from the last event to its end.
 */
export function gapsOf(times: number[], reach?: [number, number]): Run[] {
  const counts = new Map<number, number>();
  for (const time of times) counts.set(Math.floor(time / HOUR), (counts.get(Math.floor(time / HOUR)) ?? 0) + 1);
  const busy = [...counts.keys()].sort((a, b) => a - b);
  const [first, last] = [busy[0], busy.at(-1)];
  if (first === undefined || last === undefined) return [];
  const runs: Run[] = [];
  if (reach !== undefined) runs.push([Math.ceil(reach[0] / HOUR), first]);
  for (const [index, hour] of busy.entries()) if (index > 0) runs.push([(busy[index - 1] as number) + 1, hour]);
  if (reach !== undefined) runs.push([last + 1, Math.floor(reach[1] / HOUR)]);

  const gaps: Run[] = [];
  // At other hours of the week nothing is ever expected.
  const hoursOfWeek = new Set(busy.map((hour) => hour % WEEK));
  const inGap = (hour: number) => gaps.some(([from, to]) => from <= hour && hour < to);
  /** The mean of the same hour of the week in the four weeks before the run and the four after it. */
  const expected = (hour: number, [from, to]: Run): number => {
    let [sum, hours] = [0, 0];
    for (let other = hour - Math.ceil((hour - from + 4 * WEEK) / WEEK) * WEEK; other < to + 4 * WEEK; other += WEEK) {
      const beside = (other >= from - 4 * WEEK && other < from) || other >= to;
      if (!beside || other < first || other > last || inGap(other)) continue;
      sum += counts.get(other) ?? 0;
      hours++;
    }
    return hours === 0 ? 0 : sum / hours;
  };
  for (;;) {
    const found = runs.filter((run) => {
      if (gaps.includes(run)) return false;
      let sum = 0;
      for (let hour = run[0]; hour < run[1]; hour++) if (hoursOfWeek.has(hour % WEEK)) sum += expected(hour, run);
      return sum >= EXPECTED - 1e-9;
    });
    if (found.length === 0) return gaps.sort((a, b) => a[0] - b[0]);
    gaps.push(...found);
  }
}

/** Gaps of hours as spans of µs. */
export const gapSpans = (gaps: Run[]): [number, number][] => gaps.map(([from, to]) => [from * HOUR, to * HOUR]);

/** `coverage` as `findings --json` prints it: a row per source and API, duplicates left out, in the order of source and API. */
export function referenceCoverage(events: (Call & { source: number })[]) {
  const rows = new Map<string, (Call & { source: number })[]>();
  const repeated = new Map<string, number[]>();
  for (const event of events) {
    const key = JSON.stringify([event.source, event.api]);
    if (event.duplicate) repeated.set(key, [...(repeated.get(key) ?? []), micros(event.time)]);
    else rows.set(key, [...(rows.get(key) ?? []), event]);
  }
  const coverage = [...rows].map(([key, row]) => {
    const times = row.map((event) => micros(event.time)).sort((a, b) => a - b);
    const { source, api } = row[0] as Call & { source: number };
    const hour = (time: number | undefined) => Math.floor((time as number) / HOUR);
    // Duplicates fill silences inside the span of the others.
    const inside = (repeated.get(key) ?? []).filter(
      (time) => hour(time) >= hour(times[0]) && hour(time) <= hour(times.at(-1)),
    );
    return {
      source,
      ...(api === undefined ? {} : { api }),
      from: iso(times[0] as number),
      to: iso(times.at(-1) as number),
      events: row.length,
      gaps: gapSpans(gapsOf([...times, ...inside])).map(([from, to]) => ({ from: iso(from), to: iso(to) })),
    };
  });
  return coverage.sort((a, b) => a.source - b.source || ((a.api ?? "") < (b.api ?? "") ? -1 : 1));
}
