import fc from "fast-check";
import { expect } from "vitest";
import { Inquiry } from "../../main/findings/inquiry.ts";
import { clocksReport } from "../../main/remedy/clocks/clocks.ts";
import { keepClocks } from "../../main/remedy/regimes/clocks-file.ts";
import { putFacts } from "../../main/remedy/regimes/facts.ts";
import { instantOf } from "../../shared/base/time.ts";
import type { ClocksReport } from "../../shared/model/accountability/due-clock.ts";
import { caseOf } from "../fixture.ts";
import { caseWithoutCache } from "../main/query/dataset-of.ts";
import { type Clock, type ClocksGiven, referenceClocks } from "../reference/clocks.ts";
import { INSTANTS, randomCase } from "../reference/random.ts";

/** What a clock says without the words and filters that the reference does not speak of. */
export const plainClocks = (report: ClocksReport): object[] =>
  report.clocks.map(({ contents, ...clock }) => ({
    ...clock,
    contents: contents.map(({ item, value }) => (value === undefined ? { item } : { item, value })),
  }));

export function clocksOf(inquiry: Inquiry, { at, facts, clocks }: ClocksGiven): ClocksReport {
  const { caseFile } = inquiry.dataset;
  caseFile.db.exec("delete from fact");
  keepClocks(caseFile, Buffer.from(JSON.stringify({ schema: "exhibit/clocks@1", clocks })), "clocks.json");
  const told = Object.entries(facts).flatMap(([fact, values]) =>
    [values].flat().map((value) => ({ fact, value, at: "", by: "" })),
  );
  putFacts(caseFile, told);
  return clocksReport(inquiry, instantOf(at));
}

/** Around the days on which Berlin, New York and Lord Howe (half an hour) change their clocks, and the ends of months. */
const MOMENTS = [
  "2018-03-24T22:59:59.999999Z",
  "2018-03-24T23:00:00Z",
  "2018-03-25T01:00:00Z",
  "2018-03-25T22:00:00Z",
  "2018-03-31T15:00:00Z",
  "2018-04-01T12:30:00.000001Z",
  "2018-10-27T22:00:00Z",
  "2018-10-28T23:00:00Z",
  "2018-11-03T16:00:00Z",
  "2018-11-05T04:59:59.999999Z",
  "2019-01-31T12:00:00Z",
  "2020-02-29T00:00:00Z",
];
const DAYS = ["2018-03-24", "2018-03-25", "2018-10-26", "2018-10-28", "2018-11-04", "2019-01-31", "2020-02-29"];
const when = fc.constantFrom(...MOMENTS, ...DAYS);
const term = fc.constantFrom("PT1H", "PT24H", "PT72H", "P0D", "P1D", "P3D", "P30D", "P1B", "P4B", "P1M", "P3M");
const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "+05:45", "-12:00");
const LEVELS = ["possible", "obtained", "possible+", "recent"];
const FROM = [
  "fields",
  "span",
  ...["people", "events", "developers"].flatMap((of) => LEVELS.map((at) => `${of}.${at}`)),
];
FROM.push("events.attempted", "events.attempted+", "developers.entitled", "developers.entitled+");

const clock = (id: string): fc.Arbitrary<Clock> =>
  fc
    .record({
      id: fc.constant(id),
      trigger: fc.constantFrom("discovered", "aware", ...(id === "a" ? [] : ["done:a"])),
      within: term,
      repeat: fc.constantFrom(undefined, undefined, "PT24H", "P1D", "P30D", "P1M", "P2B"),
      timezone: fc.option(zone, { nil: undefined }),
      holidays: fc.constantFrom(undefined, ["2018-03-26", "2018-10-29"]),
      rule: fc.constantFrom(undefined, undefined, "r1", "r9"),
      threshold: fc.option(
        fc.record({ people: fc.integer({ min: 1, max: 9 }), level: fc.constantFrom(...LEVELS, "attempted+") }),
        { nil: undefined },
      ),
      contents: fc.array(fc.constantFrom(...FROM), { maxLength: 4 }),
    })
    .map(({ contents, ...row }) => ({
      ...(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as Clock),
      contents: contents.map((from) => ({ item: from, from })),
    }));

const facts = fc
  .record({
    discovered: fc.option(when, { nil: undefined }),
    aware: fc.option(when, { nil: undefined }),
    "done:a": fc.array(when, { maxLength: 3 }),
    "done:b": fc.array(when, { maxLength: 1 }),
  })
  .map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).filter(([, value]) => value !== undefined && value.length > 0),
      ) as ClocksGiven["facts"],
  );

/** The engine and the slow second implementation say the same of the clocks of so many random small cases. */
export function clocksAgree(numRuns: number): void {
  const caseFile = caseWithoutCache();
  const met = new Set<string>();
  fc.assert(
    fc.property(
      randomCase,
      fc.tuple(clock("a"), clock("b")),
      facts,
      fc.constantFrom(...MOMENTS, ...INSTANTS),
      (input, clocks, told, at) => {
        const given = { at, facts: told, clocks };
        const report = clocksOf(new Inquiry(caseOf(input, caseFile)), given);
        expect(plainClocks(report)).toEqual(referenceClocks(input, given));
        for (const { state, threshold } of report.clocks) met.add(state).add(threshold ?? "none");
      },
    ),
    { numRuns },
  );
  expect([...met].sort()).toEqual(["done", "met", "none", "not-met", "not-started", "open", "overdue", "running"]);
  caseFile.close();
}
