import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

// Canvas alone: its SVG and its tooltips write style attributes, which the page's policy refuses.
use([BarChart, LineChart, GridComponent, CanvasRenderer]);

export const chartIn = (element: HTMLElement): ECharts => init(element, undefined, { renderer: "canvas" });

/** A colour of the theme in force, for canvases, which know no CSS variables. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
