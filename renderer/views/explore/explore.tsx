import { type ReactNode, useCallback, useRef, useState } from "react";
import { useDraft } from "../../parts/filter-bar/draft.ts";
import type { GridHandle } from "../../parts/grid/props.ts";
import { usePlace, useSession, useShared } from "../../session/session.tsx";
import { Dialogs } from "./dialogs/dialogs.tsx";
import { SaveDialog } from "./dialogs/save-dialog.tsx";
import { useDialogs } from "./dialogs/use-dialogs.ts";
import { ControlBar } from "./filter/control-bar.tsx";
import { FilterLine } from "./filter/filter-line.tsx";
import { NoCalls } from "./no-calls.tsx";
import { Overview } from "./overview.tsx";
import { Results } from "./results.tsx";
import { RowPopover } from "./rows/row-menu.tsx";
import { useCellCommands } from "./rows/use-cell-commands.ts";
import { useRowCommands } from "./rows/use-row-commands.ts";
import { useSelection } from "./rows/use-selection.ts";
import { useTagKeys } from "./rows/use-tag-keys.ts";
import { useAnswer } from "./state/use-answer.ts";
import { useLayout } from "./state/use-layout.ts";
import { usePanes } from "./state/use-panes.ts";
import { useTimes } from "./state/use-times.ts";
import { useFocus } from "./use-focus.ts";
import { useScreenCommands } from "./use-screen-commands.ts";
import "./explore.css";

/** The filter, what it matches, and one call of it: text, bars, facets, rows and detail of one set. */
export function Explore(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const { text, sort, of: against } = place;
  const events = useShared((state) => state.info?.events ?? 0);
  const grid = useRef<GridHandle>(null);
  const region = useRef<HTMLElement>(null);
  const [menu, setMenu] = useState<{ left: number; top: number }>();
  const layoutActs = useLayout();
  const panes = usePanes();
  const dialogs = useDialogs();
  const draft = useDraft();
  const isWaiting = draft.mistake !== undefined;
  const answer = useAnswer(place, layoutActs.layout);
  const { view, asked, around, tags, span } = answer;
  const selection = useSelection(place, view);
  const times = useTimes(span);
  const focus = useFocus(selection, panes, grid, region, view !== undefined);
  const onText = useCallback((text: string) => session.go({ text }), [session]);
  const onColumns = useCallback((columns: readonly string[]) => grid.current?.showColumns(new Set(columns)), []);
  const compare = (other: string | undefined) => session.go({ of: other, sort, row: selection.row });
  const onCompare = () => compare(against === undefined ? text : undefined);
  const isComparing = against !== undefined;
  const isEmpty = view === undefined;

  useRowCommands({ view, selection, grid, region });
  useCellCommands(grid, selection, { text, isWaiting, onText });
  useTagKeys(view, selection, asked.isCurrent);
  const commands = { selection, dialogs, panes, grid, region, isEmpty, isWaiting, isComparing, onText, onCompare };
  useScreenCommands({ ...commands, onDetail: focus.toDetail, onMenu: setMenu });

  if (events === 0 && selection.count === 0) return <NoCalls />;
  const parts = { answer, selection, layoutActs, isWaiting, onText };
  return (
    <div
      className={isComparing ? "explore comparing" : "explore"}
      data-old={asked.isUpdating ? "all" : around.isUpdating ? "around" : undefined}
      onKeyDown={focus.onKeyDown}
    >
      <h1 className="visually-hidden">Explore</h1>
      <FilterLine
        draft={draft}
        text={text}
        refused={[asked.error, around.error].find((error) => error && error.code !== "cancelled")}
        span={span}
        tags={tags}
        onText={onText}
        onColumns={onColumns}
        onSave={dialogs.openSave}
        onLeave={focus.toRows}
      />
      <ControlBar {...{ text, isWaiting, onText, times, span, panes, isComparing, isEmpty, onCompare }} />
      {view && (
        <>
          <Overview {...parts} view={view} dialogs={dialogs} times={times} onColumns={onColumns} />
          <Results
            {...parts}
            view={view}
            panes={panes}
            grid={grid}
            region={region}
            onDetail={focus.toDetail}
            onMenu={setMenu}
            onCompare={compare}
          />
          <Dialogs dialogs={dialogs} view={view} selection={selection} isCurrent={asked.isCurrent && !isWaiting} />
        </>
      )}
      <SaveDialog
        isOpen={dialogs.open === "save"}
        filter={text}
        sort={sort}
        columns={() => grid.current?.shownColumns() ?? []}
        onClose={dialogs.close}
      />
      <RowPopover at={menu} grid={grid} current={selection.current} onClose={() => setMenu(undefined)} />
    </div>
  );
}
