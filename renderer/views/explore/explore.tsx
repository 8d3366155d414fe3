import { Button, ContextMenuPopover } from "@blueprintjs/core";
import { Search } from "@blueprintjs/icons";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { shownTime } from "../../../shared/filter/shown.ts";
import { include, setTime } from "../../../shared/filter/splice.ts";
import { ask } from "../../app/client.ts";
import { useCommand, useCommandState } from "../../app/command.ts";
import { usePlace, usePolicyTimes, useReadOnly, useSession, useShared } from "../../app/session.tsx";
import { Detail } from "../../parts/detail/detail.tsx";
import { Empty } from "../../parts/empty.tsx";
import { Facets } from "../../parts/facets/facets.tsx";
import { useDraft } from "../../parts/filterbar/draft.ts";
import { FilterBar } from "../../parts/filterbar/filterbar.tsx";
import { COLUMNS, columnOf, literalOf } from "../../parts/grid/columns.ts";
import { Grid, type GridHandle } from "../../parts/grid/grid.tsx";
import type { Layout } from "../../parts/grid/host.ts";
import { NONE, type Ranges, size, within } from "../../parts/grid/ranges.ts";
import { Histogram } from "../../parts/histogram/histogram.tsx";
import { useActs, useRowCommands } from "./commands.ts";
import { Compare } from "./compare.tsx";
import { DateControl, ValueControl } from "./controls.tsx";
import { CountLine } from "./countline.tsx";
import { monthsOf } from "./dates.ts";
import { ExportDialog } from "./exportdialog.tsx";
import { GotoDialog } from "./goto.tsx";
import { type ExploreLayout, layoutOf } from "./layout.ts";
import { useMarks } from "./marks.ts";
import { NoMatch } from "./nomatch.tsx";
import { usePanes } from "./panes.ts";
import { allOf, picksOf } from "./picks.ts";
import { RowMenu } from "./rowmenu.tsx";
import { SaveDialog, SavedMenu } from "./saved.tsx";
import { NoteDialog, TagDialog } from "./tagdialog.tsx";
import { usePeople, useView } from "./view.ts";
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
  const importLogs = useCommandState("logs.import");
  const draft = useDraft();
  const isWaiting = draft.mistake !== undefined;
  const top = useRef(0);
  const grid = useRef<GridHandle>(null);
  const region = useRef<HTMLElement>(null);
  const [span, setSpan] = useState<{ from: number; to: number }>();
  const [ranges, setRanges] = useState<Ranges>(NONE);
  const [row, setRow] = useState(place.row ?? 0);
  const [open, setOpen] = useState<Open>();
  const [menu, setMenu] = useState<{ left: number; top: number }>();
  const bars = useBars();
  const { view, asked } = useView(place, layout, bars, span, top);
  /** The second filter, while two are compared. */
  const against = place.of;
  const people = usePeople(view?.reply);
  const acts = useActs();
  const reply = view?.reply;

  const change = useCallback(
    (next: Partial<ExploreLayout>) => {
      const { layout } = session.store.get().settings;
      session.change({ layout: { ...layout, explore: { ...layoutOf(layout.explore), ...next } } });
    },
    [session],
  );
  const onText = useCallback((text: string) => session.go({ text }), [session]);

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
  const chosen = useMemo(() => within(ranges, count), [ranges, count]);

  const times = useMemo(() => {
    const micros = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text) * 1000);
    const cutoff = micros(policyTimes.cutoff);
    const asOf = micros(policyTimes.asOf) ?? (cutoff === undefined ? undefined : reply?.span?.to);
    return { ...(cutoff === undefined ? {} : { cutoff }), ...(asOf === undefined ? {} : { asOf }) };
  }, [policyTimes, reply?.span?.to]);
  const range = useMemo(() => {
    const { from, to } = shownTime(reply?.filter ?? "", times);
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }, [reply?.filter, times]);
  const { marks, gaps } = useMarks(reply, times);
  const months = useMemo(
    () => (reply?.span ? monthsOf(reply.span.from, reply.span.to).toReversed() : []),
    [reply?.span],
  );

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
  useCommand("tag.other", () => setOpen("tag"), writes);
  useCommand("note", () => setOpen("note"), writes);
  useCommand("row.goto", () => setOpen("goto"), { enabled: count > 0, why: "There is no row" });
  const compare = (text: string | undefined) => session.go({ of: text, sort: place.sort, row: at });
  useCommand("compare", () => compare(against === undefined ? place.text : undefined), {
    enabled: reply !== undefined,
    why: "Nothing is shown yet",
  });
  useCommand("filter.clear", () => onText(""));
  useCommand("filter.save", () => setOpen("save"), {
    enabled: readOnly === undefined && !isWaiting,
    why: readOnly ?? "The filter has a mistake",
  });
  useCommand("view.export", () => setOpen("export"), { enabled: reply !== undefined, why: "Nothing is shown yet" });
  useCommand("facets", () => panes.show("facets", !panes.facets));
  useCommand("detail", () => panes.show("detail", !panes.detail));
  useCommand("row.detail", () => openDetail(), {
    enabled: count > 0 && against === undefined,
    why: against === undefined ? "There is no row" : "Two filters are compared in its place",
    within: region,
  });
  useCommand("row.menu", () => setMenu(grid.current?.place()), { enabled: count > 0, why: "There is no row" });

  const openDetail = () => {
    if (!panes.detail) panes.show("detail", true);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(".detail [role=tab][aria-selected=true], .detail")?.focus(),
    );
  };
  const toRows = () => (count > 0 ? grid.current?.focus() : region.current?.focus());
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

  if (events === 0 && count === 0) {
    return (
      <div className="explore-empty">
        <h1 tabIndex={-1} className="visually-hidden">
          Explore
        </h1>
        <Empty
          icon={<Search size={40} aria-hidden />}
          why={readOnly === undefined ? "No calls yet. Drop log files here, or import them." : "No calls yet."}
          {...(readOnly === undefined
            ? {
                action: (
                  <Button
                    intent="primary"
                    text="Import logs"
                    disabled={!importLogs.isEnabled}
                    onClick={importLogs.run}
                  />
                ),
              }
            : {})}
        />
      </div>
    );
  }
  return (
    <div
      className={against === undefined ? "explore" : "explore comparing"}
      data-old={asked.isUpdating && !asked.isCurrent}
      onKeyDown={onKeyDown}
    >
      <h1 className="visually-hidden">Explore</h1>
      <search className="filter-bar" aria-label="Filter" data-region>
        <FilterBar
          draft={draft}
          refused={asked.error && asked.error.code !== "cancelled" ? asked.error : undefined}
          months={months}
          tags={reply?.tags ?? []}
          onLeave={toRows}
        />
        <SavedMenu onColumns={(columns) => grid.current?.showColumns(new Set(columns))} />
        <Button
          text="Save"
          disabled={readOnly !== undefined || isWaiting}
          title={readOnly ?? "Save this filter"}
          onClick={() => setOpen("save")}
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
        <DateControl text={place.text} isWaiting={isWaiting} onText={onText} times={times} span={reply?.span} />
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
          <Histogram
            histogram={reply.histogram}
            stack={layout.stack}
            isLog={layout.log}
            range={range}
            marks={marks}
            gaps={gaps}
            isWaiting={isWaiting}
            onLog={() => change({ log: !layout.log })}
            onZoom={setSpan}
            onRange={(to) => onText(setTime(place.text, to))}
          />
          <CountLine
            asked={asked}
            reply={reply}
            people={people}
            chosen={size(chosen)}
            stack={layout.stack}
            isLog={layout.log}
            hasPolicy={hasPolicy}
            readOnly={readOnly}
            visible={visibleOf(layout.columns)}
            onTag={() => setOpen("tag")}
            onNote={() => setOpen("note")}
            onStack={(stack) => change({ stack })}
            onLog={() => change({ log: !layout.log })}
            onColumns={(visible) => grid.current?.showColumns(visible)}
            onExport={() => setOpen("export")}
          />
          {panes.facets && (
            <Facets
              text={place.text}
              facets={reply.facets}
              open={layout.open}
              isWithin={layout.within}
              isWaiting={isWaiting}
              hasPolicy={hasPolicy}
              onText={onText}
              onOpen={(field, limit) => {
                const { [field]: _, ...rest } = layout.open;
                change({ open: limit === undefined ? rest : { ...rest, [field]: limit } });
              }}
              onWithin={(isWithin) => change({ within: isWithin })}
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
              tags={reply.tags}
              layout={layout.columns}
              onRow={setRow}
              onRanges={setRanges}
              onSort={(sort) => session.go({ sort })}
              onOpen={openDetail}
              onMenu={setMenu}
              onLayout={(columns) => change({ columns: columns.map((each) => ({ ...each })) })}
              onView={(first) => {
                top.current = first;
              }}
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
              onSort={(sort) => session.go({ sort })}
              onSwap={() => session.go({ text: against, of: place.text, sort: place.sort })}
              onClose={() => compare(undefined)}
            />
          )}
          {panes.detail && against === undefined && (
            <Detail
              event={current?.id}
              filter={reply.filter}
              tags={reply.tags}
              onInclude={(field, value) => {
                if (!isWaiting) onText(include(place.text, field, value));
              }}
            />
          )}
          <TagDialog
            isOpen={open === "tag"}
            chosen={picksOf(view, chosen, at)}
            all={allOf(view)}
            tags={reply.tags}
            onClose={() => setOpen(undefined)}
            onTag={acts.tag}
          />
          <NoteDialog
            isOpen={open === "note"}
            chosen={picksOf(view, chosen, at)}
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

const visibleOf = (layout: Layout): string[] =>
  COLUMNS.filter(({ id, isHidden }) => !(layout.find((each) => each.id === id)?.isHidden ?? isHidden ?? false)).map(
    ({ id }) => id,
  );
