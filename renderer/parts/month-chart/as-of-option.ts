import type { EChartsCoreOption } from "echarts/core";
import type { Colours } from "../../../shared/charts/month-bars.ts";
import type { AsOfPoint } from "../../../shared/model/accountability/as-of-curve.ts";

/** The lines, told apart by their stroke too: in print there is no colour. */
export const LINES = [
  { key: "holding", words: "Still held it", stroke: "solid", of: (point: AsOfPoint) => point.holding },
  { key: "recent", words: "Called recently", stroke: "dashed", of: (point: AsOfPoint) => point.recent.developers },
  {
    key: "people",
    words: "People so far (right)",
    stroke: "dotted",
    of: (point: AsOfPoint) => point.obtained.people.value,
  },
] as const;

/** Developers on the left axis, people on the right: with another as-of, one point a month. */
export function asOfOption(points: readonly AsOfPoint[], colours: Colours): EChartsCoreOption {
  const font = { fontFamily: "Inter Variable, sans-serif", fontSize: 11 };
  const axis = { type: "value", min: 0, minInterval: 1, splitNumber: 2, splitLine: { show: false } };
  const colourOf = { holding: colours.edge, recent: colours.got, people: colours.muted };
  return {
    animation: false,
    grid: { left: 44, right: 60, top: 20, bottom: 24 },
    xAxis: {
      type: "category",
      boundaryGap: false,
      data: points.map(({ as_of: asOf }) => asOf.slice(0, 10)),
      axisLine: { lineStyle: { color: colours.edge } },
      axisTick: { lineStyle: { color: colours.edge } },
      axisLabel: { color: colours.muted, hideOverlap: true, ...font, fontFamily: "JetBrains Mono Variable, monospace" },
    },
    yAxis: [
      {
        ...axis,
        axisLabel: { color: colours.muted, ...font },
      },
      {
        ...axis,
        axisLabel: { color: colours.muted, ...font },
      },
    ],
    series: LINES.map(({ key, words, stroke, of }) => ({
      type: "line",
      name: words,
      yAxisIndex: key === "people" ? 1 : 0,
      data: points.map(of),
      symbol: key === "recent" ? "circle" : "none",
      symbolSize: 5,
      lineStyle: { color: colourOf[key], width: 2, type: stroke },
      itemStyle: { color: colourOf[key] },
      emphasis: { disabled: true },
    })),
  };
}
