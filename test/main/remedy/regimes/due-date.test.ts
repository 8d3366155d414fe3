import { expect, test } from "vitest";
import { Calendar, dayOf, dueDate, monthsLater } from "../../../../main/remedy/regimes/due-date.ts";
import { instantOf, isoOf } from "../../../../shared/base/time.ts";
import { type Term, termOf } from "../../../../shared/model/accountability/term.ts";

const due = (from: string, within: string, timezone = "UTC", holidays: string[] = []) =>
  isoOf(dueDate(instantOf(from), termOf(within) as Term, new Calendar(timezone, holidays)));

test.each([
  // Hours are to the instant, whatever the clocks of a zone do meanwhile.
  ["PT72H", "2019-10-25T09:30:00.000001Z", "Europe/Berlin", "2019-10-28T09:30:00.000001Z"],
  ["PT24H", "2018-03-24T23:00:00Z", "Europe/Berlin", "2018-03-25T23:00:00Z"],
  // Days end with their last microsecond, in the zone: 23, 24 and 25 hours long.
  ["P30D", "2019-11-05T09:00:00Z", "UTC", "2019-12-05T23:59:59.999999Z"],
  ["P1D", "2018-03-24T12:00:00Z", "Europe/Berlin", "2018-03-25T21:59:59.999999Z"],
  ["P1D", "2018-10-27T12:00:00Z", "Europe/Berlin", "2018-10-28T22:59:59.999999Z"],
  ["P0D", "2019-11-05T23:59:59.999999Z", "UTC", "2019-11-05T23:59:59.999999Z"],
  // The day is the zone's: half past eleven in the evening UTC is the next day in Berlin.
  ["P1D", "2019-11-05T23:30:00Z", "Europe/Berlin", "2019-11-07T22:59:59.999999Z"],
  ["P1D", "2019-11-05T00:00:00Z", "-05:00", "2019-11-06T04:59:59.999999Z"],
  // Midnight that no clock showed (São Paulo, 2018-11-04) and one that came twice (Havana, 2018-11-04).
  ["P1D", "2018-11-02T12:00:00Z", "America/Sao_Paulo", "2018-11-04T02:59:59.999999Z"],
  ["P1D", "2018-11-03T12:00:00Z", "America/Sao_Paulo", "2018-11-05T01:59:59.999999Z"],
  ["P1D", "2018-11-02T12:00:00Z", "America/Havana", "2018-11-04T03:59:59.999999Z"],
  // A day that a zone left out (Apia, 2011-12-30).
  ["P1D", "2011-12-29T20:00:00Z", "Pacific/Apia", "2011-12-30T09:59:59.999999Z"],
])("%s from %s in %s is due %s", (within, from, timezone, at) => {
  expect(due(from, within, timezone)).toBe(at);
});

test.each([
  ["2019-01-28", 1, "2019-02-28"],
  ["2019-01-29", 1, "2019-02-28"],
  ["2019-01-30", 1, "2019-02-28"],
  ["2019-01-31", 1, "2019-02-28"],
  ["2020-01-31", 1, "2020-02-29"],
  ["2019-03-31", 1, "2019-04-30"],
  ["2019-02-28", 1, "2019-03-28"],
  ["2019-11-30", 3, "2020-02-29"],
  ["2019-12-31", 12, "2020-12-31"],
  ["2020-02-29", 12, "2021-02-28"],
  ["2019-12-15", 0, "2019-12-15"],
])("%s and %d months is %s", (from, months, to) => {
  expect(monthsLater(dayOf(from), months)).toBe(dayOf(to));
});

test.each([
  // 2019-11-08 is a Friday, 2019-11-11 a holiday.
  ["2019-11-08", "P1B", [], "2019-11-11"],
  ["2019-11-08", "P1B", ["2019-11-11"], "2019-11-12"],
  ["2019-11-08", "P4B", ["2019-11-11"], "2019-11-15"],
  // The day itself does not count, worked or not.
  ["2019-11-09", "P1B", [], "2019-11-11"],
  ["2019-11-10", "P5B", ["2019-11-11", "2019-11-12", "2019-11-13"], "2019-11-20"],
  // A holiday on a weekend is none the less one day off.
  ["2019-11-08", "P1B", ["2019-11-09"], "2019-11-11"],
  ["2018-12-21", "P4B", ["2018-12-24", "2018-12-25", "2019-01-01"], "2018-12-31"],
])("%s and %s with holidays %j is the end of %s", (day, within, holidays, to) => {
  expect(due(`${day}T15:00:00Z`, within, "UTC", holidays as string[])).toBe(`${to}T23:59:59.999999Z`);
});

test("a business day is one of the zone's days", () => {
  // Friday evening in New York is Saturday in UTC.
  expect(due("2019-11-09T01:00:00Z", "P1B", "America/New_York")).toBe("2019-11-12T04:59:59.999999Z");
  expect(due("2019-11-09T01:00:00Z", "P1B", "UTC")).toBe("2019-11-11T23:59:59.999999Z");
});

test.each(["P30X", "30D", "P", "PT", "PT5M", "P1.5D", "P-1D", "P1W", "P1D1M", "pt72h", "PT72H ", "P999999D"])(
  "%s is no term",
  (text) => expect(termOf(text)).toBeUndefined(),
);
