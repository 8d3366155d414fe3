import { figure } from "../base/figure.ts";
import type { Level } from "../model/level.ts";
import { LEVEL_WORDS } from "../viewer/level-words.ts";

/** Bars by month as an option of ECharts: one drawing for the window, for the page of a bundle and for the report on paper. */

/** From the axis up: the gravest stands on the line. */
export const KINDS = ["got", "may", "tried", "kept"] as const;
export type Kind = (typeof KINDS)[number];

export const LEVEL_OF: Readonly<Record<Kind, Level>> = {
  got: "obtained",
  may: "possible",
  tried: "attempted",
  kept: "entitled",
};

export const kindWords = (kind: Kind): string => LEVEL_WORDS[LEVEL_OF[kind]];

/** What is counted of a month, by kind. */
export interface MonthBars extends Partial<Record<Kind, number>> {
  readonly month: string;
}

export type Colours = Readonly<Record<"got" | "may" | "tried" | "edge" | "panel" | "text" | "muted" | "onGot", string>>;

/** How bars look where they are drawn. Sizes in px of the drawing. */
export interface Look {
  readonly colours: Colours;
  /** Font families: of figures, and of months and other ids. */
  readonly fonts: { readonly figures: string; readonly ids: string };
  readonly kinds: readonly Kind[];
  /** One upon the other, where nothing counts under two kinds; else side by side. */
  readonly isStacked: boolean;
  /** With the words of each kind above; the window has them as text. */
  readonly hasLegend: boolean;
  /** How wide the bars of a month are, where that is known: no figure wider than that is written. */
  readonly barPx?: number;
}

export const WINDOW_LOOK = {
  fonts: { figures: "Inter Variable, sans-serif", ids: "JetBrains Mono Variable, monospace" },
  kinds: KINDS,
  isStacked: true,
  hasLegend: false,
} as const satisfies Omit<Look, "colours">;

const FONT_SIZE = 11;
const PLOT_PX = 116;
const LABEL_PX = 14;
const DIGIT_PX = 7;
const LEGEND_PX = 22;
/** The widest bar. */
const BAR_PX = 40;
/** Of the room of a month, what bars leave free. */
const GAP = 0.24;

/** Of the bars of each month of a drawing this wide. */
export const barWidth = (months: number, width: number): number =>
  Math.min(BAR_PX, ((width - 40) / months) * (1 - GAP));

/** Got solid, May hatched, Tried dotted, Kept hollow: told apart without colour and in print. */
export function monthBarsOption(months: readonly MonthBars[], look: Look): Record<string, unknown> {
  const { colours, fonts, kinds, isStacked, hasLegend } = look;
  const top = (month: MonthBars) => {
    const counts = kinds.map((kind) => month[kind] ?? 0);
    return isStacked ? counts.reduce((sum, count) => sum + count, 0) : Math.max(...counts);
  };
  const highest = Math.max(1, ...months.map(top));
  const font = { fontFamily: fonts.figures, fontSize: FONT_SIZE };
  return {
    animation: false,
    ...(hasLegend ? { legend: legendOf(kinds, colours, font) } : {}),
    grid: {
      left: Math.max(36, figure(highest).length * 6 + 8),
      right: 4,
      top: 18 + (hasLegend ? LEGEND_PX : 0),
      bottom: 24,
    },
    xAxis: {
      type: "category",
      data: months.map((month) => month.month),
      axisLine: { lineStyle: { color: colours.edge } },
      axisTick: { alignWithLabel: true, lineStyle: { color: colours.edge } },
      axisLabel: { color: colours.muted, hideOverlap: true, ...font, fontFamily: fonts.ids },
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
    series: kinds.map((kind) => ({
      type: "bar",
      ...(isStacked ? { stack: "all" } : {}),
      name: kindWords(kind),
      barCategoryGap: `${GAP * 100}%`,
      ...(isStacked ? {} : { barGap: "0%" }),
      barMaxWidth: BAR_PX,
      cursor: "pointer",
      // a bar of nobody would still draw its edge
      data: months.map((month) => month[kind] || null),
      itemStyle: styleOf(kind, colours),
      emphasis: { disabled: true },
      ...(kind === "got" ? { label: labelOf(look, highest) } : {}),
    })),
  };
}

/** The figure of a bar, where it has room: in the foot of a stack, above a bar that stands alone. */
function labelOf({ colours, fonts, isStacked, barPx = Number.POSITIVE_INFINITY }: Look, highest: number): object {
  const fits = (value: number) => figure(value).length * DIGIT_PX <= barPx;
  const isHigh = (value: number) => !isStacked || (value / highest) * PLOT_PX >= LABEL_PX;
  return {
    show: true,
    position: isStacked ? "insideBottom" : "top",
    color: isStacked ? colours.onGot : colours.text,
    fontWeight: isStacked ? 600 : 400,
    ...(isStacked ? {} : { distance: 2 }),
    fontFamily: fonts.figures,
    fontSize: FONT_SIZE,
    formatter: ({ value }: { value: number }) => (isHigh(value) && fits(value) ? figure(value) : ""),
  };
}

const legendOf = (kinds: readonly Kind[], colours: Colours, font: object) => ({
  top: 0,
  left: 36,
  itemWidth: 14,
  itemHeight: 10,
  itemGap: 16,
  icon: "rect",
  selectedMode: false,
  borderColor: colours.edge,
  data: kinds.map((kind) => ({ name: kindWords(kind), itemStyle: styleOf(kind, colours) })),
  textStyle: { color: colours.text, ...font },
});

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
