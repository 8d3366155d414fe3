import type { ReactNode, RefObject } from "react";
import { Grid } from "../../../parts/grid/grid.tsx";
import type { Layout } from "../../../parts/grid/layout.ts";
import type { GridHandle } from "../../../parts/grid/props.ts";
import { NoMatch } from "../filter/no-match.tsx";
import type { View } from "../state/use-view.ts";
import type { Selection } from "./use-selection.ts";

interface CallsProps {
  readonly view: View;
  readonly selection: Selection;
  readonly grid: RefObject<GridHandle | null>;
  readonly region: RefObject<HTMLElement | null>;
  readonly tags: readonly string[];
  readonly columns: Layout;
  readonly isWaiting: boolean;
  onText(text: string): void;
  onSort(sort: string | undefined): void;
  onOpen(): void;
  onMenu(at: { left: number; top: number }): void;
  onLayout(columns: Layout): void;
  onView(top: number, fit: number): void;
}

/** The rows: the calls that the filter matches, or why there is none. */
export function Calls({ view, selection, grid, region, tags, columns, ...props }: CallsProps): ReactNode {
  const { reply, pages, listKey } = view;
  return (
    <section
      ref={region}
      className="rows"
      aria-label="Calls"
      data-region
      tabIndex={-1}
      onFocus={(event) => event.target === event.currentTarget && grid.current?.focus()}
    >
      <Grid
        ref={grid}
        label="Calls"
        pages={pages}
        listKey={listKey}
        row={selection.row}
        ranges={selection.ranges}
        sort={reply.sort}
        tags={tags}
        layout={columns}
        onRow={selection.setRow}
        onRanges={selection.setRanges}
        onSort={props.onSort}
        onOpen={props.onOpen}
        onMenu={props.onMenu}
        onLayout={props.onLayout}
        onView={props.onView}
      />
      {selection.count === 0 && <NoMatch text={reply.filter} isWaiting={props.isWaiting} onText={props.onText} />}
    </section>
  );
}
