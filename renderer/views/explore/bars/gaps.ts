import { DAY, instantOf } from "../../../../shared/base/time.ts";
import { fold } from "../../../../shared/filter/match.ts";
import type { CoverageLane } from "../../../../shared/model/lanes.ts";
import type { Gap } from "../../../parts/histogram/drawing.ts";
import { counted } from "../../../text/format.ts";

/** Stretches in which every API asked for (none: every API) has a gap. */
export function gapsOf(lanes: readonly CoverageLane[], apis: readonly string[]): Gap[] {
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
