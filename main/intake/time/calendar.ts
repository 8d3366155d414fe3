import { SECOND } from "../../../shared/base/time.ts";

export const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days from 1970-01-01 to a Gregorian date, NaN where there is no such date. */
export function daysOf(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const length = month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] as number);
  if (day > length) return Number.NaN;
  // Counted from March, so that the leap day is the last of its year.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** Microseconds into a day, NaN where no clock shows it. 24:00:00 is the day's end. A leap second is the next minute's first. */
export function clockOf(hour: number, minute: number, second: number, micros: number): number {
  if (!(hour >= 0 && hour <= 24 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60)) return Number.NaN;
  if (hour === 24 && (minute > 0 || second > 0 || micros > 0)) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * SECOND + (second === 60 ? 0 : micros);
}

/** Digits after the decimal sign as microseconds; finer is truncated, never rounded. */
export const microsOf = (digits: string | undefined): number =>
  digits ? Number(digits.slice(0, 6).padEnd(6, "0")) : 0;
