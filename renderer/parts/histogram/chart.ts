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
import { partOf } from "./bar-parts.ts";
import { bucketsOf, edgesOf } from "./bars.ts";
import { linesAndAreas } from "./chart-bookmarks.ts";
import { brush, countAxis, grid, LOG_AXIS_START, timeAxis, tooltip } from "./chart-frame.ts";
import { type ChartTheme, chartTheme } from "./chart-theme.ts";
import { type Drawing, FRAME_PX } from "./drawing.ts";
import { patternOf } from "./patterns.ts";
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

export function openChart(element: HTMLElement): EChartsType {
  return init(element, undefined, { renderer: "canvas" });
}

/** Whether what a chart shows last was logarithmic; absent: it shows nothing yet. */
const before = new WeakMap<EChartsType, boolean>();

/** Draws at once; animation would show numbers that are none. */
export function draw(chart: EChartsType, drawing: Drawing): void {
  const { histogram, stack, isLog, width } = drawing;
  const theme = chartTheme();
  const edges = edgesOf(histogram);
  const plot = Math.max(1, width - FRAME_PX.left - FRAME_PX.right);
  const parts = histogram.series.map(({ value, counts }, index) => ({
    counts,
    colour: theme.token(partOf(stack, value, index).token),
    pattern: patternOf(stack, value, index),
  }));
  const totals = Array.from({ length: edges.buckets }, (_, bucket) =>
    parts.reduce((sum, { counts }) => sum + (counts[bucket] as number), 0),
  );
  const [first, end] = bucketsOf(edges, drawing.range);
  const { lines, areas } = linesAndAreas(drawing, edges, plot, theme);
  // another kind of axis is another chart; all else takes half the time to change
  const isNew = before.get(chart) !== isLog;
  before.set(chart, isLog);
  chart.setOption(
    {
      animation: false,
      useUTC: true,
      textStyle: theme.font,
      grid,
      xAxis: timeAxis(edges, plot, theme),
      yAxis: countAxis(totals, isLog, theme),
      tooltip: tooltip(drawing, theme),
      brush: brush(theme),
      series: [
        {
          type: "custom",
          silent: true,
          // one value a bar, for the axis and for what is pointed at; the shapes are all drawn with the first
          data: totals.map((total, bucket) => [bucket + 0.5, isLog && total === 0 ? null : total]),
          renderItem: ({ dataIndex }: { dataIndex: number }, axes: Axes) =>
            dataIndex === 0 ? stacked(axes, { parts, base: isLog ? LOG_AXIS_START : 0, first, end }) : undefined,
          markLine: { silent: true, symbol: "none", animation: false, data: lines },
          markArea: {
            silent: true,
            animation: false,
            data: [...(first === 0 && end === edges.buckets ? [] : [rangeArea(first, end, theme)]), ...areas],
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

/** The ground under the times that the filter asks for. */
const rangeArea = (first: number, end: number, { token }: ChartTheme): object[] => [
  { xAxis: first, itemStyle: { color: token("--focus"), opacity: 0.07 } },
  { xAxis: end },
];
