import { useMemo } from "react";
import { instantOf } from "../../../../shared/base/time.ts";
import { fold } from "../../../../shared/filter/match.ts";
import type { ResolveContext } from "../../../../shared/filter/resolve.ts";
import { shown } from "../../../../shared/filter/shown.ts";
import type { Bookmark, Gap } from "../../../parts/histogram/drawing.ts";
import { useShared } from "../../../session/session.tsx";
import { useAsk } from "../../../session/use-ask.ts";
import { day } from "../../../text/format.ts";
import { gapsOf } from "./gaps.ts";
import { useLanes } from "./use-lanes.ts";

/** The revocations of more developers would be a thicket. */
const MAX_DEVELOPERS = 3;
const MAX_REVOCATIONS = 6;

/** What stands over the bars: cutoff, as-of, the revocations of the developers asked for, and stretches without logs. */
export function useBookmarks(
  filter: string,
  times: ResolveContext,
  hasCalls: boolean,
): { readonly bookmarks: readonly Bookmark[]; readonly gaps: readonly Gap[] } {
  const hasPolicy = useShared((state) => state.policy !== undefined);
  const developers = useMemo(() => shown(filter, "developer").included, [filter]);
  const apis = useMemo(() => shown(filter, "api").included, [filter]);
  const wantsGrants = hasPolicy && developers.length > 0 && developers.length <= MAX_DEVELOPERS;
  const grants = useAsk("grants", wantsGrants ? {} : undefined);
  const lanes = useLanes(hasCalls);

  const bookmarks = useMemo(() => {
    const found: Bookmark[] = [];
    if (times.cutoff !== undefined)
      found.push({ time: times.cutoff, words: `cutoff ${day(times.cutoff)}`, kind: "cutoff" });
    if (times.asOf !== undefined) found.push({ time: times.asOf, words: `as-of ${day(times.asOf)}`, kind: "as-of" });
    const names = developers.map(fold);
    const ended = (wantsGrants ? (grants.reply?.grants ?? []) : [])
      .filter(
        ({ developer, developer_id, until }) =>
          until !== undefined && (names.includes(fold(developer)) || names.includes(fold(developer_id))),
      )
      .map(({ until }) => (until as string).slice(0, 10));
    for (const date of [...new Set(ended)].slice(0, MAX_REVOCATIONS))
      found.push({ time: instantOf(date), words: `revoked ${date}`, kind: "revoked" });
    return found;
  }, [times, developers, wantsGrants, grants.reply]);
  const gaps = useMemo(() => gapsOf(lanes, apis), [lanes, apis]);
  return { bookmarks, gaps };
}
