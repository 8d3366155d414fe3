import type { ReactNode } from "react";
import {
  type Colours,
  KINDS,
  kindWords,
  LEVEL_OF,
  monthBarsOption,
  WINDOW_LOOK,
} from "../../../shared/charts/month-bars.ts";
import type { AnswerDetail } from "../../../shared/model/answer.ts";
import { LevelSwatch } from "../finding-table/level.tsx";
import { WalkChart } from "./walk-chart.tsx";

type Month = AnswerDetail["months"][number];

/** Each developer once a month, by the most it did in it. */
const monthOption = (months: readonly Month[], colours: Colours) =>
  monthBarsOption(months, { ...WINDOW_LOOK, colours });

interface Props {
  readonly months: readonly Month[];
  /** To the calls of a month. */
  readonly onOpen: (month: string) => void;
}

/** Developers by month as bars. Enter or a click opens the month's calls. */
export function MonthChart({ months, onOpen }: Props): ReactNode {
  return (
    <WalkChart
      label="Month"
      hint="Arrow keys walk the months"
      items={months}
      option={monthOption}
      words={wordsOf}
      onOpen={({ month }) => onOpen(month)}
    />
  );
}

export function MonthLegend(): ReactNode {
  return (
    <span className="chart-legend">
      {KINDS.map((kind) => (
        <span key={kind} className="level-mark">
          <LevelSwatch level={LEVEL_OF[kind]} />
          {kindWords(kind)}
        </span>
      ))}
    </span>
  );
}

function wordsOf(month: Month): string {
  const parts = KINDS.filter((kind) => month[kind] > 0).map(
    (kind) => `${month[kind]} ${kindWords(kind).toLowerCase()}`,
  );
  return `${month.month}: ${parts.length === 0 ? "nobody" : parts.join("; ")}`;
}
