import { DAY, HOUR, MINUTE, SECOND } from "../../../shared/base/time.ts";

/** Lengths of a bar that read well on a clock or a calendar, µs. */
const ROUND_STEPS = [1, 2, 5, 10, 15, 30]
  .map((n) => n * SECOND)
  .concat(
    [1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
    [1, 2, 3, 6, 12].map((n) => n * HOUR),
    [1, 2, 7, 14, 28, 56, 112, 224, 448, 896].map((n) => n * DAY),
  );

/** Steps are counted from a Monday, so that weeks begin on Mondays: 1970-01-05 was one. */
const FIRST_MONDAY = 4 * DAY;

/**
 * From where the steps over a span are counted. No length counted from the first Monday holds what lies on both sides of it: a
 * single step begins with the span's first day.
 */
export const stepOrigin = (first: number, last: number, most: number): number =>
  most === 1 && first < FIRST_MONDAY && last >= FIRST_MONDAY ? Math.floor(first / DAY) * DAY : FIRST_MONDAY;

/** Where the step of this length begins that holds `time`, on the UTC clock. */
export const stepStart = (time: number, step: number, origin: number): number =>
  origin + Math.floor((time - origin) / step) * step;

/** The shortest round step of which at most `most` are needed. Spans that no round step suits get twice, four times the longest. */
export function roundStep(most: number, stepsNeeded: (step: number) => number): number {
  let step = ROUND_STEPS.find((each) => stepsNeeded(each) <= most) ?? (ROUND_STEPS.at(-1) as number);
  while (stepsNeeded(step) > most) step *= 2;
  return step;
}
