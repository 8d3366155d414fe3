/** Microseconds since 1970, UTC, throughout the sample. */
export const SECOND = 1_000_000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

/** `2018-04-04T00:00:00Z`, with at most three digits of fraction, as µs. */
export function at(iso: string): number {
  return Date.parse(iso) * 1000;
}

export const START = at("2018-03-01T00:00:00Z");
export const CUTOFF = at("2018-04-04T00:00:00Z");
export const AS_OF = at("2019-11-05T00:00:00Z");
export const RECENT_DAYS = 60;
export const RECENT = AS_OF - RECENT_DAYS * DAY;
export const END = at("2019-11-05T06:00:00Z");

/** The week without a single call of the Groups API in any export. */
export const SILENCE = { from: at("2018-06-04T00:00:00Z"), to: at("2018-06-11T00:00:00Z") };

/** Both files of the first gateway hold this fortnight. */
export const OVERLAP = { from: at("2019-01-01T00:00:00Z"), to: at("2019-01-15T00:00:00Z") };

/** First instants of the months 2018-03 to 2019-11, and END. */
export const MONTHS: readonly number[] = [
  ...Array.from({ length: 21 }, (_, i) => Date.UTC(2018, 2 + i, 1) * 1000),
  END,
];

export function monthIndex(time: number): number {
  const date = new Date(Math.floor(time / 1000));
  return (date.getUTCFullYear() - 2018) * 12 + date.getUTCMonth() - 2;
}

/** `2018-04` of the month with that index. */
export function monthName(index: number): string {
  return new Date((MONTHS[index] as number) / 1000).toISOString().slice(0, 7);
}

/** Output form of FORMATS.md: no fraction when it is zero, else 3 digits if that is exact, else 6. */
export function iso(time: number): string {
  const text = new Date(Math.floor(time / 1000)).toISOString();
  const micros = time % 1000;
  if (micros !== 0) return `${text.slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
  return text.replace(".000Z", "Z");
}

const SUMMERS = [
  [at("2018-03-25T01:00:00Z"), at("2018-10-28T01:00:00Z")],
  [at("2019-03-31T01:00:00Z"), at("2019-10-27T01:00:00Z")],
] as const;

/** Hours that Berlin is ahead of UTC: written out, because a machine's zone data may be older than the sample. */
export function berlinHours(time: number): 1 | 2 {
  return SUMMERS.some(([from, to]) => time >= from && time < to) ? 2 : 1;
}

/** In Berlin, the hour that the clock shows for the first (`first`) or second time that day; else undefined. */
export function berlinFold(time: number): "first" | "second" | undefined {
  for (const [, to] of SUMMERS) {
    if (time >= to - HOUR && time < to) return "first";
    if (time >= to && time < to + HOUR) return "second";
  }
  return undefined;
}
