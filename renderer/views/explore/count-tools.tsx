import { Button, HTMLSelect, MenuItem, Popover } from "@blueprintjs/core";
import { memo, type ReactNode } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { STACKS, type Stack, type StackedHistogram } from "../../../shared/model/explore.ts";
import { ArrowMenu } from "../../parts/arrow-menu.tsx";
import { COLUMNS } from "../../parts/grid/columns.ts";
import type { Layout } from "../../parts/grid/host.ts";
import { edgesOf, edgeWords, timeAt } from "../../parts/histogram/bars.ts";
import { partOf } from "../../parts/histogram/chart.ts";
import { Inert } from "../../parts/inert.tsx";

interface CountToolsProps {
  readonly histogram: StackedHistogram;
  readonly stack: Stack;
  readonly isLog: boolean;
  readonly hasPolicy: boolean;
  readonly columns: Layout;
  onStack(stack: Stack): void;
  onLog(): void;
  onColumns(visible: readonly string[]): void;
  onExport(): void;
}

const STACK_WORDS: Record<Stack, string> = {
  none: "nothing",
  outcome: "outcome",
  api: "API",
  developer: "developer",
  level: "level",
};

/** What the colours of the bars are, how bars and rows are shown, and the way out. */
export const CountTools = memo(function CountTools({
  histogram,
  stack,
  isLog,
  hasPolicy,
  columns,
  onStack,
  onLog,
  onColumns,
  onExport,
}: CountToolsProps): ReactNode {
  return (
    <>
      <Legend histogram={histogram} stack={stack} />
      <label className="count-stack">
        <span className="muted">stack by</span>
        <HTMLSelect
          aria-label="Stack by"
          minimal
          value={stack}
          onChange={(event) => onStack(event.target.value as Stack)}
          options={STACKS.filter((each) => each !== "level" || hasPolicy).map((each) => ({
            value: each,
            label: STACK_WORDS[each],
          }))}
        />
      </label>
      <Button
        size="small"
        text="Log"
        active={isLog}
        aria-pressed={isLog}
        title="Logarithmic bars (l)"
        onClick={onLog}
      />
      <Popover
        minimal
        placement="bottom-end"
        transitionDuration={0}
        shouldReturnFocusOnClose
        content={<BarsTable histogram={histogram} stack={stack} />}
      >
        <Button size="small" text="Table" title="The bars as a table" />
      </Popover>
      <Popover
        minimal
        placement="bottom-end"
        transitionDuration={0}
        shouldReturnFocusOnClose
        content={<ColumnsMenu visible={visibleOf(columns)} onColumns={onColumns} />}
      >
        <Button size="small" text="Columns" />
      </Popover>
      <Button size="small" text="Export" title="Export this view (Ctrl+E)" onClick={onExport} />
    </>
  );
});

function Legend({ histogram, stack }: { histogram: StackedHistogram; stack: Stack }): ReactNode {
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

function BarsTable({ histogram, stack }: { histogram: StackedHistogram; stack: Stack }): ReactNode {
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

function ColumnsMenu({
  visible,
  onColumns,
}: {
  visible: readonly string[];
  onColumns(visible: readonly string[]): void;
}): ReactNode {
  return (
    <ArrowMenu role="listbox" label="Columns" className="columns-menu">
      {COLUMNS.map(({ id, title }) => {
        const isShown = visible.includes(id);
        return (
          <MenuItem
            key={id}
            text={title}
            roleStructure="listoption"
            selected={isShown}
            disabled={isShown && visible.length === 1}
            shouldDismissPopover={false}
            onClick={() => onColumns(isShown ? visible.filter((each) => each !== id) : [...visible, id])}
          />
        );
      })}
    </ArrowMenu>
  );
}

const visibleOf = (layout: Layout): string[] =>
  COLUMNS.filter(({ id, isHidden }) => !(layout.find((each) => each.id === id)?.isHidden ?? isHidden ?? false)).map(
    ({ id }) => id,
  );
