import fc from "fast-check";
import { expect, test } from "vitest";
import {
  coverageOf,
  gapsOfApi,
  type Lane,
  lanesOf,
  silencesOf,
  silencesOfApi,
  silencesOfLane,
  summed,
} from "../../../../main/findings/coverage/coverage.ts";
import { HOUR, instantOf } from "../../../../shared/base/time.ts";
import { randomCase } from "../../../reference/random.ts";
import { datasets, quickCase } from "../../query/dataset-of.ts";

const datasetOf = datasets();
const WEEK = 168;
const lane = (start: number, counts: readonly number[]): Lane => ({
  source: 1,
  api: "groups",
  first: start * HOUR,
  last: (start + counts.length - 1) * HOUR,
  start,
  counts: Float64Array.from(counts),
});
/** So many calls in every hour of two weeks, none in those named. */
const steady = (perHour: number, empty: (hour: number) => boolean) =>
  Array.from({ length: 2 * WEEK }, (_, hour) => (empty(hour) ? 0 : perHour));
const all = (counts: readonly number[]) =>
  silencesOf(Float64Array.from(counts), 0, { from: 0, to: counts.length }).gaps;

test("a run is a gap from 20 expected calls on: 10 an hour, two hours", () => {
  expect(all(steady(10, (hour) => hour === 100))).toEqual([]);
  expect(all(steady(10, (hour) => hour === 100 || hour === 101))).toEqual([{ from: 100, to: 102, expected: 20 }]);
  expect(all(steady(20, (hour) => hour === 100))).toEqual([{ from: 100, to: 101, expected: 20 }]);
});

test("sixty thirds are twenty, whatever adding them up loses; fifty-nine are not", () => {
  // three weeks in which each of the first hours has one call in one of them, then one in which so many hours have none
  const weeks = (hours: number) =>
    Array.from({ length: 4 * WEEK }, (_, hour) => {
      const [week, at] = [Math.floor(hour / WEEK), hour % WEEK];
      return at >= hours || (week < 3 && at % 3 === week) ? 1 : 0;
    });
  expect(Array.from({ length: 60 }, () => 1 / 3).reduce((sum, third) => sum + third)).toBeLessThan(20);
  expect(all(weeks(60)).map(({ from, to }) => [from, to])).toEqual([[3 * WEEK, 3 * WEEK + 60]]);
  expect(all(weeks(59))).toEqual([]);
});

test("hours that are quiet every week are no gap", () => {
  expect(all(steady(50, (hour) => hour % 24 < 6))).toEqual([]);
});

test("what is usual is the mean of the same hour of up to four weeks before and four after, within the span", () => {
  // hour 0 of each week has 0, 10, 20 … calls; in week 5 it is empty: 4 weeks before are 10 to 40, after it 60 to 90
  const counts = Array.from({ length: 10 * WEEK }, (_, hour) =>
    hour % WEEK === 0 && hour !== 5 * WEEK ? (hour / WEEK) * 10 : 1,
  );
  counts[5 * WEEK] = 0;
  counts[0] = 1000;
  // (10 + 20 + 30 + 40 + 60 + 70 + 80 + 90) / 8 = 50; the 1000 lies five weeks before
  expect(all(counts)).toEqual([{ from: 5 * WEEK, to: 5 * WEEK + 1, expected: 50 }]);
});

test("another gap says nothing of what is usual", () => {
  // hour 10 is empty in week 1, after 30 calls in week 0; in week 0 hours 10 to 20 are full
  const counts = Array.from({ length: 3 * WEEK }, (_, hour) => (hour >= WEEK + 10 && hour < WEEK + 20 ? 0 : 4));
  for (let hour = 2 * WEEK + 10; hour < 2 * WEEK + 14; hour += 1) counts[hour] = 0;
  // week 1: ten hours of (4 + 0) / 2 for four of them and 4 for six are 32: a gap. Week 2: four hours, of which week 1 counts as
  // 0 at first, (4 + 0) / 2 * 4 = 8, and then not at all, 4 * 4 = 16: none
  expect(all(counts).map(({ from, to }) => [from, to])).toEqual([[WEEK + 10, WEEK + 20]]);
  // one hour more, 4 * 5 = 20: a gap only because week 1's is left out
  counts[2 * WEEK + 14] = 0;
  expect(all(counts).map(({ from, to, expected }) => [from, to, expected])).toEqual([
    [WEEK + 10, WEEK + 20, 40],
    [2 * WEEK + 10, 2 * WEEK + 15, 20],
  ]);
});

