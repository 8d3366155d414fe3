import type { ReactNode } from "react";
import type { Stack, StackedHistogram } from "../../../../shared/model/explore.ts";
import { partOf } from "../../../parts/histogram/bar-parts.ts";
import { Inert } from "../../../parts/inert.tsx";

/** What the colours of the bars are. */
export function Legend({ histogram, stack }: { histogram: StackedHistogram; stack: Stack }): ReactNode {
  if (stack === "none" || histogram.series.every(({ counts }) => counts.every((count) => count === 0))) return null;
  return (
    <ul className="legend" aria-hidden>
      {histogram.series.map(({ value }, index) => {
        const { words, token } = partOf(stack, value, index);
        return (
          <li key={words} title={words.slice(0, 200)}>
            <span className="swatch" style={{ background: `var(${token})` }} />
            <span className="cut">
              <Inert text={words} most={24} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
