import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ExploreReply, OverviewReply } from "../../../shared/model/explore.ts";
import type { People } from "../../../shared/model/finding.ts";
import { ROW } from "../../parts/grid/host.ts";
import { Pages } from "../../parts/grid/pages.ts";
import { ask } from "../../session/client.ts";
import type { Place } from "../../session/places.ts";
import { questionOf, rowsAround } from "../../session/prefetch.ts";
import { useSession, useShared } from "../../session/session.tsx";
import { type Asked, useAsk } from "../../session/use-ask.ts";
import type { ExploreLayout } from "./layout.ts";

/** Number and rows that are on the screen: one answer of the engine, whole. */
export interface View {
  readonly reply: ExploreReply;
  readonly pages: Pages;
  /** The same for answers to the same question, before and after an act. */
  readonly listKey: string;
}

/** The first row seen, and how many are. */
interface Sight {
  readonly top: number;
  readonly fit: number;
}

/** Where the grid stands, and what it is to tell that to. */
export function useSight(): [{ readonly current: Sight }, (top: number, fit: number) => void] {
  // before it says so: all that the window could hold
  const sight = useRef<Sight>({ top: 0, fit: Math.ceil(window.innerHeight / ROW) });
  const onView = useCallback((top: number, fit: number) => {
    sight.current = { top, fit };
  }, []);
  return [sight, onView];
}

/** The engine begins with another place before the page has drawn that it holds. */
export function useLookAhead(sight: { readonly current: Sight }): void {
  const { ahead } = useSession();
  useEffect(() => ahead.watch(() => sight.current.fit), [ahead, sight]);
}

/** Asks for a filter in an order and keeps the last good answer, with its rows, until the next one is there whole. */
export function useView(
  { text, sort, row }: Pick<Place, "text" | "sort" | "row">,
  sight: { readonly current: Sight },
): { readonly view: View | undefined; readonly asked: Asked<ExploreReply> } {
  const revision = useShared((state) => state.revision);
  const { ahead } = useSession();
  const list = JSON.stringify([text, sort]);
  const seen = useRef<string>(undefined);
  const first = useRef(row);
  first.current = row;
  // the rows that will be seen come with the answer
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list, or another state of the case, begins elsewhere
  const rows = useMemo(() => {
    const { top, fit } = sight.current;
    const begin = seen.current === list ? top : (first.current ?? 0);
    seen.current = list;
    return rowsAround(begin, fit);
  }, [list, revision]);
  const question = questionOf({ text, ...(sort === undefined ? {} : { sort }) }, rows);
  const asked = useAsk("explore", question, "at once", ahead);
  const { reply } = asked;
  const last = useRef<View>(undefined);
  const view = useMemo(() => {
    if (!reply) return undefined;
    const { filter, sort, offset, rows, count } = reply;
    const before = last.current;
    const isSame =
      before !== undefined &&
      before.reply.filter === filter &&
      before.reply.sort === sort &&
      before.reply.revision === reply.revision;
    const fetch = async (from: number, limit: number) =>
      (await ask("rows", { filter, ...(sort === undefined ? {} : { sort }), offset: from, limit })).rows;
    const pages = isSame ? before.pages : new Pages(count, fetch, { offset, rows });
    last.current = { reply, pages, listKey: JSON.stringify([filter, sort]) };
    return last.current;
  }, [reply]);
  return { view, asked };
}

/** What stands around the rows: asked for once they are there, and held while others are on their way, so that the number never waits for it. */
export function useOverview(
  reply: ExploreReply | undefined,
  layout: Pick<ExploreLayout, "open" | "within" | "stack">,
  bars: number,
  span: { from: number; to: number } | undefined,
  isHeld: boolean,
): Asked<OverviewReply> {
  const asked = useAsk(
    "overview",
    reply && {
      filter: reply.filter,
      facets: layout.open,
      within: layout.within,
      bars,
      stack: layout.stack,
      ...(span ? { span } : {}),
    },
    isHeld ? "held" : "drawn",
  );
  // what was stopped, though nobody here stopped it, is asked for once more: the rows are there, and wait for it
  const { error, again } = asked;
  const tried = useRef<string>(undefined);
  const filter = reply?.filter;
  useEffect(() => {
    if (error?.code !== "cancelled" || tried.current === filter) return;
    tried.current = filter;
    again();
  }, [error, again, filter]);
  return asked;
}

/** How many people the answer's calls returned; undefined while that is being counted. */
export function usePeople(
  reply: ExploreReply | undefined,
  around: Asked<OverviewReply>,
  isHeld: boolean,
): People | undefined {
  const overview = around.reply;
  const key = reply ? `${reply.revision} ${reply.filter}` : "";
  const isThere = around.isCurrent && overview !== undefined && overview.filter === reply?.filter;
  const isLong = isThere && overview.people === undefined;
  const [isDue, setIsDue] = useState<string>();
  useEffect(() => {
    if (!isLong) return;
    // a filter in the course of being typed is not counted
    const timer = setTimeout(() => setIsDue(key), 400);
    return () => clearTimeout(timer);
  }, [isLong, key]);
  const asked = useAsk(
    "people",
    isLong && isDue === key ? { filter: overview.filter } : undefined,
    isHeld ? "held" : "drawn",
  );
  if (!isThere) return undefined;
  if (!isLong) return overview.people;
  return asked.isCurrent && asked.reply?.filter === overview.filter ? asked.reply.people : undefined;
}
