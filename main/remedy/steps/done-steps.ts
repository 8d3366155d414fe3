import { isLater, knownMoment, type Moment } from "../../../shared/base/moment.ts";
import { STEPS, type Step } from "../../../shared/model/accountability/remedy.ts";
import type { StepEntry } from "./entries.ts";

/** An entry with its times read. */
export interface TimedEntry {
  readonly entry: StepEntry;
  readonly on?: Moment;
  readonly due?: Moment;
}

export const timed = (entry: StepEntry): TimedEntry => ({
  entry,
  ...(entry.on === undefined ? {} : { on: knownMoment(entry.on) }),
  ...(entry.due === undefined ? {} : { due: knownMoment(entry.due) }),
});

export type DoneEntry = TimedEntry & { readonly on: Moment };

/** Done at that time, and not taken back. */
export const isDone = (each: TimedEntry, at: Moment): each is DoneEntry =>
  each.entry.taken_back === undefined && each.on !== undefined && !isLater(each.on, at);

/** The steps done under a rule at that time, by developer: in the order of the steps, each as often as it was done. */
export function doneSteps(
  entries: readonly StepEntry[],
  rule: string,
  at: Moment,
): Map<string, { step: Step; on: string }[]> {
  const done = entries
    .filter((entry) => entry.rule === rule)
    .map(timed)
    .filter((each) => isDone(each, at))
    .sort(
      (a, b) =>
        STEPS.indexOf(a.entry.step) - STEPS.indexOf(b.entry.step) || a.on.from - b.on.from || a.entry.n - b.entry.n,
    );
  const byDeveloper = Map.groupBy(done, ({ entry }) => entry.developer_id);
  return new Map(
    Array.from(byDeveloper, ([id, those]) => [id, those.map(({ entry, on }) => ({ step: entry.step, on: on.text }))]),
  );
}
