import { DAY, isoOf, MINUTE } from "../../../shared/base/time.ts";
import type { StackedHistogram } from "../../../shared/model/explore.ts";

/** What the bars are drawn from, and back: bucket numbers and times in µs. Pure. */
export interface Edges {
  readonly from: number;
  readonly step: number;
  readonly buckets: number;
}

export function edgesOf({ from, step, series }: StackedHistogram): Edges {
  return { from, step, buckets: series[0]?.counts.length ?? 0 };
}

/** Where a time stands on the axis, in buckets, fractions included. */
export const placeOf = ({ from, step }: Edges, time: number): number => (time - from) / step;

export const timeAt = ({ from, step }: Edges, bucket: number): number => from + bucket * step;

/** The buckets that a range of times covers, whole ones; open ends are the ends of the axis. */
export function bucketsOf(
  edges: Edges,
  range: { from?: number | undefined; to?: number | undefined },
): [first: number, end: number] {
  const cut = (bucket: number) => Math.min(edges.buckets, Math.max(0, bucket));
  const first = range.from === undefined ? 0 : cut(Math.floor(placeOf(edges, range.from)));
  const end = range.to === undefined ? edges.buckets : cut(Math.ceil(placeOf(edges, range.to)));
  return [Math.min(first, end), end];
}

/** A time as the axis says it: a day, or minutes where the buckets are shorter. */
export function edgeWords(time: number, step: number): string {
  const text = isoOf(time).replace("T", " ");
  return step >= DAY ? text.slice(0, 10) : step >= 60_000_000 ? text.slice(0, 16) : text.slice(0, 19);
}

/** Times for labels, some pixels apart, on edges that people name: years, months, days, hours, minutes. */
export function ticks({ from, step, buckets }: Edges, width: number, apart: number): { time: number; words: string }[] {
  const to = from + step * buckets;
  const most = Math.max(2, Math.floor(width / apart));
  for (const { months, span } of LABEL_STEPS) {
    const times = months === undefined ? everySpan(from, to, span) : everyMonths(from, to, months);
    if (times.length <= most)
      return times.map((time) => ({ time, words: tickWords(time, months !== undefined, span) }));
  }
  return [];
}

/** Distances between labels that people name, the shortest first. */
const LABEL_STEPS: readonly { months?: number; span: number }[] = [
  ...[1, 5, 15, 30, 60, 180, 360, 720].map((minutes) => ({ span: minutes * MINUTE })),
  { span: DAY },
  { span: 7 * DAY },
  ...[1, 2, 3, 6, 12, 24, 60, 120].map((months) => ({ months, span: 0 })),
];

function everySpan(from: number, to: number, span: number): number[] {
  // weeks begin on Monday: 1970-01-05 was one
  const origin = span === 7 * DAY ? 4 * DAY : 0;
  const times: number[] = [];
  const first = origin + Math.ceil((from - origin) / span) * span;
  if ((to - first) / span > 1000) return new Array<number>(1000).fill(0);
  for (let time = first; time < to; time += span) times.push(time);
  return times;
}

function everyMonths(from: number, to: number, months: number): number[] {
  const times: number[] = [];
  const start = new Date(from / 1000);
  let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
  month = Math.floor(month / months) * months;
  for (; times.length < 1000; month += months) {
    const time = Date.UTC(Math.floor(month / 12), month % 12) * 1000;
    if (time >= to) break;
    if (time >= from) times.push(time);
  }
  return times;
}

function tickWords(time: number, isMonth: boolean, span: number): string {
  const text = isoOf(time);
  if (isMonth) return text.slice(0, 7);
  if (span >= DAY) return text.slice(0, 10);
  return text.slice(11, 16) === "00:00" ? text.slice(0, 10) : text.slice(11, 16);
}

/** A little more than a letter takes. */
const LETTER_PX = 7;

/** Tells of each label, one after the other, on which of these sides of its place it runs into none before; absent: on none. */
export function labelPlaces(): (at: number, words: string, sides: readonly Side[]) => Side | undefined {
  const taken: [number, number][] = [];
  return (at, words, sides) => {
    const width = words.length * LETTER_PX;
    for (const side of sides) {
      const [from, to] = side === "left" ? [at - width, at] : [at, at + width];
      if (taken.some((other) => to >= other[0] && from <= other[1])) continue;
      taken.push([from, to]);
      return side;
    }
    return undefined;
  };
}

export type Side = "left" | "right";
