import { HOUR, instantOf, isoOf } from "../../../shared/base/time.ts";
import type { Lane } from "../../findings/coverage/coverage.ts";

/**
 * `extract/hours.csv`: how many events each source and API had in each hour of the UTC clock, without empty hours. It covers
 * the whole case, not only the bundle, so that anybody can recompute the coverage and its gaps.
 */
export function* hourLines(lanes: readonly Lane[]): Generator<string> {
  yield "source,api,hour,events\n";
  for (const { source, api, start, counts } of lanes) {
    const name = api === undefined ? "" : JSON.stringify(api).replaceAll('\\"', '""');
    for (let hour = 0; hour < counts.length; hour += 1) {
      const events = counts[hour] as number;
      if (events > 0) yield `${source},${name},${isoOf((start + hour) * HOUR)},${events}\n`;
    }
  }
}

/** Reads it back. First and last are known to the hour only. @throws Error with the line that is wrong */
export function readHours(text: string): Lane[] {
  const lanes = new Map<string, { source: number; api?: string; hours: [number, number][] }>();
  for (const [index, line] of text.split("\n").entries()) {
    if (index === 0 || line === "") continue;
    const match = /^(\d+),("(?:[^"\\]|""|\\.)*")?,([^,"]+),(\d+)$/u.exec(line);
    const hour = match ? instantOf(match[3] as string) / HOUR : Number.NaN;
    if (!match || !Number.isInteger(hour))
      throw new Error(`line ${index + 1} is not a source, an API, an hour and a number`);
    const key = `${match[1]},${match[2] ?? ""}`;
    const lane = lanes.get(key) ?? {
      source: Number(match[1]),
      ...(match[2] === undefined
        ? {}
        : { api: JSON.parse(`"${match[2].slice(1, -1).replaceAll('""', '\\"')}"`) as string }),
      hours: [],
    };
    lane.hours.push([hour, Number(match[4])]);
    lanes.set(key, lane);
  }
  return [...lanes.values()].map(({ hours, ...lane }) => {
    const start = hours.reduce((least, [hour]) => Math.min(least, hour), Number.POSITIVE_INFINITY);
    const end = hours.reduce((most, [hour]) => Math.max(most, hour), 0) + 1;
    const counts = new Float64Array(end - start);
    for (const [hour, events] of hours) counts[hour - start] = events;
    return { ...lane, first: start * HOUR, last: (end - 1) * HOUR, start, counts };
  });
}
