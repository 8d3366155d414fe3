import fc from "fast-check";
import { expect, test } from "vitest";
import { histogram } from "../../../../main/query/results/histogram.ts";
import { select } from "../../../../main/query/results/selection.ts";
import { instantOf } from "../../../../shared/base/time.ts";
import { datasets, noon } from "../dataset-of.ts";

const datasetOf = datasets();
function bars(times: readonly string[], most: number) {
  const dataset = datasetOf(times.map((time) => ({ time })));
  return histogram(dataset, select(dataset, "").positions, most);
}

test("every event is in the one bucket that its time is in, and there are at most as many buckets as asked for", () => {
  const time = fc.oneof(
    fc.integer({ min: 0, max: 3 * 86_400_000 }).map((ms) => Date.UTC(2018, 3, 4) + ms),
    fc.integer({ min: Date.UTC(1969, 11, 20), max: Date.UTC(2020, 1, 1) }),
  );
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 40 }), (millis, most) => {
      const times = millis.map((ms) => new Date(ms).toISOString());
      const found = bars(times, most);
      expect(found.length).toBeLessThanOrEqual(most);
      expect(found.length).toBeGreaterThan(0);
      for (const { from, to, count } of found) {
        const inside = times.filter((each) => instantOf(from) <= instantOf(each) && instantOf(each) < instantOf(to));
        expect(count).toBe(inside.length);
      }
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(times.length);
      for (const [at, bucket] of found.slice(1).entries()) expect(bucket.from).toBe(found[at]?.to);
    }),
    { numRuns: 40 },
  );
});

test("an event on an edge is in the bucket that begins there, and empty buckets are shown", () => {
  expect(bars(["2018-04-04T00:00:00Z", "2018-04-04T01:59:59.999999Z", "2018-04-04T03:00:00Z"], 4)).toEqual([
    { from: "2018-04-04T00:00:00Z", to: "2018-04-04T01:00:00Z", count: 1 },
    { from: "2018-04-04T01:00:00Z", to: "2018-04-04T02:00:00Z", count: 1 },
    { from: "2018-04-04T02:00:00Z", to: "2018-04-04T03:00:00Z", count: 0 },
    { from: "2018-04-04T03:00:00Z", to: "2018-04-04T04:00:00Z", count: 1 },
  ]);
});

test("weeks begin on Monday", () => {
  // 2018-04-01 was a Sunday, 2018-04-02 a Monday
  const found = bars([noon(1), noon(2), noon(8), noon(9)], 3);
  expect(found.map(({ from, count }) => [from.slice(0, 10), count])).toEqual([
    ["2018-03-26", 1],
    ["2018-04-02", 2],
    ["2018-04-09", 1],
  ]);
});

test("a single bucket holds every event, a clock that stood at 1970 too", () => {
  expect(bars(["1970-01-01T00:00:00Z", "2018-04-04T12:00:00Z"], 1)).toMatchObject([
    { from: "1970-01-01T00:00:00Z", count: 2 },
  ]);
  // Sunday's last second and Monday's first
  expect(bars(["1970-01-04T23:59:59Z", "1970-01-05T00:00:00Z"], 1)).toEqual([
    { from: "1970-01-04T00:00:00Z", to: "1970-01-06T00:00:00Z", count: 2 },
  ]);
});

test("no events, no buckets; one event, one bucket of a second", () => {
  expect(bars([], 10)).toEqual([]);
  expect(bars(["2018-04-04T12:00:00.5Z"], 10)).toEqual([
    { from: "2018-04-04T12:00:00Z", to: "2018-04-04T12:00:01Z", count: 1 },
  ]);
});
