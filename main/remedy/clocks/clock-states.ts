import { instantOf, isBareDate, isoOf, type Micros } from "../../../shared/base/time.ts";
import type { ClockStatus, DueClock } from "../../../shared/model/accountability/due-clock.ts";
import { type Term, termOf } from "../../../shared/model/accountability/term.ts";
import { DONE } from "../regimes/clocks-file.ts";
import { Calendar, dayOf, dueDate } from "../regimes/due-date.ts";

/** Facts by name, each with its value, or with one for each time that a clock was met. */
export type Facts = ReadonlyMap<string, readonly string[]>;

export type ClockTimes = Pick<ClockStatus, "state" | "started" | "due" | "done_on" | "next_due">;

/**
 * How a clock stands at an instant, by the facts alone. A fact after it is none yet. What is met is the first due date that
 * was not, however late; a clock that repeats counts on from that date, and is overdue where the next one has passed.
 */
export function clockTimes(clock: DueClock, facts: Facts, at: Micros): ClockTimes {
  const calendar = new Calendar(clock.timezone ?? "UTC", clock.holidays ?? []);
  const instant = (value: string): Micros => (isBareDate(value) ? calendar.begin(dayOf(value)) : instantOf(value));
  const known = (name: string): string[] => (facts.get(name) ?? []).filter((value) => instant(value) <= at);
  const trigger = known(clock.trigger).at(-1);
  const met = known(DONE + clock.id);
  if (trigger === undefined) {
    const done = met.at(-1);
    return done === undefined ? { state: "not-started" } : { state: "done", done_on: done };
  }
  const started = instant(trigger);
  const first = dueDate(started, termOf(clock.within) as Term, calendar);
  const times = { started: isoOf(started), due: isoOf(first) };
  if (met.length === 0) return { state: at > first ? "overdue" : "running", ...times };
  const repeat = clock.repeat === undefined ? undefined : (termOf(clock.repeat) as Term);
  // Without a repeat a later entry corrects the one before.
  if (!repeat) return { state: "done", ...times, done_on: met.at(-1) as string };
  const inOrder = met.toSorted((a, b) => instant(a) - instant(b));
  let due = first;
  for (let period = 1; period < inOrder.length; period += 1) due = dueDate(due, repeat, calendar);
  const next = dueDate(due, repeat, calendar);
  return {
    state: at > next ? "overdue" : "done",
    started: times.started,
    due: isoOf(due),
    done_on: inOrder.at(-1) as string,
    next_due: isoOf(next),
  };
}
