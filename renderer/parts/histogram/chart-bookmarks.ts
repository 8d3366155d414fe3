import { type Edges, labelPlaces, placeOf, type Side } from "./bars.ts";
import type { ChartTheme } from "./chart-theme.ts";
import type { Bookmark, Drawing, Gap } from "./drawing.ts";
import { hatching } from "./patterns.ts";

/** The lines of the bookmarks and the stripes of the gaps, with labels that run into none before them. */
export function linesAndAreas(
  { bookmarks, gaps }: Pick<Drawing, "bookmarks" | "gaps">,
  edges: Edges,
  plot: number,
  theme: ChartTheme,
): { readonly lines: object[]; readonly areas: object[][] } {
  const isInside = (time: number) => placeOf(edges, time) >= 0 && placeOf(edges, time) <= edges.buckets;
  /** Away from the edge. */
  const inward = (time: number): Side[] =>
    placeOf(edges, time) > edges.buckets * 0.6 ? ["left", "right"] : ["right", "left"];
  const pixel = (time: number) => (placeOf(edges, time) / Math.max(1, edges.buckets)) * plot;
  const sideOf = labelPlaces();
  const lines = bookmarks
    .filter(({ time }) => isInside(time))
    .map((bookmark) =>
      lineOf(
        bookmark,
        placeOf(edges, bookmark.time),
        sideOf(pixel(bookmark.time), bookmark.words, inward(bookmark.time)),
        theme,
      ),
    );
  const areas = gaps
    .filter(({ from, to }) => isInside(from) || isInside(to))
    .map((gap) =>
      areaOf(
        gap,
        edges,
        { isShown: sideOf(pixel(gap.to), gap.words, ["right"]) !== undefined, width: pixel(gap.to) - pixel(gap.from) },
        theme,
      ),
    );
  return { lines, areas };
}

function lineOf({ words, kind }: Bookmark, at: number, side: Side | undefined, { token, font }: ChartTheme): object {
  const colour = { cutoff: token("--danger"), "as-of": token("--text"), revoked: token("--warning") }[kind];
  return {
    xAxis: at,
    lineStyle: { color: colour, type: kind === "as-of" ? "dotted" : "dashed", width: 1 },
    label: {
      ...font,
      show: side !== undefined,
      formatter: words,
      color: colour,
      distance: 1,
      position: "end",
      align: side === "left" ? "right" : "left",
      padding: [0, 4],
    },
  };
}

function areaOf(
  { from, to, words }: Gap,
  edges: Edges,
  { isShown, width }: { isShown: boolean; width: number },
  { token, font, text }: ChartTheme,
): object[] {
  return [
    {
      xAxis: Math.max(0, placeOf(edges, from)),
      itemStyle: { color: hatching(token("--edge")), borderWidth: 0 },
      label: {
        ...font,
        show: isShown,
        formatter: words,
        color: text,
        position: "insideTopLeft",
        distance: 0,
        // behind the stripes: cutoff and gap often stand close
        offset: [width + 2, -12],
      },
    },
    { xAxis: Math.min(edges.buckets, placeOf(edges, to)) },
  ];
}
