import { instantOf, isBareDate } from "../../../shared/base/time.ts";
import type { ClockState, ClockStatus, DueClock } from "../../../shared/model/accountability/due-clock.ts";
import { termText } from "../../../shared/model/accountability/term.ts";
import { counted, instant } from "../../text/format.ts";

export const STATE_WORDS: Readonly<Record<ClockState, string>> = {
  overdue: "overdue",
  running: "running",
  "not-started": "not started",
  done: "done",
};

const LAST_OF_DAY = "T23:59:59.999999Z";

/** A fact or a day as it is, an instant in UTC; days that are counted end with their last microsecond. */
export function momentText(value: string): string {
  if (isBareDate(value)) return value;
  return value.endsWith(LAST_OF_DAY) ? `the end of ${value.slice(0, -LAST_OF_DAY.length)} UTC` : instant(value);
}

/** When it is due by now: what comes next where the clock was met. */
export const dueNow = ({ due, done_on, next_due }: ClockStatus): string | undefined =>
  done_on === undefined ? due : next_due;

const DAY_MS = 86_400_000;

/** `in 3 days`, `4 days overdue`, `today`. */
export function away(due: string, at: string): string {
  const days = Math.floor(Date.parse(due) / DAY_MS) - Math.floor(Date.parse(at) / DAY_MS);
  if (instantOf(due) < instantOf(at)) return days === 0 ? "overdue since today" : `${counted(-days, "day")} overdue`;
  return days === 0 ? "today" : `in ${counted(days, "day")}`;
}

/** What a clock gives: `30 days from discovered`. */
export function givesText({ within, trigger, repeat }: DueClock): string {
  const again = repeat === undefined ? "" : `; again ${termText(repeat)} after each due date that was met`;
  return `${termText(within)} from ${factWords(trigger)}${again}`;
}

/** A fact by its name; the end of a clock as such. */
export const factWords = (fact: string): string =>
  fact.startsWith("done:") ? `the end of ${fact.slice("done:".length)}` : fact;

/** What is typed as a time, with the zone that is typed beside it: a day needs none. */
export function typedMoment(text: string, zone: string): string {
  const time = text.trim().replace(" ", "T");
  const offset = zone.trim();
  if (isBareDate(time) || offset === "" || /(?:z|[+-]\d{2}:?\d{2})$/iu.test(time)) return time;
  return `${time}${/^utc$/iu.test(offset) ? "Z" : offset}`;
}
