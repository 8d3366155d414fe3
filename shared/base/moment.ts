import { type NoTime, periodOf } from "./period.ts";
import { DAY, isoOf, MINUTE, type Micros, SECOND } from "./time.ts";

/** When something was done or is due, as people say it: a full time is its instant, a date (month, minute) all of it. */
export interface Moment {
  /** Its first and its last microsecond; of an instant the same. */
  readonly from: Micros;
  readonly last: Micros;
  /** What comes after it begins here: an instant is followed from itself on, a day from its end. */
  readonly after: Micros;
  /** As it is kept and shown: a full time in UTC, a date as the date that it is. */
  readonly text: string;
}

export function momentOf(text: string): Moment | NoTime {
  const written = text.trim();
  const period = periodOf(written);
  if (!("from" in period)) return period;
  const { from, to } = period;
  const length = to - from;
  if (length <= SECOND) return instant(from);
  const shown =
    length >= DAY ? written : length === MINUTE ? `${isoOf(from).slice(0, 16)}Z` : written.replace(" ", "T");
  return { from, last: to - 1, after: to, text: shown };
}

export const instant = (at: Micros): Moment => ({ from: at, last: at, after: at, text: isoOf(at) });

/** Of a date only if its day begins later. */
export const isLater = (one: Moment, other: Moment): boolean => one.from > other.last;

/** A moment that was checked when it was taken in. */
export function knownMoment(text: string): Moment {
  const moment = momentOf(text);
  if (!("from" in moment)) throw new Error(`"${text}" ${moment.what}`);
  return moment;
}
