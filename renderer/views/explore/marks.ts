import { useEffect, useMemo, useState } from "react";
import { DAY, instantOf } from "../../../shared/base/time.ts";
import { fold } from "../../../shared/filter/match.ts";
import type { ResolveContext } from "../../../shared/filter/resolve.ts";
import { shown } from "../../../shared/filter/shown.ts";
import type { CoverageLane } from "../../../shared/model/lanes.ts";
import type { Marked } from "../../parts/histogram/chart.ts";
import { ask } from "../../session/client.ts";
import { useShared } from "../../session/session.tsx";
import { useAsk } from "../../session/use-ask.ts";
import { counted, day } from "../../text/format.ts";

/** Revocations of more developers than this would be a thicket. */
const MOST_DEVELOPERS = 3;

interface Gap {
  readonly from: number;
  readonly to: number;
  readonly words: string;
}

/** What stands over the bars: cutoff, as-of, the revocations of the developers asked for, and stretches without logs. */
export function useBookmarks(
  filter: string,
  times: ResolveContext,
  hasCalls: boolean,
): { readonly marks: readonly Marked[]; readonly gaps: readonly Gap[] } {
  const hasPolicy = useShared((state) => state.policy !== undefined);
  const developers = useMemo(() => shown(filter, "developer").included, [filter]);
  const apis = useMemo(() => shown(filter, "api").included, [filter]);
  const wantsGrants = hasPolicy && developers.length > 0 && developers.length <= MOST_DEVELOPERS;
  const grants = useAsk("grants", wantsGrants ? {} : undefined);
  const lanes = useLanes(hasCalls);

  const marks = useMemo(() => {
    const found: Marked[] = [];
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
    for (const date of [...new Set(ended)].slice(0, 6))
      found.push({ time: instantOf(date), words: `revoked ${date}`, kind: "revoked" });
    return found;
  }, [times, developers, wantsGrants, grants.reply]);
  const gaps = useMemo(() => gapsOf(lanes, apis), [lanes, apis]);
  return { marks, gaps };
}

const NO_LANES: readonly CoverageLane[] = [];

/** What the logs cover changes with imports and policies alone, not with tags: asked once for each, when all else is there. */
function useLanes(isDue: boolean): readonly CoverageLane[] {
  const events = useShared((state) => state.info?.events);
  const policy = useShared((state) => state.policy);
  const [lanes, setLanes] = useState(NO_LANES);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the answer rests on
  useEffect(() => {
    if (!isDue) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      ask("coverageLanes", {}, { signal: controller.signal }).then(
        ({ together }) => controller.signal.aborted || setLanes(together),
        () => undefined,
      );
    }, 600);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [isDue, events, policy]);
  return lanes;
}

/** Stretches in which every API asked for (none: every API) has a gap. */
function gapsOf(lanes: readonly CoverageLane[], apis: readonly string[]): Gap[] {
  const wanted = apis.map(fold);
  const ours = lanes.filter(({ api }) => wanted.length === 0 || (api !== undefined && wanted.includes(fold(api))));
  let shared: { from: number; to: number }[] | undefined;
  for (const { gaps } of ours) {
    const own = gaps.map((gap) => ({ from: instantOf(gap.from), to: instantOf(gap.to) }));
    shared = shared === undefined ? own : shared.flatMap((a) => own.flatMap((b) => overlap(a, b)));
    if (shared.length === 0) return [];
  }
  return (shared ?? []).map(({ from, to }) => ({
    from,
    to,
    words: to - from >= DAY ? `no logs, ${counted(Math.round((to - from) / DAY), "day")}` : "no logs",
  }));
}

function overlap(a: { from: number; to: number }, b: { from: number; to: number }): { from: number; to: number }[] {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? [{ from, to }] : [];
}
