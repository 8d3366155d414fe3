import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import { periodOf } from "../../shared/base/period.ts";
import type { Micros } from "../../shared/base/time.ts";
import type { CLOCK_REQUESTS } from "../../shared/contract/clocks.ts";
import { demandWritable } from "../case/case.ts";
import { record } from "../custody/append.ts";
import { readText } from "../platform/small-file.ts";
import { calendarFile } from "../remedy/clocks/calendar-file.ts";
import { clocksReport } from "../remedy/clocks/clocks.ts";
import { keepClocks, loadClocks } from "../remedy/regimes/clocks-file.ts";
import { factEntries, setDone, setFact, takeBackFact } from "../remedy/regimes/facts.ts";
import { addRegimes, regimes } from "../remedy/regimes/regimes.ts";
import type { HandlersOf } from "./handlers.ts";
import { writeWhole } from "./requests/export-events.ts";

/** @throws Refusal `usage` */
function timeOf(text: string | undefined): Micros | undefined {
  if (text === undefined) return undefined;
  const period = periodOf(text);
  if ("from" in period) return period.from;
  throw new Refusal("usage", `--at: "${text.slice(0, 60)}" ${period.what}`, period.todo);
}

export const CLOCK_HANDLERS: HandlersOf<typeof CLOCK_REQUESTS> = {
  dueClocks: ({ caseFile, inquiry }, { file, at, by }) => {
    const time = timeOf(at);
    if (file !== undefined) {
      demandWritable(caseFile);
      keepClocks(caseFile, readText(file), path.basename(file), by);
    }
    return clocksReport(inquiry, time);
  },
  clocksInForce: ({ caseFile }) => ({ clocks: loadClocks(caseFile), facts: factEntries(caseFile) }),
  regimes: () => ({ regimes: regimes() }),
  addRegimes: ({ caseFile }, { regimes: ids, by }) => {
    demandWritable(caseFile);
    addRegimes(caseFile, ids, by);
    return { clocks: loadClocks(caseFile).map(({ id }) => id) };
  },
  setFact: ({ caseFile }, { by, ...fact }) => ({ fact: fact.fact, value: setFact(caseFile, fact, by) }),
  takeBackFact: ({ caseFile }, { by, ...fact }) => {
    takeBackFact(caseFile, fact, by);
    return { fact: fact.fact };
  },
  clockDone: ({ caseFile }, { by, ...done }) => ({
    fact: `done:${done.id}`,
    value: setDone(caseFile, given(done), by),
  }),
  dueCalendar: ({ caseFile, inquiry }, { file, at, by }) => {
    const report = clocksReport(inquiry, timeOf(at));
    const calendar = calendarFile(caseFile.title, loadClocks(caseFile), report);
    const events = calendar.split("BEGIN:VEVENT").length - 1;
    const about = { file: path.basename(file), format: "ics", events };
    const written = writeWhole(file, [calendar], {
      caseFile,
      act: (made) => record(caseFile, "export", { ...about, ...made }, by),
    });
    return { file: path.resolve(file), events, ...written };
  },
};
