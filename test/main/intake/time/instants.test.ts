import { expect, test } from "vitest";
import { imported } from "../imported.ts";

/** Berlin, 28 October 2018: 02:00 to 03:00 comes twice. */
const local = (clock: string) => `2018-10-28 ${clock}`;
const times = async (clocks: string[], timezone = "Europe/Berlin") => {
  const { events, source, caseFile } = await imported(
    `time,app\n${clocks.map((clock) => `${clock.includes("-") ? clock : local(clock)},a`).join("\n")}\n`,
    { timezone },
  );
  return {
    times: events.map(({ time }) => time.slice(11, 19)),
    source,
    ambiguous: caseFile.db.prepare("select ambiguous_times from source").pluck().get(),
  };
};

test("the order of the file decides which of two a repeated local time is, and all of them are counted", async () => {
  const read = await times(["01:30:00", "02:10:00", "02:50:00", "02:05:00", "02:55:00", "03:10:00"]);
  expect(read.times).toEqual(["23:30:00", "00:10:00", "00:50:00", "01:05:00", "01:55:00", "02:10:00"]);
  expect(read.ambiguous).toBe(4);
});

test("newest first says it as well", async () => {
  const read = await times(["03:10:00", "02:55:00", "02:05:00", "02:50:00", "02:10:00", "01:30:00"]);
  expect(read.times).toEqual(["02:10:00", "01:55:00", "01:05:00", "00:50:00", "00:10:00", "23:30:00"]);
});

test("a file in no order says nothing: the first", async () => {
  const read = await times(["01:30:00", "03:10:00", "01:00:00", "02:50:00", "02:05:00"]);
  expect(read.times.slice(3)).toEqual(["00:50:00", "00:05:00"]);
});

test("a time that does not exist is rejected, and says so", async () => {
  const { source } = await times(["2018-03-25 01:59:59", "2018-03-25 02:30:00", "2018-03-25 03:00:00"]);
  expect(source).toMatchObject({ events: 2, rejected: 1 });
  expect(source.rejects[0]?.reason).toContain("no such local time in Europe/Berlin");
});

test.each([
  ["Australia/Lord_Howe", "2018-04-01 01:45:00", "2018-03-31T14:45:00Z", "a fold of half an hour"],
  ["Asia/Kathmandu", "2018-04-01 12:00:00", "2018-04-01T06:15:00Z", "a quarter of an hour"],
  ["America/New_York", "2018-11-04 01:30:00", "2018-11-04T05:30:00Z", "the first of two"],
  ["Africa/Casablanca", "2018-06-17 03:30:00", "2018-06-17T02:30:00Z", "summer time that comes back after Ramadan"],
  ["Pacific/Apia", "2011-12-31 00:00:00", "2011-12-30T10:00:00Z", "a day that was left out just before"],
  ["Europe/Berlin", "1970-01-01 00:00:00", "1969-12-31T23:00:00Z", "before the epoch"],
])("%s %s", async (timezone, text, expected) => {
  const { events } = await imported(`time,app\n${text},a\n`, { timezone });
  expect(events[0]?.time).toBe(expected);
});

test("a day that was left out has no times", async () => {
  const { source } = await imported("time,app\n2011-12-30 12:00:00,a\n", { timezone: "Pacific/Apia" });
  expect(source.rejected).toBe(1);
});

test.each([
  [["2018-04-04T10:00:00Z", "1522836000"], "UTC", "timestamps"],
  [["2018-04-04T10:00:00+02:00", "2018-04-04T11:00:00+02:00"], "+02:00", "timestamps"],
  [["2018-04-04T10:00:00+02:00", "2018-11-04T11:00:00+01:00"], "UTC", "timestamps"],
  [["2018-04-04T10:00:00Z", "2018-04-04T10:00:00"], "UTC", "assumed"],
])("%j: %s, from %s", async (lines, timezone, from) => {
  const { source } = await imported(`time,app\n${lines.map((line) => `${line},a`).join("\n")}\n`);
  expect(source).toMatchObject({ timezone, timezone_from: from });
});