test("the time from the cutoff to the first call and from the last one to as_of is judged like any other", () => {
  const ours = [
    lane(
      WEEK,
      steady(10, () => false),
    ),
  ];
  // three hours before and two after, at 10 an hour
  const found = gapsOfApi(ours, (WEEK - 3) * HOUR, (3 * WEEK + 2) * HOUR);
  expect(found).toEqual([
    { from: WEEK - 3, to: WEEK, expected: 30 },
    { from: 3 * WEEK, to: 3 * WEEK + 2, expected: 20 },
  ]);
  // only whole hours: a cutoff a microsecond into an hour leaves that hour out, and so does an as_of a microsecond before its end
  expect(gapsOfApi(ours, (WEEK - 3) * HOUR + 1, (3 * WEEK + 2) * HOUR - 1)).toEqual([
    { from: WEEK - 2, to: WEEK, expected: 20 },
  ]);
});

test("an API without any call is one gap from end to end, and none where there is no whole hour", () => {
  expect(gapsOfApi([], 5 * HOUR, 8 * HOUR)).toEqual([{ from: 5, to: 8, expected: 0 }]);
  expect(gapsOfApi([], 5 * HOUR + 1, 7 * HOUR - 1)).toEqual([]);
  expect(gapsOfApi([], 8 * HOUR, 5 * HOUR)).toEqual([]);
});

test("what one source misses another may have: together they have no gap", () => {
  const holed = lane(
    0,
    steady(10, (hour) => hour >= 100 && hour < 110),
  );
  const filler = lane(
    100,
    Array.from({ length: 10 }, () => 1),
  );
  expect(gapsOfApi([holed], 0, 0).map(({ from, to }) => [from, to])).toEqual([[100, 110]]);
  expect(gapsOfApi([holed, filler], 0, 0)).toEqual([]);
  const { start, counts } = summed([filler, lane(95, [2, 2, 2, 2, 2, 2])]);
  expect([start, ...counts]).toEqual([95, 2, 2, 2, 2, 2, 3, ...Array.from({ length: 9 }, () => 1)]);
});

test("every call that is no duplicate is in the lane of its API and in the hour of its time", () => {
  const own = quickCase();
  fc.assert(
    fc.property(randomCase, (input) => {
      const lanes = lanesOf(datasetOf(input.events, {}, own));
      const calls = input.events.filter(({ duplicate }) => !duplicate);
      expect(lanes.map(({ api }) => api ?? "")).toEqual([...new Set(calls.map(({ api }) => api ?? ""))].sort());
      for (const { api, start, counts, first, last } of lanes) {
        const times = calls.filter((call) => call.api === api).map(({ time }) => instantOf(time));
        expect([first, last]).toEqual([Math.min(...times), Math.max(...times)]);
        const hours = Array.from(
          counts,
          (_, at) => times.filter((time) => Math.floor(time / HOUR) === start + at).length,
        );
        expect([...counts]).toEqual(hours);
      }
      const covered = coverageOf(lanes);
      expect(covered.reduce((sum, { events }) => sum + events, 0)).toBe(calls.length);
    }),
    { numRuns: 15 },
  );
});

test("a silence that duplicates fill is none, and they say what is usual in their source", () => {
  const own = steady(10, (hour) => (hour >= 100 && hour < 110) || hour >= WEEK + 30);
  const duplicates = Float64Array.from(own, (events, hour) => (events === 0 && hour < WEEK + 60 ? 10 : 0));
  const filled: Lane = { ...lane(0, own), last: (2 * WEEK - 1) * HOUR, duplicates };
  // hours 100 to 110 hold only duplicates; the last 108 hours of week 2 hold nothing
  expect(silencesOfLane(filled).gaps).toEqual([{ from: WEEK + 60, to: 2 * WEEK, expected: 1080 }]);
  expect(coverageOf([filled]).map(({ gaps }) => gaps.length)).toEqual([1]);
  // together with the source that has them first, each call counts once
  const other = lane(
    100,
    Array.from({ length: 10 }, () => 10),
  );
  const both = silencesOfApi([filled, other], 0, 0);
  expect(both.gaps).toEqual([{ from: WEEK + 60, to: 2 * WEEK, expected: 1080 }]);
});

test("a silence for which no other week says what is usual cannot be told, and is neither a gap nor none", () => {
  const short = lane(0, [9, 9, 0, 0, 0, 9]);
  expect(silencesOfLane(short)).toEqual({ gaps: [], untold: [{ from: 2, to: 5 }] });
  // a log without an empty hour has nothing to tell
  expect(silencesOfLane(lane(0, [1, 1, 1]))).toEqual({ gaps: [], untold: [] });
  // hours that are empty each week can be told: nothing was expected
  const quiet = lane(
    0,
    steady(9, (hour) => hour % 24 < 6),
  );
  expect(silencesOfLane(quiet)).toEqual({ gaps: [], untold: [] });
  // three hours of logs say nothing of the rest of the day that follows
  const { gaps, untold } = silencesOfApi([lane(0, [1, 1, 1])], 0, 24 * HOUR);
  expect([gaps, untold]).toEqual([[], [{ from: 3, to: 24 }]]);
});
