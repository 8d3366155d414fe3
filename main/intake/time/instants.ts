import { DAY, HOUR, type Micros, SECOND } from "../../../shared/base/time.ts";
import { daysOf } from "./calendar.ts";
import type { Zone } from "./zone.ts";

/** What must survive a kill so that a resumed import decides as an undisturbed one. */
export interface InstantState {
  previous: Micros | null;
  forward: number;
  backward: number;
  /** Times that stated their zone, times that took the source's, and those that occur twice. */
  zoned: number;
  unzoned: number;
  /** The one offset that all zoned times stated, µs; null: none yet; "mixed". */
  offset: number | null | "mixed";
}

export const newInstantState = (): InstantState => ({
  previous: null,
  forward: 0,
  backward: 0,
  zoned: 0,
  unzoned: 0,
  offset: null,
});

/** Steps up to a second against the order are how loggers write, not an order of their own. */
const ORDER_SLACK_MICROS = SECOND;
/** Steps one way for each the other way, and at least, from which on a file counts as running that way. */
const ONE_WAY_RATIO = 20;
const MIN_ONE_WAY_STEPS = 20;

/** Turns readings into instants in the order of the file, which decides where a local time occurs twice. */
export class Instants {
  /** After `resolve`: the reading occurs twice. */
  twice = false;
  readonly state: InstantState;
  readonly #zone: Zone;

  constructor(zone: Zone, state: InstantState) {
    this.#zone = zone;
    this.state = state;
  }

  /** Microseconds UTC; NaN where no such local time exists. */
  resolve(local: Micros, offset: number): Micros {
    const state = this.state;
    let time: number;
    this.twice = false;
    if (Number.isNaN(offset)) {
      time = this.#zone.resolve(local);
      const second = this.#zone.second;
      if (!Number.isNaN(second)) {
        this.twice = true;
        time = this.#byOrder(time, second);
      }
      if (Number.isNaN(time)) return time;
      state.unzoned++;
    } else {
      time = local - offset;
      state.zoned++;
      if (state.offset !== offset) state.offset = state.offset === null ? offset : "mixed";
    }
    const previous = state.previous;
    if (previous !== null) {
      if (time > previous + ORDER_SLACK_MICROS) state.forward++;
      else if (time < previous - ORDER_SLACK_MICROS) state.backward++;
    }
    state.previous = time;
    return time;
  }

  /**
   * The year of a month and day that state none; `first` at the first record. The one that brings it nearest to the
   * record before; in a file that runs in one direction the nearest in that direction, give or take a day.
   */
  yearOf(month: number, day: number, first: number): number {
    const { previous, forward, backward } = this.state;
    if (previous === null) return first;
    const around = new Date(previous / 1000).getUTCFullYear();
    const isOneWay = forward + backward >= MIN_ONE_WAY_STEPS;
    const way = !isOneWay ? 0 : forward > backward * ONE_WAY_RATIO ? 1 : backward > forward * ONE_WAY_RATIO ? -1 : 0;
    const off = (year: number) => {
      // 29 February is the day before 1 March in any year: which year it is, the whole file says (detect/settle-times.ts).
      const days = month === 2 && day === 29 ? daysOf(year, 3, 1) - 1 : daysOf(year, month, day);
      const step = days * DAY - previous;
      return Math.abs(step) + (way !== 0 && step * way < -2 * DAY ? 366 * DAY : 0);
    };
    return [around, around - 1, around + 1].reduce((best, year) => (off(year) < off(best) ? year : best));
  }

  /**
   * Which of two instants is meant. A file that only ran forward (or backward) decides it by its order. Any other gets
   * the first.
   */
  #byOrder(first: Micros, second: Micros): Micros {
    const { previous, forward, backward } = this.state;
    if (previous === null || Math.abs(first - previous) > 12 * HOUR) return first;
    // Both before the one line there was: whichever it is, the file runs backward.
    if (forward === 0 && backward === 0 && second <= previous - ORDER_SLACK_MICROS) return second;
    if (forward > 0 && backward === 0) return first >= previous - ORDER_SLACK_MICROS ? first : second;
    if (backward > 0 && forward === 0) return second <= previous + ORDER_SLACK_MICROS ? second : first;
    return first;
  }
}
