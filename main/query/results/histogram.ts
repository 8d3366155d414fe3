import { isoOf } from "../../../shared/base/time.ts";
import type { Dataset } from "../dataset.ts";

export interface Bucket {
  readonly from: string;
  /** Not included. */
  readonly to: string;
  readonly count: number;
}

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [1, 2, 5, 10, 15, 30]
  .map((n) => n * SECOND)
  .concat(
    [1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
    [1, 2, 3, 6, 12].map((n) => n * HOUR),
    [1, 2, 7, 14, 28, 56, 112, 224, 448, 896].map((n) => n * DAY),
  );

/**
 * At most `most` buckets of one round length over the span of the events at these positions, edges on the UTC clock
 * (weeks begin on Monday), empty ones included.
 */
export function histogram(dataset: Dataset, positions: Uint32Array, most: number): Bucket[] {
  const edges = edgesOf(dataset, positions, most);
  if (!edges) return [];
  const { start, step, counts } = edges;
  const time = dataset.columns.time;
  for (const position of positions) {
    const bucket = Math.floor(((time[position] as number) - start) / step);
    counts[bucket] = (counts[bucket] as number) + 1;
  }
  return Array.from(counts, (count, bucket) => ({
    from: isoOf(start + bucket * step),
    to: isoOf(start + (bucket + 1) * step),
    count,
  }));
}

/** Start, step and empty counts of the buckets; undefined without events. */
function edgesOf(
  dataset: Dataset,
  positions: Uint32Array,
  most: number,
): { start: number; step: number; counts: Float64Array } | undefined {
  if (positions.length === 0) return undefined;
  const time = dataset.columns.time;
  const first = time[positions[0] as number] as number;
  const last = time[positions[positions.length - 1] as number] as number;
  // 1970-01-05 was a Monday.
  const origin = 4 * DAY;
  const startOf = (step: number) => origin + Math.floor((first - origin) / step) * step;
  const bucketsOf = (step: number) => Math.floor((last - startOf(step)) / step) + 1;
  let step = STEPS.find((each) => bucketsOf(each) <= most) ?? (STEPS.at(-1) as number);
  while (bucketsOf(step) > most) step *= 2;
  return { start: startOf(step), step, counts: new Float64Array(bucketsOf(step)) };
}
