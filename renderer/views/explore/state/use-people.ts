import { useEffect, useState } from "react";
import type { ExploreReply, OverviewReply } from "../../../../shared/model/explore.ts";
import type { People } from "../../../../shared/model/finding.ts";
import { type Asked, useAsk } from "../../../session/use-ask.ts";

/** Milliseconds that a filter stands before its people are counted: not while it is being typed. */
const COUNTS_AFTER_MS = 400;

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
  const [dueKey, setDueKey] = useState<string>();
  useEffect(() => {
    if (!isLong) return;
    const timer = setTimeout(() => setDueKey(key), COUNTS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isLong, key]);
  const asked = useAsk(
    "people",
    isLong && dueKey === key ? { filter: overview.filter } : undefined,
    isHeld ? "held" : "drawn",
  );
  if (!isThere) return undefined;
  if (!isLong) return overview.people;
  return asked.isCurrent && asked.reply?.filter === overview.filter ? asked.reply.people : undefined;
}
