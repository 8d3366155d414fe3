import { DAY, type Micros } from "../../../shared/base/time.ts";
import { type Counting, DAY_COUNTINGS, microsOfCount } from "../../platform/workbook/days.ts";

/** Seconds, ms, µs and ns since 1970, by the number of digits that each has in a second. */
const SCALES = { epoch_s: 0, epoch_ms: 3, epoch_us: 6, epoch_ns: 9 } as const;
export type EpochUnit = keyof typeof SCALES;
const isEpochUnit = (text: string): text is EpochUnit => Object.hasOwn(SCALES, text);

/** `1522837800.25` in a unit, as microseconds. What is finer is rounded towards the past. NaN if it is no number. */
export function epochMicros(text: string, unit?: EpochUnit): number {
  const match = /^(-?)(\d{1,24})(?:[.,](\d{1,24}))?$/u.exec(text);
  if (!match)
    return /^-?\d+(?:\.\d+)?e[+-]?\d+$/iu.test(text) ? epochMicros(Number(text).toFixed(6), unit) : Number.NaN;
  const whole = (match[2] as string).replace(/^0+(?=\d)/u, "");
  const scale = unit ? SCALES[unit] : whole.length <= 11 ? 0 : whole.length <= 14 ? 3 : whole.length <= 17 ? 6 : 9;
  // Moves the decimal sign in the text: a double cannot hold nanoseconds.
  const fraction = (match[3] ?? "").padEnd(6, "0");
  const shift = 6 - scale;
  const micros = shift >= 0 ? Number(whole + fraction.slice(0, shift)) : Number(whole.slice(0, shift) || "0");
  if (match[1] !== "-") return Number.isSafeInteger(micros) ? micros : Number.NaN;
  const isTruncated = shift >= 0 ? /[1-9]/u.test(fraction.slice(shift)) : /[1-9]/u.test(whole.slice(shift) + fraction);
  return Number.isSafeInteger(micros) ? -micros - (isTruncated ? 1 : 0) || 0 : Number.NaN;
}

const COUNTINGS = {
  filetime: { micros: 1n, per: 10n, epoch: 116_444_736_000_000_000n, title: "Windows FILETIME, 100 ns since 1601" },
  net_ticks: { micros: 1n, per: 10n, epoch: 621_355_968_000_000_000n, title: ".NET ticks, 100 ns since the year 1" },
  webkit_us: { micros: 1n, per: 1n, epoch: 11_644_473_600_000_000n, title: "WebKit's microseconds since 1601" },
  ...DAY_COUNTINGS,
} as const satisfies Readonly<Record<string, Counting>>;
type CountingName = keyof typeof COUNTINGS;
const COUNTING_NAMES = Object.keys(COUNTINGS) as CountingName[];

/** A way to count time that a mapping's `parse` can name. */
export type TimeUnit = EpochUnit | CountingName;
export const isTimeUnit = (text: string): text is TimeUnit => isEpochUnit(text) || Object.hasOwn(COUNTINGS, text);

/** A number in a unit as microseconds since 1970, by its digits. NaN if it is no number, or more than a double holds exactly. */
export function countedMicros(text: string, unit: TimeUnit): Micros {
  if (isEpochUnit(unit)) return epochMicros(text, unit);
  return microsOfCount(text, COUNTINGS[unit]);
}

/** From when on a counted time is believed: before it there was no log of API calls. */
export const FIRST_BELIEVED: Micros = Date.UTC(1990, 0, 1) * 1000;
const YEAR: Micros = 366 * DAY;

/** Whether a counted time is believed in a file of this date: from 1990 to a year after it. */
export const isBelieved = (time: Micros, written: Micros): boolean => time >= FIRST_BELIEVED && time <= written + YEAR;

/**
 * The first other counting in which all these numbers are believable in a file of this date, with its name in words.
 * Undefined where none is.
 */
export function believableCounting(
  numbers: readonly number[],
  written: Micros,
): { unit: TimeUnit; title: string } | undefined {
  const unit = COUNTING_NAMES.find((name) =>
    numbers.every((number) => isBelieved(countedMicros(String(number), name), written)),
  );
  return unit && { unit, title: COUNTINGS[unit].title };
}

/** Days from 1970 whose microseconds a double holds exactly, in any zone: from the year 1684 to 2255. */
const MAX_DAYS = Math.floor(Number.MAX_SAFE_INTEGER / DAY) - 2;

/** Whether a time keeps its microseconds. One that does not is no time: it would be printed as another. */
export const inRange = (micros: number): boolean => Math.abs(micros) <= MAX_DAYS * DAY;
export const isDayInRange = (days: number): boolean => Math.abs(days) <= MAX_DAYS;
