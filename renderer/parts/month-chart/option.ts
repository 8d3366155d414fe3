import type { EChartsCoreOption } from "echarts/core";
import type { AnswerDetail } from "../../../shared/model/answer.ts";

export type Month = AnswerDetail["months"][number];

/** From the axis up: the gravest stands on the line. */
export const KINDS = ["got", "may", "tried", "kept"] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  got: "Got data",
  may: "May have got data",
  tried: "Tried, got nothing",
  kept: "Kept access",
};

export type Colours = Readonly<Record<"got" | "may" | "tried" | "edge" | "panel" | "text" | "muted" | "onGot", string>>;

const PLOT_PX = 116;
const LABEL_PX = 14;

/** Stacked bars, one a month: each developer once, by the most it did in it. Got solid, May hatched, Tried dotted, Kept hollow. */
export function monthOption(months: readonly Month[], colours: Colours): EChartsCoreOption {
  const highest = Math.max(1, ...months.map((month) => KINDS.reduce((sum, kind) => sum + month[kind], 0)));
  const font = { fontFamily: "Inter Variable, sans-serif", fontSize: 11 };
  return {
    animation: false,
    grid: { left: 36, right: 4, top: 18, bottom: 24 },
    xAxis: {
      type: "category",
      data: months.map((month) => month.month),
      axisLine: { lineStyle: { color: colours.edge } },
      axisTick: { alignWithLabel: true, lineStyle: { color: colours.edge } },
      axisLabel: { color: colours.muted, hideOverlap: true, ...font, fontFamily: "JetBrains Mono Variable, monospace" },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: highest,
      minInterval: 1,
      splitNumber: 2,
      axisLabel: { color: colours.muted, ...font, showMinLabel: false },
      splitLine: { show: false },
    },
    series: KINDS.map((kind) => ({
      type: "bar",
      stack: "developers",
      name: KIND_WORDS[kind],
      barCategoryGap: "24%",
      barMaxWidth: 40,
      cursor: "pointer",
      // a bar of nobody would still draw its edge
      data: months.map((month) => month[kind] || null),
      itemStyle: styleOf(kind, colours),
      emphasis: { disabled: true },
      ...(kind === "got"
        ? {
            label: {
              show: true,
              position: "insideBottom",
              color: colours.onGot,
              fontWeight: 600,
              ...font,
              formatter: ({ value }: { value: number }) =>
                (value / highest) * PLOT_PX >= LABEL_PX ? String(value) : "",
            },
          }
        : {}),
    })),
  };
}

function styleOf(kind: Kind, { got, may, tried, edge, panel }: Colours): object {
  const line = { borderWidth: 1 };
  switch (kind) {
    case "got":
      return { color: got, borderColor: panel, ...line };
    case "may":
      return {
        color: panel,
        borderColor: may,
        ...line,
        decal: { symbol: "rect", color: may, dashArrayX: [1, 0], dashArrayY: [2, 2.5], rotation: -Math.PI / 4 },
      };
    case "tried":
      return {
        color: panel,
        borderColor: tried,
        ...line,
        decal: { symbol: "circle", color: tried, symbolSize: 0.9, dashArrayX: [[3, 3]], dashArrayY: [3, 2] },
      };
    case "kept":
      return { color: "transparent", borderColor: edge, ...line };
  }
}
