import { figure } from "../../../shared/base/figure.ts";
import type { Micros } from "../../../shared/base/time.ts";
import { daysOf } from "./calendar.ts";

/**
 * Which number of 04/05/2018 is the day: the first (Europe) or the second (the United States). In 18/05/04 it may be the
 * third (Spark, and others that sort by name).
 */
export const DATE_ORDERS = ["dmy", "mdy", "ymd"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];
const DAY_FIRST = ["dmy", "mdy"] as const;
type DayFirst = (typeof DAY_FIRST)[number];

/** Two digits are a year of 1970 to 2069. */
export const yearOf = (text: string): number =>
  text.length > 2 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900);

/** Days since 1970 of three numbers as they are written; NaN: no such day. */
export function dateDays(order: DateOrder, first: string, second: string, third: string): number {
  if (order === "dmy") return daysOf(yearOf(third), Number(second), Number(first));
  if (order === "mdy") return daysOf(yearOf(third), Number(first), Number(second));
  return first.length === 2 && third.length === 2 ? daysOf(yearOf(first), Number(second), Number(third)) : Number.NaN;
}

/** How often one order must be the only one that reads a date, against the other, before the rest count as mistakes. */
const MIN_MAJORITY_RATIO = 20;

const MS_PER_DAY = 86_400_000;
/** Different numbers of a place that are told apart: as many as a month has days, and the years of a file beside. */
const MAX_DIFFERENT = 100;

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
  #readOnlyAs: Record<DayFirst, number> = { dmy: 0, mdy: 0 };
  #runs: Record<DayFirst, Run> = {
    dmy: { previous: Number.NaN, forward: 0, backward: 0 },
    mdy: { previous: Number.NaN, forward: 0, backward: 0 },
  };
  #dotted = true;
  #hyphened = true;
  /** Whether every date can have its year in front, how many can be read in no other way, and what stood first and last. */
  #yearFirst = { isPossible: true, only: 0, first: new Set<string>(), last: new Set<string>(), example: "" };

  /** A date whose order is open, and its three numbers as written. */
  date(text: string, first: string, second: string, third: string): void {
    this.numeric++;
    // Behind the day or the month: the fraction of a second has a dot too.
    if (!/^\d\d?\./u.test(text)) this.#dotted = false;
    if (!/^\d\d?-/u.test(text)) this.#hyphened = false;
    const days = { dmy: dateDays("dmy", first, second, third), mdy: dateDays("mdy", first, second, third) };
    this.#noteYearFirst(text, { first, second, third }, Number.isNaN(days.dmy) && Number.isNaN(days.mdy));
    for (const order of DAY_FIRST) {
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

  #noteYearFirst(
    text: string,
    { first, second, third }: { readonly first: string; readonly second: string; readonly third: string },
    isOnly: boolean,
  ): void {
    const seen = this.#yearFirst;
    if (Number.isNaN(dateDays("ymd", first, second, third))) seen.isPossible = false;
    if (!seen.isPossible) return;
    if (isOnly) seen.only++;
    seen.example ||= text;
    if (seen.first.size < MAX_DIFFERENT) seen.first.add(first);
    if (seen.last.size < MAX_DIFFERENT) seen.last.add(third);
  }

  /** A time that is a bare number. */
  count(number: number): void {
    if (!this.counted) this.counted = { lowest: number, highest: number };
    else if (number < this.counted.lowest) this.counted.lowest = number;
    else if (number > this.counted.highest) this.counted.highest = number;
  }

  /**
   * `written`: of a log, the date of its file. A log's dates follow each other, so that days change more often than years,
   * and none lies behind the file. Those of a registry need not.
   */
  verdict({ written }: { readonly written?: Micros } = {}): DateVerdict {
    return this.#yearFirstVerdict(written) ?? this.#dayFirstVerdict();
  }

  /** Undefined where the year does not stand first, as it does in 18/05/04. */
  #yearFirstVerdict(written: Micros | undefined): DateVerdict | undefined {
    const { isPossible, only, first, last, example } = this.#yearFirst;
    if (!isPossible || this.numeric === 0) return undefined;
    if (only > 0) return { order: "ymd", why: `year first: ${count(only)} can be read in no other way` };
    if (written === undefined || last.size < first.size) return undefined;
    if (last.size >= 2 * first.size)
      return { order: "ymd", why: "year first: the last number changes more often than the first" };
    const year = new Date(written / 1000 + MS_PER_DAY).getUTCFullYear();
    const isAhead = (years: ReadonlySet<string>) => [...years].some((text) => yearOf(text) > year);
    if (isAhead(last) && !isAhead(first))
      return { order: "ymd", why: "year first: read otherwise, dates lie behind the file's own" };
    const isOpen = last.size > first.size || (this.#hyphened && !(isAhead(first) && !isAhead(last)));
    return isOpen
      ? { why: `${example} can be read with its year first or last, and nothing in the file decides` }
      : undefined;
  }

  #dayFirstVerdict(): DateVerdict {
    const { dmy, mdy } = this.#readOnlyAs;
    if (dmy > 0 && dmy >= mdy * MIN_MAJORITY_RATIO)
      return { order: "dmy", why: `day first: ${count(dmy)} can be read in no other way` };
    if (mdy > 0 && mdy >= dmy * MIN_MAJORITY_RATIO)
      return { order: "mdy", why: `month first: ${count(mdy)} can be read in no other way` };
    if (dmy > 0 || mdy > 0) return { why: `${count(dmy)} can be read day first only, ${count(mdy)} month first only` };
    if (this.#example === "")
      return { order: "dmy", why: "day first or month first: every date is the same either way" };
    const monotonic = DAY_FIRST.filter((order) => isMonotonic(this.#runs[order]));
    if (monotonic.length === 1)
      return {
        order: monotonic[0] as DayFirst,
        why: `${monotonic[0] === "dmy" ? "day" : "month"} first: only so the file runs in one direction`,
      };
    if (this.#dotted) return { order: "dmy", why: "day first: dates with dots are written so" };
    return { why: `${this.#example} can be read day first or month first, and nothing in the file decides` };
  }
}

const count = (n: number) => `${figure(n)} ${n === 1 ? "date" : "dates"}`;

const isMonotonic = ({ forward, backward }: Run): boolean =>
  forward + backward > 0 && (forward === 0 || backward === 0);
