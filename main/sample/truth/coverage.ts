import { END, HOUR, iso, START } from "../incident/calendar.ts";

/** Hours since START, `to` not included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export const gapJson = (gap: Gap) => ({ from: iso(START + gap.from * HOUR), to: iso(START + gap.to * HOUR) });

/** Records by hour of the UTC clock; span and number are of those that are no duplicates. */
export class Hours {
  readonly counts = new Uint32Array((END - START) / HOUR + 24);
  events = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;

  add(time: number): void {
    const hour = Math.floor((time - START) / HOUR);
    this.counts[hour] = (this.counts[hour] as number) + 1;
    this.events += 1;
    if (time < this.first) this.first = time;
    if (time > this.last) this.last = time;
  }

  addDuplicate(time: number): void {
    const hour = Math.floor((time - START) / HOUR);
    this.counts[hour] = (this.counts[hour] as number) + 1;
  }

  /**
   * Runs of hours without records where 20 or more were to be expected (docs/decisions/12-coverage.md). `from`, `to` (µs):
   * what is judged, if that is more than the span from the first to the last event.
   */
  gaps(from = this.first, to = this.last): Gap[] {
    if (this.events === 0) return [];
    const hourOf = (time: number) => Math.floor((time - START) / HOUR);
    const first = hourOf(this.first);
    const last = hourOf(this.last);
    const runs: Gap[] = [];
    let begin = -1;
    const end = Math.max(last, hourOf(to - 1)) + 1;
    for (let hour = Math.min(first, hourOf(from)); hour <= end; hour++) {
      const empty = hour < end && (this.counts[hour] ?? 0) === 0;
      if (empty && begin < 0) begin = hour;
      if (!empty && begin >= 0) {
        runs.push({ from: begin, to: hour });
        begin = -1;
      }
    }
    const missing = new Uint8Array(this.counts.length);
    const gaps = new Set<Gap>();
    for (let added = true; added; ) {
      added = false;
      for (const run of runs) {
        if (gaps.has(run) || this.#expected(run, first, last, missing) < 20) continue;
        gaps.add(run);
        for (let hour = Math.max(run.from, 0); hour < run.to; hour++) missing[hour] = 1;
        added = true;
      }
    }
    return [...gaps].sort((a, b) => a.from - b.from);
  }

  /** The sum over the run's hours of the mean of the same hours of the week, in the four weeks before the run and after it. */
  #expected(run: Gap, first: number, last: number, missing: Uint8Array): number {
    let expected = 0;
    for (let hour = run.from; hour < run.to; hour++) {
      let sum = 0;
      let hours = 0;
      for (const begin of [run.from - 4 * WEEK_HOURS, run.to]) {
        // The first hour from `begin` on that is the same hour of the week, and those of the three weeks after.
        const same = begin + ((((hour - begin) % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS);
        for (let at = same; at < same + 4 * WEEK_HOURS; at += WEEK_HOURS) {
          if (at < first || at > last || missing[at] === 1) continue;
          sum += this.counts[at] as number;
          hours += 1;
        }
      }
      if (hours > 0) expected += sum / hours;
    }
    return expected;
  }
}

const WEEK_HOURS = 168;
