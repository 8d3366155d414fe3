import { figure } from "../../../shared/base/figure.ts";
import { type Edges, placeOf, ticks } from "./bars.ts";
import type { ChartTheme } from "./chart-theme.ts";
import { type Drawing, FRAME_PX } from "./drawing.ts";
import { tooltipText } from "./tooltip.ts";

/** Where a logarithmic axis begins, which has no zero: below one call. */
export const LOG_AXIS_START = 0.5;

/** Pixels between two labels of the time axis. */
const LABEL_DISTANCE_PX = 110;

/** The axis of time, which counts in bars: its labels stand on days, months and years. */
export function timeAxis(edges: Edges, plot: number, { token, font, text }: ChartTheme): object {
  const labels = ticks(edges, plot, LABEL_DISTANCE_PX);
  const wordsAt = new Map(labels.map(({ time, words }) => [placeOf(edges, time), words]));
  const line = { lineStyle: { color: token("--edge") } };
  return {
    type: "value",
    min: 0,
    max: edges.buckets,
    splitLine: { show: false },
    axisLine: line,
    axisTick: { show: true, length: 3, customValues: [...wordsAt.keys()], ...line },
    axisLabel: {
      ...font,
      color: text,
      margin: 4,
      customValues: [...wordsAt.keys()],
      formatter: (at: number) => wordsAt.get(at) ?? "",
    },
  };
}

/** The axis of counts, up to the highest bar. */
export function countAxis(totals: readonly number[], isLog: boolean, { token, font, text }: ChartTheme): object {
  return {
    type: isLog ? "log" : "value",
    min: isLog ? LOG_AXIS_START : 0,
    ...(isLog ? { max: 10 ** Math.max(1, Math.ceil(Math.log10(Math.max(1, ...totals)))) } : {}),
    logBase: 10,
    splitNumber: 2,
    minInterval: 1,
    axisLabel: {
      ...font,
      color: text,
      margin: 4,
      formatter: (value: number) => (value < 1 ? "" : figure(value)),
      showMaxLabel: true,
    },
    splitLine: { lineStyle: { color: token("--hair"), width: 1 } },
  };
}

export function tooltip(drawing: Drawing, { token, font }: ChartTheme): object {
  return {
    trigger: "axis",
    renderMode: "richText",
    confine: true,
    transitionDuration: 0,
    axisPointer: { type: "line", lineStyle: { color: token("--edge") } },
    backgroundColor: token("--panel"),
    borderColor: token("--edge"),
    padding: [4, 8],
    textStyle: { ...font, color: token("--text") },
    formatter: (points: unknown) => tooltipText(points, drawing),
  };
}

/** How a range is drawn over the bars with the mouse. */
export function brush({ token }: ChartTheme): object {
  return {
    xAxisIndex: 0,
    brushType: "lineX",
    brushMode: "single",
    transformable: false,
    throttleType: "debounce",
    throttleDelay: 0,
    outOfBrush: { colorAlpha: 1 },
    brushStyle: { color: token("--focus"), opacity: 0.2, borderColor: token("--focus"), borderWidth: 1 },
  };
}

/** The frame holds the labels as it is; to measure them for it takes a fifth of the time. */
export const grid = { ...FRAME_PX, outerBoundsMode: "none" } as const;
