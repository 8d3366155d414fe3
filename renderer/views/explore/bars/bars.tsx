import { memo, type ReactNode, useMemo } from "react";
import type { ResolveContext } from "../../../../shared/filter/resolve.ts";
import { shownTime } from "../../../../shared/filter/shown.ts";
import type { OverviewReply, Stack } from "../../../../shared/model/explore.ts";
import { Histogram } from "../../../parts/histogram/histogram.tsx";
import { useBookmarks } from "./use-bookmarks.ts";

interface BarsProps {
  /** Absent: the first one is on its way. */
  readonly overview: OverviewReply | undefined;
  /** Calls of the case. */
  readonly total: number;
  readonly times: ResolveContext;
  readonly stack: Stack;
  readonly isLog: boolean;
  readonly isWaiting: boolean;
  onLog(): void;
  onZoom(span: { from: number; to: number } | undefined): void;
  onDraw(range: { from: number; to: number }): void;
  onRange(range: { from: number; to: number }): void;
}

/** Bars over time of what the filter matches, with what stands over them. */
export const Bars = memo(function Bars({ overview, total, times, ...histogram }: BarsProps): ReactNode {
  const filter = overview?.filter ?? "";
  const range = useMemo(() => {
    const { from, to } = shownTime(filter, times);
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }, [filter, times]);
  const { bookmarks, gaps } = useBookmarks(filter, times, overview !== undefined && total > 0);
  if (!overview) return <section className="histogram" aria-label="Calls over time" aria-busy />;
  return <Histogram {...histogram} histogram={overview.histogram} range={range} bookmarks={bookmarks} gaps={gaps} />;
});
