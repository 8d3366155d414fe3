import { HOUR, instantOf, isoOf } from "../../../shared/base/time.ts";
import type { Lane } from "../../findings/coverage/coverage.ts";

/**
 * `extract/hours.csv`: how many events and duplicates each source and API had in each hour of the UTC clock, without empty hours. It covers
 * the whole case, not only the bundle, so that anybody can recompute the coverage and its gaps.
 */
export function* hourLines(lanes: readonly Lane[]): Generator<string> {
  yield "source,api,hour,events,duplicates\n";
  for (const { source, api, start, counts, duplicates } of lanes) {
    const name = api === undefined ? "" : JSON.stringify(safeCell(api)).replaceAll('\\"', '""');
    for (let hour = 0; hour < counts.length; hour += 1) {
      const events = counts[hour] as number;
      const again = duplicates?.[hour] ?? 0;
      if (events + again > 0) yield `${source},${name},${isoOf((start + hour) * HOUR)},${events},${again}\n`;
    }
  }
}

/** No formula for a spreadsheet: log text comes from strangers. Read back without loss, whatever the text begins with. */
const safeCell = (text: string): string => (/^'*[=+\-@\t\r]/u.test(text) ? `'${text}` : text);
const plainText = (cell: string): string => (/^'+[=+\-@\t\r]/u.test(cell) ? cell.slice(1) : cell);

/** Reads it back, also without duplicates, as bundles had it once. First and last are known to the hour only. @throws Error with the line that is wrong */
export function readHours(text: string): Lane[] {
  const lanes = new Map<
    string,
    { source: number; api?: string; hours: [hour: number, events: number, duplicates: number][] }
  >();
  for (const [index, line] of text.split("\n").entries()) {
    if (index === 0 || line === "") continue;
    const match = /^(\d+),("(?:[^"\\]|""|\\.)*")?,([^,"]+),(\d+)(?:,(\d+))?$/u.exec(line);
    const hour = match ? instantOf(match[3] as string) / HOUR : Number.NaN;
    if (!match || !Number.isInteger(hour))
      throw new Error(`line ${index + 1} is not a source, an API, an hour and a number`);
    const key = `${match[1]},${match[2] ?? ""}`;
    const lane = lanes.get(key) ?? {
      source: Number(match[1]),
      ...(match[2] === undefined
        ? {}
        : { api: plainText(JSON.parse(`"${match[2].slice(1, -1).replaceAll('""', '\\"')}"`) as string) }),
      hours: [],
    };
    lane.hours.push([hour, Number(match[4]), Number(match[5] ?? 0)]);
    lanes.set(key, lane);
  }
  return [...lanes.values()].map(({ hours, ...lane }) => {
    const start = hours.reduce((least, [hour]) => Math.min(least, hour), Number.POSITIVE_INFINITY);
    const end = hours.reduce((most, [hour]) => Math.max(most, hour), 0) + 1;
    const counts = new Float64Array(end - start);
    const duplicates = new Float64Array(end - start);
    for (const [hour, events, again] of hours) {
      counts[hour - start] = events;
      duplicates[hour - start] = again;
    }
    const first = counts.findIndex((events) => events > 0);
    const last = counts.findLastIndex((events) => events > 0);
    return {
      ...lane,
      first: first < 0 ? Number.NaN : (start + first) * HOUR,
      last: first < 0 ? Number.NaN : (start + last) * HOUR,
      start,
      counts,
      ...(duplicates.some((again) => again > 0) ? { duplicates } : {}),
    };
  });
}
