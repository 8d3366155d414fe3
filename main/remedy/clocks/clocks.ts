import { given } from "../../../shared/base/given.ts";
import { instantOf, isoOf, type Micros } from "../../../shared/base/time.ts";
import type { ClocksReport, DueClock } from "../../../shared/model/accountability/due-clock.ts";
import type { Inquiry } from "../../findings/inquiry.ts";
import { loadClocks } from "../regimes/clocks-file.ts";
import { factsInForce } from "../regimes/facts.ts";
import { clockTimes, type Facts } from "./clock-states.ts";
import { CaseContents } from "./contents.ts";

/** What `exhibit clocks --json` prints. `at`: without it now. */
export function clocksReport(inquiry: Inquiry, at: Micros = instantOf(new Date().toISOString())): ClocksReport {
  const { caseFile } = inquiry.dataset;
  const facts = factsInForce(caseFile);
  const clocks = loadClocks(caseFile);
  const times = timesReport(clocks, facts, at);
  const contents = new CaseContents(inquiry);
  return {
    at: isoOf(at),
    facts: factsReport(facts),
    clocks: clocks.map((clock, index) => ({
      ...(times[index] as (typeof times)[number]),
      ...given({ threshold: contents.threshold(clock) }),
      contents: clock.contents.map(({ item, from }) => ({ item, ...contents.fill(clock, from) })),
    })),
  };
}

/** The latest value of each fact, by name. */
export const factsReport = (facts: Facts): Record<string, string> =>
  Object.fromEntries([...facts].map(([name, values]) => [name, values.at(-1) as string]).sort(byName));

/** How each clock stands. That follows from facts alone. */
export const timesReport = (clocks: readonly DueClock[], facts: Facts, at: Micros) =>
  clocks.map((clock) => ({ id: clock.id, ...clockTimes(clock, facts, at) }));

const byName = ([a = ""]: string[], [b = ""]: string[]): number => (a < b ? -1 : a > b ? 1 : 0);
