import { figure } from "../../../shared/base/figure.ts";
import { inertText } from "../inert.tsx";
import { partOf } from "./bar-parts.ts";
import { edgesOf, edgeWords, timeAt } from "./bars.ts";
import type { Drawing } from "./drawing.ts";

/** What the bar under the pointer says: its times, and the calls of each part. */
export function tooltipText(points: unknown, { histogram, stack }: Drawing): string {
  const [point] = points as { value: [number, number] }[];
  if (!point) return "";
  const edges = edgesOf(histogram);
  const bucket = Math.floor(point.value[0]);
  const from = edgeWords(timeAt(edges, bucket), edges.step);
  const to = edgeWords(timeAt(edges, bucket + 1), edges.step);
  const parts = histogram.series
    .map(({ value, counts }, index) => ({ words: partOf(stack, value, index).words, count: counts[bucket] ?? 0 }))
    .filter(({ count }) => count > 0)
    .reverse();
  const lines = parts.map(({ words, count }) => `${figure(count)} ${inertText(words).slice(0, 60)}`);
  return [`${from} to ${to} UTC`, ...(lines.length === 0 ? ["no calls"] : lines)].join("\n");
}
