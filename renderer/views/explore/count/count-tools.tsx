import { Button, HTMLSelect, Popover } from "@blueprintjs/core";
import { memo, type ReactNode } from "react";
import { STACKS, type Stack, type StackedHistogram } from "../../../../shared/model/explore.ts";
import type { Layout } from "../../../parts/grid/layout.ts";
import { BarsTable } from "../bars/bars-table.tsx";
import { Legend } from "../bars/legend.tsx";
import { ColumnsMenu, visibleOf } from "./columns-menu.tsx";

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
