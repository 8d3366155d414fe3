import { Button, ContextMenuPopover } from "@blueprintjs/core";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FieldName } from "../../../shared/filter/fields.ts";
import { include, setTime } from "../../../shared/filter/splice.ts";
import type { Stack } from "../../../shared/model/explore.ts";
import { Detail } from "../../parts/detail/detail.tsx";
import { Facets } from "../../parts/facets/facets.tsx";
import { useDraft } from "../../parts/filter-bar/draft.ts";
import { FilterBar } from "../../parts/filter-bar/filter-bar.tsx";
import { columnOf, literalOf } from "../../parts/grid/columns.ts";
import { Grid, type GridHandle } from "../../parts/grid/grid.tsx";
import type { Layout } from "../../parts/grid/host.ts";
import { NONE, type Ranges, size, within } from "../../parts/grid/ranges.ts";
import { ask } from "../../session/client.ts";
import { usePlace, usePolicyTimes, useReadOnly, useSession, useShared } from "../../session/session.tsx";
import { useCommand } from "../../session/use-command.ts";
import { useSame, useSteady } from "../../session/use-steady.ts";
import { Bars } from "./bars.tsx";
import { useActs, useRowCommands } from "./commands.ts";
import { Compare } from "./compare.tsx";
import { DateControl, ValueControl } from "./controls.tsx";
import { CountLine } from "./count-line.tsx";
import { CountTools } from "./count-tools.tsx";
import { monthsOf } from "./dates.ts";
import { ExportDialog } from "./export-dialog.tsx";
import { GotoDialog } from "./goto.tsx";
import { type ExploreLayout, layoutOf } from "./layout.ts";
import { NoCalls } from "./no-calls.tsx";
import { NoMatch } from "./no-match.tsx";
import { usePanes } from "./panes.ts";
import { allOf, picksOf } from "./picks.ts";
import { RowMenu } from "./row-menu.tsx";
import { SaveDialog, SavedMenu } from "./saved.tsx";
import { NoteDialog, TagDialog } from "./tag-dialog.tsx";
import { useLookAhead, useOverview, usePeople, useSight, useView } from "./view.ts";
import "./explore.css";

type Open = "tag" | "note" | "goto" | "save" | "export";

