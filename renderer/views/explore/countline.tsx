import { Button, HTMLSelect, MenuItem, Popover } from "@blueprintjs/core";
import type { ReactNode } from "react";
import type { Progress } from "../../../shared/contract.ts";
import { type ExploreReply, STACKS, type Stack, type StackedHistogram } from "../../../shared/model/explore.ts";
import type { People } from "../../../shared/model/finding.ts";
import type { Asked } from "../../app/ask.ts";
import { ArrowMenu } from "../../parts/arrowmenu.tsx";
import { counted, figure, percent } from "../../parts/format.ts";
import { COLUMNS } from "../../parts/grid/columns.ts";
import { edgesOf, edgeWords, timeAt } from "../../parts/histogram/bars.ts";
import { partOf } from "../../parts/histogram/chart.ts";
import { Inert } from "../../parts/inert.tsx";
import { PeopleWords } from "./peoplewords.tsx";

interface CountLineProps {
  readonly asked: Asked<ExploreReply>;
  readonly reply: ExploreReply;
  readonly people: People | undefined;
  readonly chosen: number;
  readonly stack: Stack;
  readonly isLog: boolean;
  readonly hasPolicy: boolean;
  /** Why nothing may be written. */
  readonly readOnly: string | undefined;
  readonly visible: readonly string[];
  onTag(): void;
  onNote(): void;
  onStack(stack: Stack): void;
  onLog(): void;
  onColumns(visible: ReadonlySet<string>): void;
  onExport(): void;
}

const STACK_WORDS: Record<Stack, string> = {
  none: "nothing",
  outcome: "outcome",
  api: "API",
  developer: "developer",
  level: "level",
};

/** How many calls of how many, how many people and how sure, how many are selected; and what can be done with them. */
export function CountLine(props: CountLineProps): ReactNode {
  const { asked, reply, people, chosen, stack, isLog, hasPolicy, readOnly } = props;
  const isOld = !asked.isCurrent && (asked.isUpdating || asked.error !== undefined);
  return (
    <div className="count-line" role="group" aria-label="Count">
      <p className={isOld ? "count dimmed" : "count"}>
        <strong>{figure(reply.count)}</strong> of {counted(reply.total, "call")}
        <span className="count-dot" aria-hidden>
          ·
        </span>
        {people ? <PeopleWords people={people} /> : <span className="muted">counting people</span>}
        {chosen > 0 && (
          <>
            <span className="count-dot" aria-hidden>
              ·
            </span>
            <span className="muted">{figure(chosen)} selected</span>
          </>
        )}
      </p>
      <span className="visually-hidden" role="status">
        {asked.isCurrent ? `${figure(reply.count)} of ${counted(reply.total, "call")}` : ""}
      </span>
      <Button
        size="small"
        disabled={readOnly !== undefined || reply.count === 0}
        title={readOnly ?? "t"}
        onClick={props.onTag}
      >
        Tag <kbd>t</kbd>
      </Button>
      <Button
        size="small"
        disabled={readOnly !== undefined || reply.count === 0}
        title={readOnly ?? "n"}
        onClick={props.onNote}
      >
        Note <kbd>n</kbd>
      </Button>
      {!asked.isCurrent && asked.isUpdating && (
        <span className="muted count-updating">
          {asked.progress ? searchedWords(asked.progress) : "updating"}{" "}
          {asked.isLong && (
            <button type="button" className="link" onClick={asked.cancel}>
              Cancel
            </button>
          )}
        </span>
      )}
      <span className="gap" />
      <Legend histogram={reply.histogram} stack={stack} />
      <label className="count-stack">
        <span className="muted">stack by</span>
        <HTMLSelect
          aria-label="Stack by"
          minimal
          value={stack}
          onChange={(event) => props.onStack(event.target.value as Stack)}
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
        onClick={props.onLog}
      />
      <Popover
        minimal
        placement="bottom-end"
        transitionDuration={0}
        shouldReturnFocusOnClose
        content={<BarsTable histogram={reply.histogram} stack={stack} />}
      >
        <Button size="small" text="Table" title="The bars as a table" />
      </Popover>
      <Popover
        minimal
        placement="bottom-end"
        transitionDuration={0}
        shouldReturnFocusOnClose
        content={<ColumnsMenu visible={props.visible} onColumns={props.onColumns} />}
      >
        <Button size="small" text="Columns" />
      </Popover>
      <Button size="small" text="Export" title="Export this view (Ctrl+E)" onClick={props.onExport} />
    </div>
  );
}

/** `searched 38 % of the lines, at least 12 found`. */
function searchedWords({ done, total = 0, records = 0 }: Progress): string {
  return `searched ${percent(done, total)} of the lines, at least ${figure(records)} found`;
}

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
  onColumns(visible: ReadonlySet<string>): void;
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
            onClick={() => onColumns(new Set(isShown ? visible.filter((each) => each !== id) : [...visible, id]))}
          />
        );
      })}
    </ArrowMenu>
  );
}
