import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTime } from "../../../../main/intake/time/time-reader.ts";
import { isoOf } from "../../../../shared/base/time.ts";

const read = (text: string, zone?: string) => {
  const time = parseTime(text, zone);
  return time === undefined || Number.isNaN(time) ? undefined : isoOf(time);
};

test.each([
  ["2018-04-04T00:00:00Z", "2018-04-04T00:00:00Z"],
  ["2018-04-04T10:30:15", "2018-04-04T10:30:15Z"],
  ["2018-04-04 10:30:15", "2018-04-04T10:30:15Z"],
  ["2018-04-04T10:30:15.1Z", "2018-04-04T10:30:15.100Z"],
  ["2018-04-04T10:30:15,123Z", "2018-04-04T10:30:15.123Z"],
  ["2018-04-04T10:30:15.123456Z", "2018-04-04T10:30:15.123456Z"],
  ["2018-04-04T10:30:15.1234569Z", "2018-04-04T10:30:15.123456Z"],
  ["2018-04-04T10:30:15.999999999Z", "2018-04-04T10:30:15.999999Z"],
  ["2018-04-04T10:30:15+02:00", "2018-04-04T08:30:15Z"],
  ["2018-04-04T10:30:15-0730", "2018-04-04T18:00:15Z"],
  ["1522837815", "2018-04-04T10:30:15Z"],
  ["1522837815123", "2018-04-04T10:30:15.123Z"],
  ["1522837815123456", "2018-04-04T10:30:15.123456Z"],
  ["1522837815123456789", "2018-04-04T10:30:15.123456Z"],
  ["04/Apr/2018:10:30:15 +0200", "2018-04-04T08:30:15Z"],
  ["Wed, 04 Apr 2018 10:30:15 +0200", "2018-04-04T08:30:15Z"],
  ["Wed Apr  4 10:30:15 2018", "2018-04-04T10:30:15Z"],
  ["2016-02-29T00:00:00Z", "2016-02-29T00:00:00Z"],
  ["2018-04-04 01:30:15 PM", "2018-04-04T13:30:15Z"],
  ["2018-04-04 12:30:15 a.m.", "2018-04-04T00:30:15Z"],
  ["4 Apr 2018 12:30 PM", "2018-04-04T12:30:00Z"],
  ["April 4, 2018 10:30:15 PM", "2018-04-04T22:30:15Z"],
  ["Wednesday, April 4, 2018 at 10:30:15 AM", "2018-04-04T10:30:15Z"],
  ["Apr  4 2018 10:30:15.250", "2018-04-04T10:30:15.250Z"],
  ["2018-04-04 10:30:15 Europe/Berlin", "2018-04-04T08:30:15Z"],
  ["2018-01-04 10:30:15 America/New_York", "2018-01-04T15:30:15Z"],
  ["2018-04-04 10:30:15 CEST", "2018-04-04T08:30:15Z"],
  ["2018-W14-3T10:30:15Z", "2018-04-04T10:30:15Z"],
  ["2018-094T10:30:15Z", "2018-04-04T10:30:15Z"],
  ["20180404T103015Z", "2018-04-04T10:30:15Z"],
  ["1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"],
])("%s is %s", (text, expected) => expect(read(text)).toBe(expected));

test.each([
  "",
  "yesterday",
  "2018-13-01T00:00:00Z",
  "2018-02-30T00:00:00Z",
  "2017-02-29T00:00:00Z",
  "2018-04-04T24:30:00Z",
  "2018-04-04T10:61:00Z",
  "31/Feb/2019:11:37:42 +0100",
  "n/a",
  "2018-04-04T10:30:15+99:00",
  "2018-04-04 13:30:15 PM",
  "2018-04-04 00:30:15 AM",
  "2018-04-04 10:30:15 Mars/Olympus",
  "2018-03-25 02:30:15 Europe/Berlin",
  "04/05/2018 10:30:15",
  "Apr  4 10:30:15",
])("%s is no time", (text) => expect(read(text)).toBeUndefined());

test("a local time is of the zone that is said, in winter and in summer", () => {
  expect(read("2018-01-15 12:00:00", "Europe/Berlin")).toBe("2018-01-15T11:00:00Z");
  expect(read("2018-07-15 12:00:00", "Europe/Berlin")).toBe("2018-07-15T10:00:00Z");
  expect(read("2018-07-15 12:00:00", "+05:30")).toBe("2018-07-15T06:30:00Z");
});

test("one that occurs twice is the first, one that does not exist is none", () => {
  expect(read("2018-10-28 02:30:00", "Europe/Berlin")).toBe("2018-10-28T00:30:00Z");
  expect(read("2018-03-25 02:30:00", "Europe/Berlin")).toBeUndefined();
});

test("what JavaScript itself makes of an instant, read back", () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), (millis) => {
      const date = new Date(millis);
      expect(parseTime(date.toISOString())).toBe(millis * 1000);
      expect(parseTime(date.toISOString().replace("T", " ").replace("Z", ""))).toBe(millis * 1000);
      expect(parseTime(date.toUTCString())).toBe(Math.floor(millis / 1000) * 1_000_000);
    }),
  );
});
