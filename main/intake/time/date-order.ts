import { figure } from "../../../shared/base/figure.ts";
import { daysOf } from "./calendar.ts";

/** Which number of 04/05/2018 is the day: the first (Europe) or the second (the United States). */
export const DATE_ORDERS = ["dmy", "mdy"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export const dateDays = (order: DateOrder, first: number, second: number, year: number): number =>
  order === "dmy" ? daysOf(year, second, first) : daysOf(year, first, second);

/** How often one order must be the only one that reads a date, against the other, before the rest count as mistakes. */
const MIN_MAJORITY_RATIO = 20;

interface Run {
  previous: number;
  forward: number;
  backward: number;
}

export interface DateVerdict {
  readonly order?: DateOrder;
  /** Why that order. Without one, why none. A clause for a sentence. */
  readonly why: string;
}

/** What the dates of a file and its times without a year say together, met record by record. */
export class DatePuzzle {
  numeric = 0;
  yearless = 0;
  /** Years in which a 29 February fell by what was supposed of the first record's. */
  readonly leapYears = new Set<number>();
  /** Times that are bare numbers: the lowest and the highest of them; undefined while there is none. */
  counted: { lowest: number; highest: number } | undefined;
  #example = "";
  #readOnlyAs: Record<DateOrder, number> = { dmy: 0, mdy: 0 };
  #runs: Record<DateOrder, Run> = {
    dmy: { previous: Number.NaN, forward: 0, backward: 0 },
    mdy: { previous: Number.NaN, forward: 0, backward: 0 },
  };
  #dotted = true;

  /** A date whose order is open. */
  date(text: string, first: number, second: number, year: number): void {
    this.numeric++;
    // Behind the day or the month: the fraction of a second has a dot too.
    if (!/^\d\d?\./u.test(text)) this.#dotted = false;
    const days = { dmy: dateDays("dmy", first, second, year), mdy: dateDays("mdy", first, second, year) };
    for (const order of DATE_ORDERS) {
      const other = order === "dmy" ? "mdy" : "dmy";
      if (Number.isNaN(days[order])) continue;
      if (Number.isNaN(days[other])) this.#readOnlyAs[order]++;
      const run = this.#runs[order];
      if (days[order] > run.previous) run.forward++;
      else if (days[order] < run.previous) run.backward++;
      run.previous = days[order];
    }
    if (this.#example === "" && !Number.isNaN(days.dmy) && !Number.isNaN(days.mdy) && first !== second)
      this.#example = text;
  }

  /** A time that is a bare number. */
  count(number: number): void {
    if (!this.counted) this.counted = { lowest: number, highest: number };
    else if (number < this.counted.lowest) this.counted.lowest = number;
    else if (number > this.counted.highest) this.counted.highest = number;
  }

  verdict(): DateVerdict {
    const { dmy, mdy } = this.#readOnlyAs;
    const count = (n: number) => `${figure(n)} ${n === 1 ? "date" : "dates"}`;
    if (dmy > 0 && dmy >= mdy * MIN_MAJORITY_RATIO)
      return { order: "dmy", why: `day first: ${count(dmy)} can be read in no other way` };
    if (mdy > 0 && mdy >= dmy * MIN_MAJORITY_RATIO)
      return { order: "mdy", why: `month first: ${count(mdy)} can be read in no other way` };
    if (dmy > 0 || mdy > 0) return { why: `${count(dmy)} can be read day first only, ${count(mdy)} month first only` };
    if (this.#example === "")
      return { order: "dmy", why: "day first or month first: every date is the same either way" };
    const monotonic = DATE_ORDERS.filter((order) => isMonotonic(this.#runs[order]));
    if (monotonic.length === 1)
      return {
        order: monotonic[0] as DateOrder,
        why: `${monotonic[0] === "dmy" ? "day" : "month"} first: only so the file runs in one direction`,
      };
    if (this.#dotted) return { order: "dmy", why: "day first: dates with dots are written so" };
    return { why: `${this.#example} can be read day first or month first, and nothing in the file decides` };
  }
}

const isMonotonic = ({ forward, backward }: Run): boolean =>
  forward + backward > 0 && (forward === 0 || backward === 0);
