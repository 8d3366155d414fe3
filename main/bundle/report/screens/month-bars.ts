import type { MonthFindings } from "../../../../shared/model/finding.ts";
import { chartSvg, ON_WHITE } from "../print/chart-svg.ts";
import { type Html, html, raw } from "./html.ts";

/** The last ones, where there are more. */
const MOST_MONTHS = 36;
/** Of its panel on the first screen, in the page's own font. */
const ON_PAGE = { width: 520, height: 136, family: "system-ui, Segoe UI, Helvetica, Arial, sans-serif" };

/** Developers that got data, or may have, month by month, as the report has them. `at`: which rule's, of those of the page. */
export function monthBars(months: readonly MonthFindings[], at: number): Html {
  const shown = months.slice(-MOST_MONTHS);
  if (shown.length === 0) return html`<p>No call counts in any month.</p>`;
  const bars = shown.map(({ month, obtained, possible }) => ({
    month,
    got: obtained.developers,
    may: possible.developers,
  }));
  const chart = { months: bars, kinds: ["got", "may"] as const, isStacked: false };
  return html`<figure class="months" role="img" aria-label="Developers that got data and that may have, by month; the table of the findings has the same numbers">${raw(themed(chartSvg(chart, { ...ON_PAGE, name: `months-${at}` })))}</figure>`;
}

const TOKENS = new Map(
  (["got", "may", "tried", "edge", "panel", "text", "muted"] as const).map((name) => [ON_WHITE[name], name] as const),
);

/** The page has a dark theme, too: its colours by their names. */
const themed = (svg: string): string =>
  svg.replaceAll(/ (fill|stroke)="(#[0-9a-f]{6})"/gu, (whole, property: string, colour: string) => {
    const name = TOKENS.get(colour);
    return name === undefined ? whole : ` ${property}="var(--${name})"`;
  });
