import fc from "fast-check";
import { expect, test } from "vitest";
import { periodOf } from "../../../shared/base/period.ts";
import { isoOf } from "../../../shared/base/time.ts";

test.each([
  ["2018", "2018-01-01T00:00:00Z", "2019-01-01T00:00:00Z"],
  ["2018-04", "2018-04-01T00:00:00Z", "2018-05-01T00:00:00Z"],
  ["2018-12", "2018-12-01T00:00:00Z", "2019-01-01T00:00:00Z"],
  ["2016-02-29", "2016-02-29T00:00:00Z", "2016-03-01T00:00:00Z"],
  ["2018-04-04T10", "2018-04-04T10:00:00Z", "2018-04-04T11:00:00Z"],
  ["2018-04-04T10:30", "2018-04-04T10:30:00Z", "2018-04-04T10:31:00Z"],
  ["2018-04-04t10:30:15z", "2018-04-04T10:30:15Z", "2018-04-04T10:30:16Z"],
  ["2018-04-04 10:30:15", "2018-04-04T10:30:15Z", "2018-04-04T10:30:16Z"],
  ["2018-04-04T10:30:15.123", "2018-04-04T10:30:15.123Z", "2018-04-04T10:30:15.123001Z"],
  ["2018-04-04T10:30:15,1234569Z", "2018-04-04T10:30:15.123456Z", "2018-04-04T10:30:15.123457Z"],
  ["2018-04-04T00:30+02:00", "2018-04-03T22:30:00Z", "2018-04-03T22:31:00Z"],
  ["2018-04-04T10-0330", "2018-04-04T13:30:00Z", "2018-04-04T14:30:00Z"],
  ["0001", "0001-01-01T00:00:00Z", "0002-01-01T00:00:00Z"],
])("%s is from %s up to %s", (text, from, to) => {
  const period = periodOf(text);
  if ("what" in period) throw new Error(period.what);
  expect([isoOf(period.from), isoOf(period.to)]).toEqual([from, to]);
});

test.each([
  "",
  "18",
  "2018-4",
  "2018-00",
  "2017-02-29",
  "2018-04-31",
  "2018-04-04T",
  "2018-04-04Z",
  "1522800000",
  "2018-04-04T1:00",
])("%j is no time", (text) => {
  expect(periodOf(text)).toHaveProperty("what");
});

test("every instant that isoOf writes is read back, and agrees with the platform's own reading", () => {
  fc.assert(
    fc.property(fc.integer({ min: -6e15, max: 8e15 }), (micros) => {
      const text = isoOf(micros);
      expect(periodOf(text)).toMatchObject({ from: micros });
      const millis = Math.floor(micros / 1000) * 1000;
      expect(Date.parse(isoOf(millis)) * 1000).toBe(millis);
    }),
  );
});
