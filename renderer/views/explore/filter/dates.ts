import { monthOf } from "../../../../shared/base/time.ts";

/** Days as people write them. The calendar speaks local `Date`s, of which only year, month and day mean anything. Pure. */

/** Midnight UTC of `2018-04-04` in µs; undefined where it is no day. */
export function dayOf(text: string): number | undefined {
  const [year, month, date] = partsOf(text) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  return Date.UTC(year, month - 1, date) * 1000;
}

/** The same day as the machine's own calendar has it, at noon: no change to summer time makes another day of it. */
export function localDate(text: string): Date | undefined {
  const [year, month, date] = partsOf(text) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  return new Date(year, month - 1, date, 12);
}

/** A local date, as a day is written. */
export const wordsOfDate = (date: Date): string =>
  `${String(date.getFullYear()).padStart(4, "0")}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;

function partsOf(text: string): readonly number[] | undefined {
  const found = /^\s*(\d{4})-(\d{2})-(\d{2})\s*$/u.exec(text);
  if (!found) return undefined;
  const [year, month, date] = found.slice(1).map(Number) as [number, number, number];
  const made = new Date(Date.UTC(year, month - 1, date));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === date ? [year, month, date] : undefined;
}

/** Twenty years: more would be a list that nobody walks through. */
const MAX_MONTHS = 240;

/** `2018-03` to `2019-11`: the months that a span touches, the latest where there are too many. */
export function monthsOf(from: number, to: number): string[] {
  const [year, month] = monthOf(from).split("-").map(Number) as [number, number];
  const last = monthOf(to);
  const months: string[] = [];
  for (let at = year * 12 + month - 1; months.length < 12 * 1000; at += 1) {
    const name = `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
    if (name > last) break;
    months.push(name);
  }
  return months.slice(-MAX_MONTHS);
}
