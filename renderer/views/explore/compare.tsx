import { Button } from "@blueprintjs/core";
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import { figure } from "../../../shared/base/figure.ts";
import { both, without } from "../../../shared/filter/together.ts";
import type { ExploreReply } from "../../../shared/model/explore.ts";
import { mistakeIn } from "../../parts/filter-bar/draft.ts";
import { sentence } from "../../parts/filter-bar/sentence.ts";
import { Grid } from "../../parts/grid/grid.tsx";
import type { Layout } from "../../parts/grid/host.ts";
import { NONE } from "../../parts/grid/ranges.ts";
import { Inert } from "../../parts/inert.tsx";
import { NumberLink } from "../../parts/number-link.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { PeopleWords } from "./people-words.tsx";
import { useOverview, usePeople, useSight, useView } from "./view.ts";

/** What else the screen shows of a filter is not wanted here. */
const PEOPLE_ALONE = { open: {}, within: false, stack: "none" } as const;

/** Keys that mean the same wherever they are pressed; the others act on a row, and this is not the one with the tags. */
const EVERYWHERE = new Set(["v", "g", "/", "?"]);

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
    if (!isText && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !EVERYWHERE.has(event.key))
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
            {asked.isCurrent && <Shared left={left} right={view.reply} />}
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

/** `1,204 in both · 48 only left · 12 only right`, each the way to its rows. */
function Shared({ left, right }: { left: ExploreReply; right: ExploreReply }): ReactNode {
  const texts = useMemo(
    () => ({
      both: both(left.filter, right.filter),
      left: without(left.filter, right.filter),
      right: without(right.filter, left.filter),
    }),
    [left.filter, right.filter],
  );
  const asked = useAsk("query", { filter: texts.both });
  const count = asked.isCurrent ? asked.reply?.count : undefined;
  if (count === undefined) return <span className="muted">counting what both hold</span>;
  const part = (words: string, value: number, filter: string | undefined) => (
    <span className="nowrap">
      {value === 0 || filter === undefined ? figure(value) : <NumberLink value={value} filter={filter} />} {words}
    </span>
  );
  return (
    <span className="compare-shared" role="status">
      {part("in both", count, texts.both)}
      {part("only left", left.count - count, texts.left)}
      {part("only right", right.count - count, texts.right)}
    </span>
  );
}

/** The second filter's text: Enter or leaving it applies, Esc brings the one that holds back. */
function AgainstField({
  against,
  error,
  onAgainst,
}: {
  against: string;
  error: string | undefined;
  onAgainst(text: string): void;
}): ReactNode {
  const id = useId();
  const [text, setText] = useState(against);
  const before = useRef(against);
  if (before.current !== against) {
    before.current = against;
    setText(against);
  }
  const mistake = mistakeIn(text);
  const words = mistake ? sentence(mistake) : error;
  const apply = () => {
    if (!mistake && text !== against) onAgainst(text);
  };
  return (
    <div className="compare-field">
      <input
        className="bp6-input mono"
        aria-label="Second filter"
        aria-invalid={words !== undefined}
        aria-describedby={words === undefined ? undefined : id}
        placeholder="Every call"
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === "Enter") apply();
          else if (event.key === "Escape" && text !== against) {
            event.preventDefault();
            setText(against);
          }
        }}
      />
      {words !== undefined && (
        <p id={id} className="compare-mistake" role="alert">
          <Inert text={words} />
        </p>
      )}
    </div>
  );
}
