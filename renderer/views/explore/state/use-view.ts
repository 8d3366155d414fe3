import { useMemo, useRef } from "react";
import type { ExploreReply } from "../../../../shared/model/explore.ts";
import { Pages } from "../../../parts/grid/pages.ts";
import { ask } from "../../../session/client.ts";
import type { Place } from "../../../session/places.ts";
import { questionOf, rowsAround } from "../../../session/prefetch.ts";
import { useSession, useShared } from "../../../session/session.tsx";
import { type Asked, useAsk } from "../../../session/use-ask.ts";
import type { Sight } from "./use-sight.ts";

/** Number and rows that are on the screen: one answer of the engine, whole. */
export interface View {
  readonly reply: ExploreReply;
  readonly pages: Pages;
  /** The same for answers to the same question, before and after an act. */
  readonly listKey: string;
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