/** The filter, what it matches, and one call of it: text, bars, facets, rows and detail of one set. */
export function Explore(): ReactNode {
  const session = useSession();
  const place = usePlace();
  const readOnly = useReadOnly();
  const policyTimes = usePolicyTimes();
  const hasPolicy = useShared((state) => state.policy !== undefined);
  const events = useShared((state) => state.info?.events ?? 0);
  const stored = useShared((state) => state.settings.layout.explore);
  const panes = usePanes();
  const layout = useMemo(() => layoutOf(stored), [stored]);
  const draft = useDraft();
  const isWaiting = draft.mistake !== undefined;
  const [sight, onView] = useSight();
  useLookAhead(sight);
  const grid = useRef<GridHandle>(null);
  const region = useRef<HTMLElement>(null);
  const [span, setSpan] = useState<{ from: number; to: number }>();
  const [ranges, setRanges] = useState<Ranges>(NONE);
  const [row, setRow] = useState(place.row ?? 0);
  const [open, setOpen] = useState<Open>();
  const [menu, setMenu] = useState<{ left: number; top: number }>();
  const bars = useBars();
  const { view, asked } = useView(place, sight);
  const reply = view?.reply;
  const around = useOverview(reply, layout, bars, span, !asked.isCurrent);
  const overview = around.reply;
  /** The second filter, while two are compared. */
  const against = place.of;
  const people = usePeople(reply, around, !asked.isCurrent);
  const acts = useActs();
  const tags = useSame(reply?.tags ?? NO_TAGS);
  const whole = useSame(reply?.span);

  const change = useCallback(
    (next: Partial<ExploreLayout>) => {
      const { layout } = session.store.get().settings;
      session.change({ layout: { ...layout, explore: { ...layoutOf(layout.explore), ...next } } });
    },
    [session],
  );
  const onText = useCallback((text: string) => session.go({ text }), [session]);
  const onTag = useCallback(() => setOpen("tag"), []);
  const onNote = useCallback(() => setOpen("note"), []);
  const onSave = useCallback(() => setOpen("save"), []);
  const onExport = useCallback(() => setOpen("export"), []);
  const toggleLog = useSteady(() => change({ log: !layout.log }));
  const setStack = useSteady((stack: Stack) => change({ stack }));
  const setWithin = useSteady((isWithin: boolean) => change({ within: isWithin }));
  const openFacet = useSteady((field: string, limit: number | undefined) => {
    const { [field]: _, ...rest } = layout.open;
    change({ open: limit === undefined ? rest : { ...rest, [field]: limit } });
  });
  const showColumns = useCallback((columns: readonly string[]) => grid.current?.showColumns(new Set(columns)), []);
  const keepColumns = useSteady((columns: Layout) => change({ columns: columns.map((each) => ({ ...each })) }));
  const onSort = useCallback((sort: string | undefined) => session.go({ sort }), [session]);
  const onRange = useSteady((to: { from: number; to: number }) => onText(setTime(place.text, to)));
  const onDraw = useSteady((to: { from: number; to: number }) =>
    session.ahead.begin({ ...place, text: setTime(place.text, to), row: 0 }),
  );
  const onInclude = useSteady((field: FieldName, value: string) => {
    if (!isWaiting) onText(include(place.text, field, value));
  });

  // the row is part of the place; while keys walk through rows, the place follows at rest
  useEffect(() => {
    const timer = setTimeout(() => session.amend({ row }), 200);
    return () => clearTimeout(timer);
  }, [session, row]);
  const listKey = view?.listKey;
  const seen = useRef(listKey);
  useEffect(() => {
    if (seen.current === listKey) return;
    seen.current = listKey;
    setRanges(NONE);
  }, [listKey]);
  // Back, or another filter: its own row
  const wanted = JSON.stringify([place.text, place.sort]);
  const before = useRef(wanted);
  if (before.current !== wanted) {
    before.current = wanted;
    setRow(place.row ?? 0);
  }
  const count = reply?.count ?? 0;
  const at = Math.min(row, Math.max(0, count - 1));
  const chosen = useMemo(() => (ranges === NONE ? NONE : within(ranges, count)), [ranges, count]);

  const times = useMemo(() => {
    const micros = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text) * 1000);
    const cutoff = micros(policyTimes.cutoff);
    const asOf = micros(policyTimes.asOf) ?? (cutoff === undefined ? undefined : whole?.to);
    return { ...(cutoff === undefined ? {} : { cutoff }), ...(asOf === undefined ? {} : { asOf }) };
  }, [policyTimes, whole]);
  const months = useMemo(() => (whole ? monthsOf(whole.from, whole.to).toReversed() : []), [whole]);

  useRowCommands({
    view,
    text: place.text,
    isWaiting,
    isCurrent: asked.isCurrent,
    row: at,
    ranges: chosen,
    grid,
    region,
    onRow: setRow,
    onRanges: setRanges,
    onText,
  });
  const writes = { enabled: count > 0 && readOnly === undefined, why: readOnly ?? "There is no call" };
  useCommand("tag.other", onTag, writes);
  useCommand("note", onNote, writes);
  useCommand("row.goto", () => setOpen("goto"), { enabled: count > 0, why: "There is no row" });
  const compare = (text: string | undefined) => session.go({ of: text, sort: place.sort, row: at });
  useCommand("compare", () => compare(against === undefined ? place.text : undefined), {
    enabled: reply !== undefined,
    why: "Nothing is shown yet",
  });
  useCommand("filter.clear", () => onText(""));
  useCommand("filter.save", onSave, {
    enabled: readOnly === undefined && !isWaiting,
    why: readOnly ?? "The filter has a mistake",
  });
  useCommand("view.export", onExport, { enabled: reply !== undefined, why: "Nothing is shown yet" });
  useCommand("facets", () => panes.show("facets", !panes.facets));
  useCommand("detail", () => panes.show("detail", !panes.detail));
  useCommand("row.detail", () => openDetail(), {
    enabled: count > 0 && against === undefined,
    why: against === undefined ? "There is no row" : "Two filters are compared in its place",
    within: region,
  });
  useCommand("row.menu", () => setMenu(grid.current?.place()), { enabled: count > 0, why: "There is no row" });

  const openDetail = useSteady(() => {
    if (!panes.detail) panes.show("detail", true);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(".detail [role=tab][aria-selected=true], .detail")?.focus(),
    );
  });
  const toRows = useSteady(() => (count > 0 ? grid.current?.focus() : region.current?.focus()));
  // who comes here by a key goes on by keys
  const isShown = view !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there are rows
  useEffect(() => {
    if (isShown && document.activeElement === document.body) toRows();
  }, [isShown]);
  /** Out one step: the selection, then nothing more; from any other part, to the rows. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const isInRows = region.current?.contains(event.target as Node) ?? false;
    if (isInRows && chosen.length > 0) setRanges(NONE);
    else if (!isInRows) {
      panes.closeDrawer();
      toRows();
    } else return;
    event.preventDefault();
  };
  const current = view?.pages.row(at);
  const column = columnOf(menu ? (grid.current?.column() ?? "") : "");

  if (events === 0 && count === 0) return <NoCalls />;
  return (
    <div
      className={against === undefined ? "explore" : "explore comparing"}
      data-old={asked.isUpdating ? "all" : around.isUpdating ? "around" : undefined}
      onKeyDown={onKeyDown}
    >
      <h1 className="visually-hidden">Explore</h1>
      <search className="filter-bar" aria-label="Filter" data-region>
        <FilterBar
          draft={draft}
          refused={[asked.error, around.error].find((error) => error && error.code !== "cancelled")}
          months={months}
          tags={tags}
          onLeave={toRows}
        />
        <SavedMenu onColumns={showColumns} />
        <Button
          text="Save"
          disabled={readOnly !== undefined || isWaiting}
          title={readOnly ?? "Save this filter"}
          onClick={onSave}
        />
        <Button
          text="Clear"
          disabled={place.text === "" && draft.text === ""}
          onClick={() => (draft.text === place.text ? onText("") : draft.change(""))}
        />
      </search>
      <div className="control-bar" role="group" aria-label="Controls" data-region>
        <ValueControl field="api" title="API" text={place.text} isWaiting={isWaiting} onText={onText} />
        <ValueControl field="developer" title="Developer" text={place.text} isWaiting={isWaiting} onText={onText} />
        <DateControl text={place.text} isWaiting={isWaiting} onText={onText} times={times} span={whole} />
        <span className="gap" />
        <Button
          size="small"
          text="Compare"
          active={against !== undefined}
          aria-pressed={against !== undefined}
          title="A second filter beside this one (v)"
          disabled={!reply}
          onClick={() => compare(against === undefined ? place.text : undefined)}
        />
        {panes.areDrawers && (
          <>
            <Button
              size="small"
              text="Facets"
              active={panes.facets}
              aria-expanded={panes.facets}
              onClick={() => panes.show("facets", !panes.facets)}
            />
            <Button
              size="small"
              text="Detail"
              active={panes.detail}
              aria-expanded={panes.detail}
              onClick={() => panes.show("detail", !panes.detail)}
            />
          </>
        )}
      </div>
      {reply && view && (
        <>
          <Bars
            overview={overview}
            total={reply.total}
            times={times}
            stack={layout.stack}
            isLog={layout.log}
            isWaiting={isWaiting}
            onLog={toggleLog}
            onZoom={setSpan}
            onDraw={onDraw}
            onRange={onRange}
          />
          <CountLine
            asked={asked}
            reply={reply}
            people={people}
            chosen={size(chosen)}
            readOnly={readOnly}
            onTag={onTag}
            onNote={onNote}
          >
            <CountTools
              histogram={overview?.histogram ?? NO_BARS}
              stack={layout.stack}
              isLog={layout.log}
              hasPolicy={hasPolicy}
              columns={layout.columns}
              onStack={setStack}
              onLog={toggleLog}
              onColumns={showColumns}
              onExport={onExport}
            />
          </CountLine>
          {panes.facets && (
            <Facets
              text={place.text}
              facets={overview?.facets ?? NO_FACETS}
              open={layout.open}
              isWithin={layout.within}
              isWaiting={isWaiting}
              hasPolicy={hasPolicy}
              onText={onText}
              onOpen={openFacet}
              onWithin={setWithin}
            />
          )}
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
              pages={view.pages}
              listKey={view.listKey}
              row={at}
              ranges={chosen}
              sort={reply.sort}
              tags={tags}
              layout={layout.columns}
              onRow={setRow}
              onRanges={setRanges}
              onSort={onSort}
              onOpen={openDetail}
              onMenu={setMenu}
              onLayout={keepColumns}
              onView={onView}
            />
            {count === 0 && <NoMatch text={reply.filter} isWaiting={isWaiting} onText={onText} />}
          </section>
          {against !== undefined && (
            <Compare
              left={reply}
              against={against}
              sort={place.sort}
              columns={layout.columns}
              onAgainst={(text) => session.amend({ of: text, sort: place.sort, row: at })}
              onSort={onSort}
              onSwap={() => session.go({ text: against, of: place.text, sort: place.sort })}
              onClose={() => compare(undefined)}
            />
          )}
          {panes.detail && against === undefined && (
            <Detail event={current?.id} filter={reply.filter} tags={tags} onInclude={onInclude} />
          )}
          <TagDialog
            isOpen={open === "tag"}
            chosen={open === undefined ? undefined : picksOf(view, chosen, at)}
            all={allOf(view)}
            tags={reply.tags}
            onClose={() => setOpen(undefined)}
            onTag={acts.tag}
          />
          <NoteDialog
            isOpen={open === "note"}
            chosen={open === undefined ? undefined : picksOf(view, chosen, at)}
            all={allOf(view)}
            onClose={() => setOpen(undefined)}
            onNote={acts.note}
          />
          <GotoDialog
            isOpen={open === "goto"}
            count={count}
            onClose={() => setOpen(undefined)}
            onGo={(target) => {
              if ("row" in target) setRow(target.row - 1);
              else
                void ask("seek", {
                  filter: reply.filter,
                  ...(reply.sort === undefined ? {} : { sort: reply.sort }),
                  time: target.time,
                }).then(
                  (found) => found.row !== undefined && setRow(found.row),
                  () => session.say("That time could not be found."),
                );
            }}
          />
          <ExportDialog
            isOpen={open === "export"}
            reply={reply}
            isCurrent={asked.isCurrent && !isWaiting}
            onClose={() => setOpen(undefined)}
          />
        </>
      )}
      <SaveDialog
        isOpen={open === "save"}
        filter={place.text}
        sort={place.sort}
        columns={() => grid.current?.shownColumns() ?? []}
        onClose={() => setOpen(undefined)}
      />
      <ContextMenuPopover
        isOpen={menu !== undefined}
        targetOffset={menu ?? { left: 0, top: 0 }}
        transitionDuration={0}
        onClose={() => {
          setMenu(undefined);
          grid.current?.focus();
        }}
        content={
          <RowMenu
            value={column && current ? literalOf(column, current) : undefined}
            onDone={() => setMenu(undefined)}
          />
        }
      />
    </div>
  );
}

/** Bars as wide as can be told apart, whatever the window. */
const barsOf = () => Math.max(20, Math.round((window.innerWidth - 110) / 220) * 20);

function useBars(): number {
  const [bars, setBars] = useState(barsOf);
  useEffect(() => {
    const resized = () => setBars(barsOf());
    window.addEventListener("resize", resized);
    return () => window.removeEventListener("resize", resized);
  }, []);
  return bars;
}

const NO_TAGS: readonly string[] = [];
const NO_FACETS = {};
const NO_BARS = { from: 0, step: 1, series: [] };
