import { DAY, HOUR, type Micros } from "../../../shared/base/time.ts";
import type { Term } from "../../../shared/model/accountability/term.ts";
import { daysOf } from "../../intake/time/calendar.ts";
import { Zone } from "../../intake/time/zone.ts";

/** Days are whole numbers from 1970-01-01 on. */
type Day = number;

/** 1970-01-01 was a Thursday. */
const THURSDAY = 4;

/** `2019-11-05` as a day. */
export function dayOf(text: string): Day {
  const [year, month, day] = text.split("-").map(Number) as [number, number, number];
  return daysOf(year, month, day);
}

/** The days of a clock: where they begin and end, and which of them are worked. */
export class Calendar {
  readonly #zone: Zone;
  readonly #holidays: ReadonlySet<Day>;

  /** @throws Refusal `timezone-unknown` */
  constructor(timezone: string, holidays: readonly string[]) {
    this.#zone = new Zone(timezone);
    this.#holidays = new Set(holidays.map(dayOf));
  }

  /** The day that the zone's clocks show at an instant. */
  dayAt(instant: Micros): Day {
    return Math.floor((instant + this.#zone.offsetAt(instant)) / DAY);
  }

  /** Its first instant. Where clocks are put forward at midnight, and where a zone left the day out, the first behind it. */
  begin(day: Day): Micros {
    const midnight = day * DAY;
    const instant = this.#zone.resolve(midnight);
    if (!Number.isNaN(instant)) return instant;
    // No clock showed midnight: the day begins when clocks first show something later. No zone is further than a day from UTC.
    let before = midnight - DAY - 2 * HOUR;
    let behind = midnight + DAY + 2 * HOUR;
    while (behind - before > 1) {
      const middle = before + Math.floor((behind - before) / 2);
      if (middle + this.#zone.offsetAt(middle) < midnight) before = middle;
      else behind = middle;
    }
    return behind;
  }

  /** Its last microsecond. */
  end(day: Day): Micros {
    return this.begin(day + 1) - 1;
  }

  /** The n-th day of work after a day; none: the day itself. */
  businessDay(from: Day, count: number): Day {
    let day = from;
    for (let left = count; left > 0; ) {
      day += 1;
      if (this.#isWorked(day)) left -= 1;
    }
    return day;
  }

  #isWorked(day: Day): boolean {
    const weekday = (((day + THURSDAY) % 7) + 7) % 7;
    return weekday >= 1 && weekday <= 5 && !this.#holidays.has(day);
  }
}

/** The same day of a later month, or the last where that month is shorter. */
export function monthsLater(day: Day, months: number): Day {
  const date = new Date((day * DAY) / 1000);
  const count = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  for (let of = date.getUTCDate(); ; of -= 1) {
    const found = daysOf(year, month, of);
    if (!Number.isNaN(found)) return found;
  }
}

/** When a term ends that began at an instant: hours to the instant, all else with the end of a day. */
export function dueDate(from: Micros, term: Term, calendar: Calendar): Micros {
  const day = calendar.dayAt(from);
  switch (term.unit) {
    case "hours":
      return from + term.count * HOUR;
    case "days":
      return calendar.end(day + term.count);
    case "business days":
      return calendar.end(calendar.businessDay(day, term.count));
    case "months":
      return calendar.end(monthsLater(day, term.count));
  }
}
