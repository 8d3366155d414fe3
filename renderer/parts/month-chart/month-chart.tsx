import type { ReactNode } from "react";
import type { Level } from "../../../shared/model/level.ts";
import { LevelSwatch } from "../finding-table/level.tsx";
import { KIND_WORDS, KINDS, type Kind, type Month, monthOption } from "./option.ts";
import { WalkChart } from "./walk-chart.tsx";

const LEVEL_OF: Readonly<Record<Kind, Level>> = {
  got: "obtained",
  may: "possible",
  tried: "attempted",
  kept: "entitled",
};

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
          {KIND_WORDS[kind]}
        </span>
      ))}
    </span>
  );
}

function wordsOf(month: Month): string {
  const parts = KINDS.filter((kind) => month[kind] > 0).map(
    (kind) => `${month[kind]} ${KIND_WORDS[kind].toLowerCase()}`,
  );
  return `${month.month}: ${parts.length === 0 ? "nobody" : parts.join("; ")}`;
}
