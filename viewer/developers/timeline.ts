import { figure } from "../../shared/base/figure.ts";
import { instantOf, isoOf, type Micros } from "../../shared/base/time.ts";
import { type Child, h, svg } from "../parts/dom.ts";

/** Widths and heights in the drawing's own units. */
const WIDTH = 960;
const GUTTER = 132;
const LANE = 16;
const CALLS = 72;
const AXIS = 20;
const LEAST = 2;

export interface Span {
  readonly label: string;
  readonly from?: string;
  readonly to?: string;
}

export interface Mark {
  readonly label: string;
  readonly at: string;
}

export interface MonthOfCalls {
  /** `2018-04`. */
  readonly month: string;
  readonly obtained: number;
  readonly possible: number;
  readonly attempted: number;
}

export interface TimelineInput {
  readonly from: Micros;
  readonly to: Micros;
  readonly grants: readonly Span[];
  readonly steps: readonly Mark[];
  readonly lines: readonly Mark[];
  readonly months: readonly MonthOfCalls[];
}

const MOST_GRANTS = 12;

/** Grants, calls by month and steps of remedy on one axis, with what it says as a table. */
export function timeline(input: TimelineInput): Child {
  const { from, to, steps, lines, months } = input;
  const grants = input.grants.slice(0, MOST_GRANTS);
  const x = (at: Micros): number =>
    GUTTER + Math.max(0, Math.min(1, (at - from) / Math.max(1, to - from))) * (WIDTH - GUTTER);
  const callsTop = AXIS + grants.length * LANE + 4;
  const stepsTop = callsTop + CALLS + 6;
  const height = stepsTop + (steps.length > 0 ? LANE + 4 : 0);
  const most = Math.max(1, ...months.map(({ obtained, possible, attempted }) => obtained + possible + attempted));
  const label = (text: string, y: number): Child => svg("text", { x: 0, y, class: "label" }, cut(text));
  return h(
    "figure",
    { class: "timeline" },
    svg(
      "svg",
      {
        viewBox: `0 0 ${WIDTH} ${height}`,
        role: "img",
        "aria-label": "Grants, calls by month and remedy; the table below has the same",
      },
      years(from, to, x, height),
      ...grants.flatMap(({ label: words, from: start, to: end }, at) => {
        const y = AXIS + at * LANE;
        const [left, right] = [
          x(start === undefined ? from : instantOf(start)),
          x(end === undefined ? to : instantOf(end)),
        ];
        return [
          label(words, y + 11),
          svg("rect", { x: left, y: y + 3, width: Math.max(LEAST, right - left), height: 8, class: "grant" }),
          end === undefined ? undefined : svg("line", { x1: right, x2: right, y1: y, y2: y + 14, class: "revoked" }),
        ];
      }),
      label(`Calls, ${figure(most)} at most`, callsTop + 12),
      ...months.flatMap((month) => bars(month, most, x, callsTop)),
      svg("line", { x1: GUTTER, x2: WIDTH, y1: callsTop + CALLS, y2: callsTop + CALLS, class: "base" }),
      steps.length > 0 && label("Remedy", stepsTop + 12),
      ...steps.map(({ label: words, at }) =>
        svg(
          "circle",
          { cx: x(instantOf(at)), cy: stepsTop + 8, r: 4, class: "step" },
          svg("title", {}, `${words} ${at}`),
        ),
      ),
      ...lines.flatMap(({ label: words, at }) => [
        svg("line", { x1: x(instantOf(at)), x2: x(instantOf(at)), y1: AXIS - 6, y2: height, class: "mark" }),
        svg("text", { x: Math.min(x(instantOf(at)) + 3, WIDTH - 48), y: 10, class: "label" }, words),
      ]),
    ),
    h("figcaption", {}, legend()),
    tableOf(input),
  );
}

function bars(
  { month, obtained, possible, attempted }: MonthOfCalls,
  most: number,
  x: (at: Micros) => number,
  top: number,
): Child[] {
  const left = x(instantOf(`${month}-01`));
  const width = Math.max(LEAST, x(instantOf(nextMonth(month))) - left - 1);
  let y = top + CALLS;
  return (
    [
      ["obtained", obtained],
      ["possible", possible],
      ["attempted", attempted],
    ] as const
  ).map(([level, count]) => {
    if (count === 0) return undefined;
    const height = Math.max(LEAST, (count / most) * CALLS);
    y -= height;
    return svg("rect", { x: left, y, width, height, class: `bar ${level}` });
  });
}

function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}

function years(from: Micros, to: Micros, x: (at: Micros) => number, height: number): Child[] {
  const first = Number(isoOf(from).slice(0, 4));
  const last = Number(isoOf(to).slice(0, 4));
  const step = Math.max(1, Math.ceil((last - first) / 10));
  const made: Child[] = [];
  for (let year = first; year <= last; year += step) {
    const at = x(instantOf(`${year}-01-01`));
    made.push(svg("line", { x1: at, x2: at, y1: AXIS - 4, y2: height, class: "year" }));
    if (year > first) made.push(svg("text", { x: at + 3, y: AXIS - 1, class: "label" }, String(year)));
  }
  return made;
}

const legend = (): Child[] =>
  (
    [
      ["obtained", "Got data"],
      ["possible", "May have got data"],
      ["attempted", "Tried, got nothing"],
    ] as const
  ).map(([level, words]) => [
    svg(
      "svg",
      { class: "swatch", viewBox: "0 0 12 12", "aria-hidden": "true" },
      svg("rect", { width: 12, height: 12, class: `bar ${level}` }),
    ),
    `${words} `,
  ]);

function tableOf({ grants, steps, months }: TimelineInput): Child {
  const rows: [string, string][] = [
    ...grants.map(({ label, from, to }): [string, string] => [
      label,
      `${from ?? "as long as is known"} to ${to ?? "now: not revoked"}`,
    ]),
    ...months.map((each): [string, string] => [
      each.month,
      `${figure(each.obtained)} got data, ${figure(each.possible)} may have, ${figure(each.attempted)} got nothing`,
    ]),
    ...steps.map(({ label, at }): [string, string] => [label, at]),
  ];
  return h(
    "details",
    {},
    h("summary", {}, "As a table"),
    h(
      "table",
      {},
      h("tbody", {}, ...rows.map(([name, words]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, words)))),
    ),
  );
}

const LABEL = 22;
const cut = (text: string): string => (text.length > LABEL ? `${text.slice(0, LABEL - 2)}..` : text);
