import { figure } from "../../../../shared/base/figure.ts";
import type { MonthFindings } from "../../../../shared/model/finding.ts";
import { type Html, html, raw } from "./html.ts";

/** In the drawing's own units. */
const HEIGHT = 120;
const STEP = 26;
const BAR = 22;
const TOP = 14;
const BOTTOM = 16;
const LABEL_EVERY = 3;
/** The last ones, where there are more. */
const MOST_MONTHS = 36;

/** Developers that got data, or may have, month by month; each bar with its number, levels by pattern too. */
export function monthBars(months: readonly MonthFindings[]): Html {
  const shown = months.slice(-MOST_MONTHS);
  if (shown.length === 0) return html`<p>No call counts in any month.</p>`;
  const most = Math.max(1, ...shown.map(({ obtained, possible }) => obtained.developers + possible.developers));
  const width = shown.length * STEP;
  const scale = (count: number) => (count / most) * (HEIGHT - TOP - BOTTOM);
  const floor = HEIGHT - BOTTOM;
  const number = (value: number) => raw(String(Math.round(value * 100) / 100));
  const bars = shown.map(({ month, obtained, possible }, at) => {
    const [got, may] = [scale(obtained.developers), scale(possible.developers)];
    const x = at * STEP;
    return html`<rect class="bar obtained" x="${number(x)}" y="${number(floor - got)}" width="${raw(String(BAR))}" height="${number(got)}"/>
<rect class="bar possible" x="${number(x)}" y="${number(floor - got - may)}" width="${raw(String(BAR))}" height="${number(may)}"/>
<text class="label middle" x="${number(x + BAR / 2)}" y="${number(floor - got - may - 3)}">${figure(obtained.developers)}</text>${
      at % LABEL_EVERY === 0
        ? html`<text class="label" x="${number(x)}" y="${number(HEIGHT - 3)}">${month}</text>`
        : html``
    }`;
  });
  return html`<svg class="months" viewBox="0 0 ${raw(String(width + STEP))} ${raw(String(HEIGHT))}" role="img" aria-label="Developers that got data, by month; the table of the findings has the same numbers">
${bars}<line class="base" x1="0" x2="${number(width)}" y1="${number(floor)}" y2="${number(floor)}"/></svg>`;
}

/** What every drawing of the page fills with: levels by pattern, never by colour alone. It stands outside of all screens. */
export const PATTERNS = html`<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>
<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground" width="5" height="5"/><rect class="ink" width="2" height="5"/></pattern>
<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="ground" width="4" height="4"/><rect class="dot" x="1" y="1" width="2" height="2"/></pattern>
</defs></svg>
`;
