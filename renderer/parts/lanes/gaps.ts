import { figure } from "../../../shared/base/figure.ts";
import { quote } from "../../../shared/filter/print.ts";
import type { CoverageLane } from "../../../shared/model/lanes.ts";

export type GapOf = CoverageLane["gaps"][number];

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** `No calls 2018-06-03 to 06-09, usual 2,100 a day`: whole days as days, both ends in it; else with the hours, UTC. */
export function gapSentence({ from, to, usual }: GapOf): string {
  const rate = usual > 0 ? `usual ${figure(usual)} a day` : "no other call says what is usual";
  return `No calls ${gapSpan(from, to)}, ${rate}`;
}

export function gapSpan(from: string, to: string): string {
  const isWhole = from.endsWith("T00:00:00Z") && to.endsWith("T00:00:00Z");
  if (!isWhole) {
    const end = to.slice(0, 10) === from.slice(0, 10) ? to.slice(11, 16) : `${to.slice(0, 10)} ${to.slice(11, 16)}`;
    return `${from.slice(0, 10)} ${from.slice(11, 16)} to ${end} UTC`;
  }
  const last = new Date(Date.parse(to) - DAY_MS).toISOString().slice(0, 10);
  const first = from.slice(0, 10);
  if (first === last) return first;
  return `${first} to ${first.slice(0, 4) === last.slice(0, 4) ? last.slice(5) : last}`;
}

/** `6 days 8 hours`. */
export function gapLength(from: string, to: string): string {
  const hours = Math.round((Date.parse(to) - Date.parse(from)) / HOUR_MS);
  const days = Math.floor(hours / 24);
  const rest = hours % 24;
  const count = (value: number, one: string) => `${figure(value)} ${one}${value === 1 ? "" : "s"}`;
  return [days > 0 ? count(days, "day") : "", rest > 0 || days === 0 ? count(rest, "hour") : ""]
    .filter(Boolean)
    .join(" ");
}

/** The calls around a gap, as much again on each side and at least a day, so that one sees where it begins and ends. */
export function aroundGap(lane: Pick<CoverageLane, "source" | "api">, { from, to }: GapOf): string {
  const margin = Math.max(DAY_MS, Date.parse(to) - Date.parse(from));
  return `${laneFilter(lane)} time>=${edge(Date.parse(from) - margin)} time<${edge(Date.parse(to) + margin)}`;
}

/** The calls of a lane. */
export function laneFilter({ source, api }: Pick<CoverageLane, "source" | "api">): string {
  return [source === undefined ? "" : `source:${source}`, api === undefined ? "-api:*" : `api:${quote(api)}`]
    .filter(Boolean)
    .join(" ");
}

function edge(time: number): string {
  const text = new Date(time).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.replace(".000Z", "Z");
}
