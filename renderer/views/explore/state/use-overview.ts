import { useEffect, useRef } from "react";
import type { ExploreReply, OverviewReply } from "../../../../shared/model/explore.ts";
import { type Asked, useAsk } from "../../../session/use-ask.ts";
import type { ExploreLayout } from "./layout.ts";

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
