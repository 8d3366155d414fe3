/** Microseconds since 1970 of an ISO time in UTC; finer digits are cut. */
export function micros(text: string): number {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?Z$/.exec(text);
  if (match === null) throw new RangeError(`not an ISO time in UTC: ${text}`);
  return Date.parse(`${match[1]}Z`) * 1000 + Number((match[2] ?? "").padEnd(6, "0"));
}

/** FORMATS: no fraction when it is zero, else 3 digits if that is exact, else 6. */
export function iso(time: number): string {
  const second = Math.floor(time / 1e6);
  const digits = String(time - second * 1e6).padStart(6, "0");
  const fraction = digits === "000000" ? "" : digits.endsWith("000") ? `.${digits.slice(0, 3)}` : `.${digits}`;
  return `${new Date(second * 1000).toISOString().slice(0, 19)}${fraction}Z`;
}

/** [from, to) of a row of the registry, µs; an absent end is open. */
export function span(from: string | undefined, to: string | undefined): [number, number] {
  return [from === undefined ? -Infinity : micros(from), to === undefined ? Infinity : micros(to)];
}

export const within = (time: number, [from, to]: [number, number]): boolean => from <= time && time < to;

export const meet = (a: [number, number], b: [number, number]): [number, number] => [
  Math.max(a[0], b[0]),
  Math.min(a[1], b[1]),
];

export const empty = ([from, to]: [number, number]): boolean => !(from < to);
