import type { ReactNode } from "react";
import { figure } from "../../../../shared/base/figure.ts";
import type { Stack, StackedHistogram } from "../../../../shared/model/explore.ts";
import { partOf } from "../../../parts/histogram/bar-parts.ts";
import { edgesOf, edgeWords, timeAt } from "../../../parts/histogram/bars.ts";
import { Inert } from "../../../parts/inert.tsx";

/** The bars as a table: a row each, a column for each part. */
export function BarsTable({ histogram, stack }: { histogram: StackedHistogram; stack: Stack }): ReactNode {
  const edges = edgesOf(histogram);
  const parts = histogram.series.map(({ value }, index) => partOf(stack, value, index).words);
  return (
    <div className="bars-table" tabIndex={0} role="group" aria-label="Calls over time">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">From (UTC)</th>
            {parts.map((words) => (
              <th key={words} scope="col" className="figure">
                <Inert text={words} most={24} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: edges.buckets }, (_, bucket) => (
            <tr key={timeAt(edges, bucket)}>
              <th scope="row" className="mono">
                {edgeWords(timeAt(edges, bucket), edges.step)}
              </th>
              {histogram.series.map(({ counts }, index) => (
                <td key={parts[index]} className="figure">
                  {figure(counts[bucket] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
