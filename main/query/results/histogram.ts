import { isoOf } from "../../../shared/base/time.ts";
import type { Dataset } from "../dataset.ts";
import { roundStep, stepOrigin, stepStart } from "./time-steps.ts";

export interface Bucket {
  readonly from: string;
  /** Not included. */
  readonly to: string;
  readonly count: number;
}

/**
 * At most `most` buckets of one round length over the span of the events at these positions, empty ones included. Their
 * edges lie on the UTC clock; weeks begin on Monday.
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
  const origin = stepOrigin(first, last, most);
  const startOf = (step: number) => stepStart(first, step, origin);
  const bucketsOf = (step: number) => Math.floor((last - startOf(step)) / step) + 1;
  const step = roundStep(most, bucketsOf);
  return { start: startOf(step), step, counts: new Float64Array(bucketsOf(step)) };
}
