import { figure } from "../../../../shared/base/figure.ts";
import type { Kind, MonthBars } from "../../../../shared/charts/month-bars.ts";
import type { MonthFindings } from "../../../../shared/model/finding.ts";
import type { RuleFacts } from "./rule-facts.ts";
import { type Block, originText, paragraph, type Text } from "./tree.ts";
import { peopleCell, plural } from "./words.ts";

/** So many months fit a chart and a page. */
const MAX_MONTHS = 36;
const JUDGED: readonly Kind[] = ["got", "may", "tried"];

/** Calls and developers by month as pictures, and their figures as a table. */
export function monthsOf({ found: { by_month: all }, origin }: RuleFacts): Block[] {
  const shown = all.slice(-MAX_MONTHS);
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined) return [paragraph("No call of any month is judged by this rule.")];
  const part = all.length > shown.length ? `, the last ${MAX_MONTHS} of ${all.length} months` : "";
  const span = `${first.month} to ${last.month}`;
  const from = `[${originText(origin("by_month"))}]`;
  const calls = shown.map(({ month, obtained, possible, attempted }) => ({
    ...{ month, got: obtained.events, may: possible.events, tried: attempted.events },
  }));
  const developers = shown.map(({ month, obtained, possible, attempted }) => ({
    ...{ month, got: obtained.developers, may: possible.developers, tried: attempted.developers },
  }));
  return [
    {
      kind: "chart",
      title: `Calls by month${part} ${from}`,
      words: `Bars of calls by month, ${span}, stacked by level. ${most(calls, "call")} The table below has every figure.`,
      chart: { months: calls, kinds: JUDGED, isStacked: true },
    },
    {
      kind: "chart",
      title: `Developers by month${part}; a developer may stand in several bars of a month ${from}`,
      words: `Bars of developers by month, ${span}, side by side by level. ${most(developers, "developer")} The table below has every figure.`,
      chart: { months: developers, kinds: JUDGED, isStacked: false },
    },
    {
      kind: "table",
      title: `The figures of both charts, and the people of each month${part} ${from}`,
      columns: [
        { title: "Month", share: 1.6 },
        { title: "Calls: got", share: 1.5, isNumber: true },
        { title: "may have got", share: 1.5, isNumber: true },
        { title: "tried", share: 1.3, isNumber: true },
        { title: "Developers: got", share: 2, isNumber: true },
        { title: "may have got", share: 1.5, isNumber: true },
        { title: "tried", share: 1.3, isNumber: true },
        { title: "People: got", share: 3, isNumber: true },
      ],
      rows: shown.map(monthRow),
    },
  ];
}

const monthRow = ({ month, obtained, possible, attempted }: MonthFindings): Text[] => [
  [month],
  [figure(obtained.events)],
  [figure(possible.events)],
  [figure(attempted.events)],
  [figure(obtained.developers)],
  [figure(possible.developers)],
  [figure(attempted.developers)],
  [obtained.events === 0 ? "" : peopleCell(obtained.people)],
];

/** The month of the most that got data, in words. */
function most(months: readonly MonthBars[], one: string): string {
  const highest = months.reduce((best, month) => ((month.got ?? 0) > (best.got ?? 0) ? month : best));
  const count = highest.got ?? 0;
  return count === 0 ? `No ${one} got data.` : `Most that got data: ${plural(count, one)} in ${highest.month}.`;
}
