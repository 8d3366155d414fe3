import { Button } from "@blueprintjs/core";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { figure } from "../../../../shared/base/figure.ts";
import type { ExploreReply } from "../../../../shared/model/explore.ts";
import { sentence } from "../../../parts/filter-bar/sentence.ts";
import { Grid } from "../../../parts/grid/grid.tsx";
import type { Layout } from "../../../parts/grid/layout.ts";
import { NONE } from "../../../parts/grid/ranges.ts";
import { PeopleWords } from "../count/people-words.tsx";
import { useOverview } from "../state/use-overview.ts";
import { usePeople } from "../state/use-people.ts";
import { useSight } from "../state/use-sight.ts";
import { useView } from "../state/use-view.ts";
import { AgainstField } from "./against-field.tsx";
import { SharedCalls } from "./shared-calls.tsx";

/** What else the screen shows of a filter is not wanted here. */
const PEOPLE_ALONE = { open: {}, within: false, stack: "none" } as const;

/** Keys that mean the same wherever they are pressed; the others act on a row, and this is not the one with the tags. */
const KEYS_OF_BOTH = new Set(["v", "g", "/", "?"]);

interface CompareProps {
  /** The answer on the left. */
  readonly left: ExploreReply;
  readonly against: string;
  readonly sort: string | undefined;
  readonly columns: Layout;
  onAgainst(text: string): void;
  onSort(sort: string | undefined): void;
  onSwap(): void;
  onClose(): void;
}

/** A second filter's calls beside the first one's, and how many calls they share. */
export function Compare({ left, against, sort, columns, onSort, ...props }: CompareProps): ReactNode {
  const [sight, onView] = useSight();
  const [row, setRow] = useState(0);
  const { view, asked } = useView({ text: against, ...(sort === undefined ? {} : { sort }) }, sight);
  const around = useOverview(view?.reply, PEOPLE_ALONE, 1, undefined, !asked.isCurrent);
  const people = usePeople(view?.reply, around, !asked.isCurrent);
  const at = Math.min(row, Math.max(0, (view?.reply.count ?? 0) - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    const isText = event.target instanceof HTMLInputElement;
    if (!isText && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !KEYS_OF_BOTH.has(event.key))
      event.preventDefault();
  };
  return (
    <section className="compare" aria-label="Compared calls" data-region tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="compare-line">
        <AgainstField
          against={against}
          error={asked.error && asked.error.code !== "cancelled" ? sentence(asked.error) : undefined}
          onAgainst={props.onAgainst}
        />
        <Button
          size="small"
          text="Swap"
          title="The right filter to the left, where every control edits it"
          onClick={props.onSwap}
        />
        <Button size="small" text="Close" onClick={props.onClose} />
      </div>
      {!view && asked.isUpdating && <p className="compare-line muted">updating</p>}
      {view && (
        <>
          <div className="compare-line compare-counts">
            <p className={asked.isCurrent ? "count" : "count dimmed"}>
              <strong>{figure(view.reply.count)}</strong> {view.reply.count === 1 ? "call" : "calls"}
              <span className="count-dot" aria-hidden>
                ·
              </span>
              {people ? <PeopleWords people={people} /> : <span className="muted">counting people</span>}
            </p>
            <span className="gap" />
            {asked.isCurrent && <SharedCalls left={left} right={view.reply} />}
          </div>
          <Grid
            label="Compared calls"
            pages={view.pages}
            listKey={view.listKey}
            row={at}
            ranges={NONE}
            sort={view.reply.sort}
            tags={view.reply.tags}
            layout={columns}
            onRow={setRow}
            onRanges={nothing}
            onSort={onSort}
            onOpen={nothing}
            onMenu={nothing}
            onLayout={nothing}
            onView={onView}
          />
        </>
      )}
    </section>
  );
}

const nothing = () => undefined;
