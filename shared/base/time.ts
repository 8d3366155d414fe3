/** Lengths of time, µs. */
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** ISO 8601 UTC: no fraction when it is zero, else 3 digits if that is exact, else 6. */
export function isoOf(time: Micros): string {
  const millis = Math.floor(time / 1000);
  const text = new Date(millis).toISOString();
  const micros = time - millis * 1000;
  const fraction = text.length - 5;
  if (micros !== 0) return `${text.slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
  return text.slice(fraction, -1) === ".000" ? `${text.slice(0, fraction)}Z` : text;
}

/** `2018-04` of a time. Months are UTC. */
export function monthOf(time: Micros): string {
  return new Date(Math.floor(time / 1000)).toISOString().slice(0, 7);
}

/** An ISO 8601 date or time with zone, as policies and claims hold it, cut to microseconds. A date is its midnight, UTC. */
export function instantOf(text: string): Micros {
  const millis = Math.floor(Date.parse(text));
  const fraction = /[.,](\d+)/u.exec(text)?.[1] ?? "";
  return millis * 1000 + Number(fraction.slice(3, 6).padEnd(3, "0"));
}

export const isBareDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(text);

/** As `instantOf`, for what reaches up to a time: a date is its end, the midnight that follows it. */
export const endOf = (text: string): Micros => instantOf(text) + (isBareDate(text) ? DAY : 0);

/** Times are microseconds since 1970-01-01T00:00:00Z, exact in a double until the year 2255. */
export type Micros = number;
