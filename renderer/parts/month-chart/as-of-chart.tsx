import type { ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import type { AsOfPoint } from "../../../shared/model/accountability/as-of-curve.ts";
import { peopleText } from "../../../shared/model/people-text.ts";
import { day } from "../../text/format.ts";
import { asOfOption, LINES } from "./as-of-option.ts";
import { WalkChart } from "./walk-chart.tsx";

interface Props {
  readonly points: readonly AsOfPoint[];
  readonly recentDays: number;
  /** To the calls that are recent at that date. */
  readonly onOpen: (point: AsOfPoint) => void;
}

/** Who still held the permission, who called, and how many people it reached, with each as-of date. */
export function AsOfChart({ points, recentDays, onOpen }: Props): ReactNode {
  return (
    <WalkChart
      label="As-of date"
      hint="Arrow keys walk the dates"
      items={points}
      option={asOfOption}
      words={(point) => wordsOf(point, recentDays)}
      onOpen={onOpen}
    />
  );
}

export function AsOfLegend({ recentDays }: { recentDays: number }): ReactNode {
  return (
    <span className="chart-legend">
      {LINES.map(({ key, words, stroke }) => (
        <span key={key} className="level-mark">
          <span className={`as-of-line as-of-${key} as-of-${stroke}`} aria-hidden />
          {key === "recent" ? `Called in the ${recentDays} days before` : words}
        </span>
      ))}
    </span>
  );
}

const wordsOf = ({ as_of: asOf, holding, recent, obtained }: AsOfPoint, recentDays: number): string =>
  `${day(asOf)}: ${figure(holding)} still held it; ${figure(recent.developers)} called in ${recentDays} days; ${figure(obtained.developers)} had got data of ${peopleText(obtained.people)} people`;
