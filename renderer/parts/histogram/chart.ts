import { CustomChart } from "echarts/charts";
import {
  BrushComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { figure } from "../../../shared/base/figure.ts";
import type { Stack, StackedHistogram } from "../../../shared/model/explore.ts";
import { inertText } from "../inert.tsx";
import { bucketsOf, edgesOf, edgeWords, labelPlaces, placeOf, type Side, ticks, timeAt } from "./bars.ts";
import { hatching, patternOf } from "./patterns.ts";
import { type Axes, stacked } from "./stack.ts";

use([
  CustomChart,
  GridComponent,
  BrushComponent,
  MarkLineComponent,
  MarkAreaComponent,
  TooltipComponent,
  CanvasRenderer,
]);

/** Pixels around the bars. */
export const FRAME = { left: 44, right: 12, top: 14, bottom: 18 } as const;

export interface Marked {
  readonly time: number;
  readonly words: string;
  readonly kind: "cutoff" | "as-of" | "revoked";
}

export interface Drawn {
  readonly histogram: StackedHistogram;
  readonly stack: Stack;
  readonly isLog: boolean;
  /** The times that the filter asks for; absent ends are open. */
  readonly range: { readonly from?: number; readonly to?: number };
  readonly marks: readonly Marked[];
  readonly gaps: readonly { readonly from: number; readonly to: number; readonly words: string }[];
  readonly width: number;
}

export function openChart(element: HTMLElement): EChartsType {
  return init(element, undefined, { renderer: "canvas" });
}

const NAMED: Readonly<Record<string, string>> = {
  allowed: "--allowed",
  denied: "--denied",
  failed: "--failed",
  unknown: "--hair",
  obtained: "--got",
  possible: "--may",
  attempted: "--tried",
};
const WORDS: Readonly<Record<string, string>> = {
  obtained: "Got data",
  possible: "May have got data",
  attempted: "Tried, got nothing",
};

/** What a part of the bars is called, and which token colours it. */
export function partOf(stack: Stack, value: string | undefined, index: number): { words: string; token: string } {
  if (value === undefined)
    return { words: stack === "none" ? "calls" : "others", token: stack === "none" ? "--allowed" : "--edge" };
  const token = stack === "outcome" || stack === "level" ? NAMED[value] : undefined;
  return { words: WORDS[value] ?? value, token: token ?? `--tag-${(index % 8) + 1}` };
}

/** Where a logarithmic axis begins, which has no zero: below one call. */
const LEAST = 0.5;

/** Whether what a chart shows last was logarithmic; absent: it shows nothing yet. */
const before = new WeakMap<EChartsType, boolean>();

/** Draws at once; animation would show numbers that are none. */
export function draw(chart: EChartsType, drawn: Drawn): void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const { histogram, stack, isLog, marks, gaps, width } = drawn;
  const edges = edgesOf(histogram);
  const plot = Math.max(1, width - FRAME.left - FRAME.right);
  const labels = ticks(edges, plot, 110);
  const [first, end] = bucketsOf(edges, drawn.range);
  const isAll = first === 0 && end === edges.buckets;
  const parts = histogram.series.map(({ value, counts }, index) => ({
    counts,
    colour: token(partOf(stack, value, index).token),
    pattern: patternOf(stack, value, index),
  }));
  const totals = Array.from({ length: edges.buckets }, (_, bucket) =>
    parts.reduce((sum, { counts }) => sum + (counts[bucket] as number), 0),
  );
  // another kind of axis is another chart; all else takes half the time to change
  const isNew = before.get(chart) !== isLog;
  before.set(chart, isLog);
  const font = { fontFamily: token("--sans"), fontSize: 11 };
  const text = token("--muted");
  const wordsAt = new Map(labels.map(({ time, words }) => [placeOf(edges, time), words]));
  const inside = (time: number) => placeOf(edges, time) >= 0 && placeOf(edges, time) <= edges.buckets;
  /** Away from the edge. */
  const inward = (time: number): Side[] =>
    placeOf(edges, time) > edges.buckets * 0.6 ? ["left", "right"] : ["right", "left"];
  const pixel = (time: number) => (placeOf(edges, time) / Math.max(1, edges.buckets)) * plot;
  const sideOf = labelPlaces();
  const lines = marks
    .filter(({ time }) => inside(time))
    .map((mark) => ({ ...mark, side: sideOf(pixel(mark.time), mark.words, inward(mark.time)) }));
  const colour = { cutoff: token("--danger"), "as-of": token("--text"), revoked: token("--warning") };
  chart.setOption(
    {
      animation: false,
      useUTC: true,
      textStyle: font,
      // the frame holds the labels as it is; to measure them for it takes a fifth of the time
      grid: { ...FRAME, outerBoundsMode: "none" },
      xAxis: {
        type: "value",
        min: 0,
        max: edges.buckets,
        splitLine: { show: false },
        axisLine: { lineStyle: { color: token("--edge") } },
        axisTick: { show: true, length: 3, customValues: [...wordsAt.keys()], lineStyle: { color: token("--edge") } },
        axisLabel: {
          ...font,
          color: text,
          margin: 4,
          customValues: [...wordsAt.keys()],
          formatter: (at: number) => wordsAt.get(at) ?? "",
        },
      },
      yAxis: {
        type: isLog ? "log" : "value",
        min: isLog ? LEAST : 0,
        ...(isLog ? { max: 10 ** Math.max(1, Math.ceil(Math.log10(Math.max(1, ...totals)))) } : {}),
        logBase: 10,
        splitNumber: 2,
        minInterval: 1,
        axisLabel: {
          ...font,
          color: text,
          formatter: (value: number) => (value < 1 ? "" : figure(value)),
          showMaxLabel: true,
        },
        splitLine: { lineStyle: { color: token("--hair"), width: 1 } },
      },
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        confine: true,
        transitionDuration: 0,
        axisPointer: { type: "line", lineStyle: { color: token("--edge") } },
        backgroundColor: token("--panel"),
        borderColor: token("--edge"),
        padding: [4, 8],
        textStyle: { ...font, color: token("--text") },
        formatter: (points: unknown) => tip(points, drawn),
      },
      brush: {
        xAxisIndex: 0,
        brushType: "lineX",
        brushMode: "single",
        transformable: false,
        throttleType: "debounce",
        throttleDelay: 0,
        outOfBrush: { colorAlpha: 1 },
        brushStyle: { color: token("--focus"), opacity: 0.2, borderColor: token("--focus"), borderWidth: 1 },
      },
      series: [
        {
          type: "custom",
          silent: true,
          // one value a bar, for the axis and for what is pointed at; the shapes are all drawn with the first
          data: totals.map((total, bucket) => [bucket + 0.5, isLog && total === 0 ? null : total]),
          renderItem: ({ dataIndex }: { dataIndex: number }, axes: Axes) =>
            dataIndex === 0 ? stacked(axes, { parts, base: isLog ? LEAST : 0, first, end }) : undefined,
          markLine: {
            silent: true,
            symbol: "none",
            animation: false,
            data: lines.map(({ time, words, kind, side }) => ({
              xAxis: placeOf(edges, time),
              lineStyle: { color: colour[kind], type: kind === "as-of" ? "dotted" : "dashed", width: 1 },
              label: {
                ...font,
                show: side !== undefined,
                formatter: words,
                color: colour[kind],
                distance: 1,
                position: "end",
                align: side === "left" ? "right" : "left",
                padding: [0, 4],
              },
            })),
          },
          markArea: {
            silent: true,
            animation: false,
            data: [
              ...(isAll
                ? []
                : [[{ xAxis: first, itemStyle: { color: token("--focus"), opacity: 0.07 } }, { xAxis: end }]]),
              ...gaps
                .filter(({ from, to }) => inside(from) || inside(to))
                .map(({ from, to, words }) => [
                  {
                    xAxis: Math.max(0, placeOf(edges, from)),
                    itemStyle: {
                      color: hatching(token("--edge")),
                      borderWidth: 0,
                    },
                    label: {
                      ...font,
                      show: sideOf(pixel(to), words, ["right"]) !== undefined,
                      formatter: words,
                      color: text,
                      position: "insideTopLeft",
                      distance: 0,
                      // behind the stripes: cutoff and gap often stand close
                      offset: [pixel(to) - pixel(from) + 2, -12],
                    },
                  },
                  { xAxis: Math.min(edges.buckets, placeOf(edges, to)) },
                ]),
            ],
          },
        },
      ],
    },
    { notMerge: isNew },
  );
  if (isNew)
    chart.dispatchAction({
      type: "takeGlobalCursor",
      key: "brush",
      brushOption: { brushType: "lineX", brushMode: "single" },
    });
}

function tip(points: unknown, { histogram, stack }: Drawn): string {
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
