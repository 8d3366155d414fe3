import { type ReactNode, type RefObject, useCallback } from "react";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { include } from "../../../shared/filter/splice.ts";
import { Detail } from "../../parts/detail/detail.tsx";
import { Facets } from "../../parts/facets/facets.tsx";
import type { GridHandle } from "../../parts/grid/props.ts";
import { usePlace, useSession, useShared } from "../../session/session.tsx";
import { useSteady } from "../../session/use-steady.ts";
import { Compare } from "./compare/compare.tsx";
import { Calls } from "./rows/calls.tsx";
import type { Selection } from "./rows/use-selection.ts";
import type { Answer } from "./state/use-answer.ts";
import type { LayoutActs } from "./state/use-layout.ts";
import type { Panes } from "./state/use-panes.ts";
import type { View } from "./state/use-view.ts";

interface ResultsProps {
  readonly view: View;
  readonly answer: Answer;
  readonly selection: Selection;
  readonly layoutActs: LayoutActs;
  readonly panes: Panes;
  readonly grid: RefObject<GridHandle | null>;
  readonly region: RefObject<HTMLElement | null>;
  readonly isWaiting: boolean;
  onText(text: string): void;
  onDetail(): void;
  onMenu(at: { left: number; top: number }): void;
  /** The second filter; absent: no comparison any more. */
  onCompare(text: string | undefined): void;
}

/** Facets, rows, and beside them one call or the calls of a second filter. */
export function Results({ view, answer, selection, layoutActs, panes, ...props }: ResultsProps): ReactNode {
  const session = useSession();
  const { text, sort, of: against } = usePlace();
  const hasPolicy = useShared((state) => state.policy !== undefined);
  const { layout, openFacet, setWithin, keepColumns } = layoutActs;
  const { isWaiting, onText } = props;
  const onSort = useCallback((sort: string | undefined) => session.go({ sort }), [session]);
  const onInclude = useSteady((field: FieldName, value: string) => {
    if (!isWaiting) onText(include(text, field, value));
  });
  return (
    <>
      {panes.facets && (
        <Facets
          text={text}
          facets={answer.around.reply?.facets ?? NO_FACETS}
          open={layout.open}
          isWithin={layout.within}
          isWaiting={isWaiting}
          hasPolicy={hasPolicy}
          onText={onText}
          onOpen={openFacet}
          onWithin={setWithin}
        />
      )}
      <Calls
        view={view}
        selection={selection}
        grid={props.grid}
        region={props.region}
        tags={answer.tags}
        columns={layout.columns}
        isWaiting={isWaiting}
        onText={onText}
        onSort={onSort}
        onOpen={props.onDetail}
        onMenu={props.onMenu}
        onLayout={keepColumns}
        onView={answer.onView}
      />
      {against !== undefined && (
        <Compare
          left={view.reply}
          against={against}
          sort={sort}
          columns={layout.columns}
          onAgainst={(other) => session.amend({ of: other, sort, row: selection.row })}
          onSort={onSort}
          onSwap={() => session.go({ text: against, of: text, sort })}
          onClose={() => props.onCompare(undefined)}
        />
      )}
      {panes.detail && against === undefined && (
        <Detail event={selection.current?.id} filter={view.reply.filter} tags={answer.tags} onInclude={onInclude} />
      )}
    </>
  );
}

const NO_FACETS = {};
