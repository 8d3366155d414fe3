import { graphic } from "echarts/core";
import type { Pattern } from "./patterns.ts";

/** All bars of one part as one shape: a shape for each would cost more to keep than to draw. */
const Bars = graphic.extendShape({
  shape: { bars: [] as number[] },
  buildPath(path: { rect(x: number, y: number, width: number, height: number): void }, shape: { bars: number[] }) {
    const { bars } = shape;
    for (let at = 0; at < bars.length; at += 4)
      path.rect(bars[at] as number, bars[at + 1] as number, bars[at + 2] as number, bars[at + 3] as number);
  },
});
graphic.registerShape("bars", Bars);

export interface Part {
  readonly counts: readonly number[];
  readonly colour: string;
  readonly pattern: Pattern | undefined;
}

/** What the chart tells of its axes, pixels. */
export interface Axes {
  coord(point: readonly [number, number]): number[];
}

/** Opacity of the bars that the filter's times leave out. */
const OUTSIDE_OPACITY = 0.38;

/**
 * The shapes of stacked bars, the first part lowest, one pixel between neighbours. `base`: where bars begin on the axis of
 * counts. Bars outside [first, end) are pale.
 */
export function stacked(
  axes: Axes,
  { parts, base, first, end }: { parts: readonly Part[]; base: number; first: number; end: number },
): object {
  const buckets = parts[0]?.counts.length ?? 0;
  const height = (count: number) => axes.coord([0, Math.max(base, count)])[1] as number;
  const left = Array.from({ length: buckets + 1 }, (_, bucket) => Math.round(axes.coord([bucket, base])[0] as number));
  const below = new Float64Array(buckets);
  const children = parts.flatMap(({ counts, colour, pattern }) => {
    const shapes: [inside: number[], outside: number[]] = [[], []];
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const count = counts[bucket] as number;
      if (count === 0) continue;
      const [from, x] = [below[bucket] as number, left[bucket] as number];
      below[bucket] = from + count;
      const [top, foot] = [height(from + count), height(from)];
      shapes[bucket >= first && bucket < end ? 0 : 1].push(
        x,
        top,
        Math.max(1, (left[bucket + 1] as number) - x - 1),
        foot - top,
      );
    }
    return shapes.flatMap((bars, isOutside) =>
      [colour, pattern].map((fill) => ({
        type: "bars",
        shape: { bars: fill === undefined ? [] : bars },
        style: { fill, opacity: isOutside ? OUTSIDE_OPACITY : 1 },
        silent: true,
      })),
    );
  });
  return { type: "group", children };
}
