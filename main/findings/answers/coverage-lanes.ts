import { HOUR, isoOf } from "../../../shared/base/time.ts";
import type { CoverageLane, CoverageLanes } from "../../../shared/model/lanes.ts";
import {
  gapText,
  type Lane,
  recorded,
  type Silences,
  silencesOfApi,
  silencesOfLane,
  summed,
} from "../coverage/coverage.ts";
import { silenceOf } from "../coverage/empty-hours.ts";
import type { Inquiry } from "../inquiry.ts";

const DAY_HOURS = 24;

/** What the logs cover, day by day: each source and API, and each API over all its sources, as findings and claims judge it. */
export function coverageLanes(inquiry: Inquiry): CoverageLanes {
  const { lanes, dataset, policy, asOf } = inquiry;
  const names = new Map(
    (dataset.caseFile.db.prepare("select id, name from source").all() as { id: number; name: string }[]).map(
      ({ id, name }) => [id, name],
    ),
  );
  const cutoff = policy ? Math.min(...inquiry.judged.map((judged) => judged.cutoff)) : undefined;
  const end = policy ? asOf : undefined;
  const apis = [...new Set(lanes.map((lane) => lane.api))];
  return {
    lanes: lanes.map((lane) => ({
      source: lane.source,
      ...(names.has(lane.source) ? { file: names.get(lane.source) as string } : {}),
      ...drawn([lane], silencesOfLane(lane)),
    })),
    together: apis.map((api) => {
      const ours = lanes.filter((lane) => lane.api === api);
      const first = Math.min(...ours.map((lane) => lane.first));
      const last = Math.max(...ours.map((lane) => lane.last));
      return drawn(ours, silencesOfApi(ours, cutoff ?? first, end ?? last));
    }),
    ...(cutoff === undefined ? {} : { cutoff: isoOf(cutoff) }),
    ...(end === undefined ? {} : { as_of: isoOf(end) }),
  };
}

/** Lanes of one API as one, day by day. */
function drawn(lanes: readonly Lane[], { gaps, untold }: Silences): CoverageLane {
  const first = Math.min(...lanes.map((lane) => lane.first));
  const last = Math.max(...lanes.map((lane) => lane.last));
  const together = summed(lanes);
  const dayOf = (hour: number) => Math.floor(hour / DAY_HOURS);
  const start = dayOf(together.start);
  const days = new Array<number>(dayOf(Math.floor(last / HOUR)) - start + 1).fill(0);
  let events = 0;
  for (const [hour, count] of together.counts.entries()) {
    const day = dayOf(together.start + hour) - start;
    days[day] = (days[day] as number) + count;
    events += count;
  }
  const api = lanes[0]?.api;
  return {
    ...(api === undefined ? {} : { api }),
    from: isoOf(first),
    to: isoOf(last),
    events,
    silence: silenceOf(recorded(lanes)),
    days,
    ...(untold.length > 0 ? { untold: untold.map(gapText) } : {}),
    gaps: gaps.map((gap) => ({
      from: isoOf(gap.from * HOUR),
      to: isoOf(gap.to * HOUR),
      usual: Math.round((gap.expected / (gap.to - gap.from)) * DAY_HOURS),
    })),
  };
}
