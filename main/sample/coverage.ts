import { END, HOUR, iso, START } from "./calendar.ts";

/** Hours since START, `to` not included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export const gapJson = (gap: Gap) => ({ from: iso(START + gap.from * HOUR), to: iso(START + gap.to * HOUR) });

/** Events by hour of the UTC clock. */
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

  /**
   * Runs of hours without events where 20 or more were to be expected (docs/decisions.md, 12). `from`, `to` (µs): what is
   * judged, if that is more than the span from the first to the last event.
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
    const missing = new Set<number>();
    const gaps: Gap[] = [];
    for (let added = true; added; ) {
      added = false;
      for (const run of runs) {
        if (gaps.includes(run) || this.#expected(run, first, last, missing) < 20) continue;
        gaps.push(run);
        for (let hour = run.from; hour < run.to; hour++) missing.add(hour);
        added = true;
      }
    }
    return gaps.sort((a, b) => a.from - b.from);
  }

  /** The sum over the run's hours of the mean of the same hours of the week, in the four weeks before the run and after it. */
  #expected(run: Gap, first: number, last: number, missing: ReadonlySet<number>): number {
    const weekly: { sum: number; hours: number }[] = Array.from({ length: 168 }, () => ({ sum: 0, hours: 0 }));
    const look = (hour: number) => {
      if (hour < first || hour > last || missing.has(hour)) return;
      const week = weekly[((hour % 168) + 168) % 168] as { sum: number; hours: number };
      week.sum += this.counts[hour] ?? 0;
      week.hours += 1;
    };
    for (let i = 0; i < 4 * 168; i++) {
      look(run.from - 1 - i);
      look(run.to + i);
    }
    let expected = 0;
    for (let hour = run.from; hour < run.to; hour++) {
      const week = weekly[((hour % 168) + 168) % 168] as { sum: number; hours: number };
      if (week.hours > 0) expected += week.sum / week.hours;
    }
    return expected;
  }
}
