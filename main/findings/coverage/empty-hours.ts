import type { Silence } from "../../../shared/model/lanes.ts";
import type { Lane } from "./coverage.ts";

const DAY_HOURS = 24;

/** Hours and days of the UTC clock without events, from the first event's to the last one's. */
export function silenceOf({ start, counts }: Pick<Lane, "start" | "counts">): Silence {
  const firstDay = Math.floor(start / DAY_HOURS);
  const days = new Uint8Array(Math.floor((start + counts.length - 1) / DAY_HOURS) - firstDay + 1);
  let empty = 0;
  for (let hour = 0; hour < counts.length; hour += 1) {
    if (counts[hour] === 0) empty += 1;
    else days[Math.floor((start + hour) / DAY_HOURS) - firstDay] = 1;
  }
  return {
    hours: counts.length,
    empty_hours: empty,
    days: days.length,
    empty_days: days.reduce((sum, seen) => sum + 1 - seen, 0),
  };
}
