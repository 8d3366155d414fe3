import { createRequire } from "node:module";
import type * as Echarts from "echarts";
import { barWidth, type Look, monthBarsOption } from "../../../../shared/charts/month-bars.ts";
import type { Chart } from "../document/tree.ts";

const require = createRequire(import.meta.url);

/** The light colours: paper is white. */
export const ON_WHITE: Look["colours"] = {
  got: "#184a90",
  may: "#4c90f0",
  tried: "#738091",
  edge: "#738091",
  panel: "#ffffff",
  text: "#1c2127",
  muted: "#4a5463",
  onGot: "#ffffff",
};

/** Where a chart stands. Sizes in px of the drawing, which is scaled to its place. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly family: string;
  /** Sets its ids apart from those of other charts of one page. */
  readonly name: string;
}

/** Between the margins of A4, in a font that comes with the program. */
export const ON_PAPER: Frame = { width: 640, height: 200, family: "Noto Sans", name: "chart" };

/** One file of the library, read when the first chart is drawn: its many small ones take seven times as long. */
const library = (): typeof Echarts => require("echarts/dist/echarts.min");

const drawn = new WeakMap<Chart, string>();

/** A chart as it is on paper, drawn once for the PDF and the file for Word. */
export function chartOnPaper(chart: Chart): string {
  const svg = drawn.get(chart) ?? chartSvg(chart, ON_PAPER);
  drawn.set(chart, svg);
  return svg;
}

/**
 * A chart as SVG without a script, a style or an id of its own run. Widths of texts are taken from the library's own table, so that
 * equal charts are equal bytes on every machine.
 */
export function chartSvg({ months, kinds, isStacked }: Chart, { width, height, family, name }: Frame): string {
  const drawing = library().init(null, undefined, { renderer: "svg", ssr: true, width, height });
  const fonts = { figures: family, ids: family };
  const barPx = barWidth(months.length, width);
  try {
    drawing.setOption(monthBarsOption(months, { colours: ON_WHITE, fonts, kinds, isStacked, hasLegend: true, barPx }));
    return plain(drawing.renderToSVGString(), name);
  } finally {
    drawing.dispose();
  }
}

/** What only a page with a script would use goes: marks of data, styles of the pointer; text styles become attributes, which no policy refuses. */
const plain = (svg: string, name: string): string =>
  svg
    .replaceAll(/<style\b.*?<\/style>\s*/gsu, "")
    .replaceAll(/ (?:ecmeta_\w+|class|pointer-events)="[^"]*"/gu, "")
    .replaceAll(/ style="([^"]*)"/gu, (_, style: string) =>
      style
        .split(";")
        .filter((each) => each !== "")
        .map((each) => ` ${each.slice(0, each.indexOf(":"))}="${each.slice(each.indexOf(":") + 1)}"`)
        .join(""),
    )
    .replaceAll(/\bzr\d+-/gu, `${name}-`);
