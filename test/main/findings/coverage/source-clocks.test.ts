import fc from "fast-check";
import { expect, test } from "vitest";
import { Engine } from "../../../../main/engine/engine.ts";
import { silenceOf } from "../../../../main/findings/coverage/empty-hours.ts";
import { clockOf } from "../../../../main/findings/coverage/source-clocks.ts";
import { imported } from "../../intake/imported.ts";

const SECOND = 1_000_000;
const NOON = 1_522_843_200 * SECOND;
const clock = (seconds: readonly number[]) =>
  clockOf(
    Float64Array.from(seconds, (each) => NOON + each * SECOND),
    Float64Array.from(seconds, (_, index) => index + 2),
  );
const steady = (from: number, to: number, step: number) =>
  Array.from({ length: Math.round((to - from) / step) }, (_, n) => from + n * step);

test("a clock that ran ahead, one that was set back, and a file that is merely a little out of order", () => {
  const ahead = [...steady(0, 600, 10), ...steady(7800, 8400, 10), ...steady(1200, 1800, 10)];
  expect(clock(ahead)).toMatchObject({
    order: "oldest first",
    backward: 1,
    jumps: 1,
    first_jumps: [
      {
        line: 122,
        before: 121,
        from: "2018-04-04T14:19:50Z",
        to: "2018-04-04T12:20:00Z",
        seconds: 7190,
        ahead_since: 62,
      },
    ],
  });
  const setBack = [...steady(0, 3600, 10), ...steady(0, 3600, 10)];
  const { first_jumps: jumps, ...rest } = clock(setBack);
  expect(rest).toMatchObject({ backward: 1, usual: 0, furthest: 3590, jumps: 1 });
  expect(jumps).toEqual([
    { line: 362, before: 361, from: "2018-04-04T12:59:50Z", to: "2018-04-04T12:00:00Z", seconds: 3590 },
  ]);
  // Every third record comes 30 s late: disorder, no jump, also not where one is three minutes late; ten times the usual is one.
  const late = steady(0, 2000, 10).map((second, index) => (index % 3 === 2 ? second - 30 : second));
  expect(clock(late)).toMatchObject({ backward: 66, usual: 20, jumps: 0 });
  expect(clock([...late, 1800])).toMatchObject({ backward: 67, furthest: 190, jumps: 0 });
  expect(clock([...late, 1780])).toMatchObject({ jumps: 1, first_jumps: [{ line: 202, seconds: 210 }] });
});

test("records in order have no step back, whichever way the file runs; every step back is counted", () => {
  const seconds = fc.array(fc.nat(100_000), { maxLength: 60 });
  fc.assert(
    fc.property(seconds, (list) => {
      const sorted = [...list].sort((a, b) => a - b);
      expect(clock(sorted)).toMatchObject({ order: "oldest first", backward: 0, jumps: 0 });
      expect(clock(sorted.toReversed())).toMatchObject({ backward: 0, jumps: 0 });
      const steps = list.slice(1).map((second, index) => second - (list[index] as number));
      const [up, down] = [steps.filter((step) => step > 0).length, steps.filter((step) => step < 0).length];
      const found = clock(list);
      expect(found.backward).toBe(Math.min(up, down));
      const against = steps.filter((step) => (down > up ? step > 0 : step < 0)).map(Math.abs);
      expect(found.furthest).toBe(Math.max(0, ...against));
      const usual = against.length < 5 ? 0 : (against.sort((a, b) => a - b)[against.length >> 1] as number);
      expect(found.jumps).toBe(against.filter((step) => step >= 60 && step > usual * 10).length);
    }),
  );
});

test("hours and days without events", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.array(fc.nat(2), { maxLength: 200 }), (start, middle) => {
      const counts = Float64Array.from([1, ...middle, 1]);
      const seen = new Set([...counts.keys()].filter((at) => counts[at]).map((at) => start + at));
      const days = new Set([...counts.keys()].map((at) => Math.floor((start + at) / 24)));
      const busy = new Set([...seen].map((hour) => Math.floor(hour / 24)));
      expect(silenceOf({ start, counts })).toEqual({
        hours: counts.length,
        empty_hours: counts.length - seen.size,
        days: days.size,
        empty_days: days.size - busy.size,
      });
    }),
  );
});

test("lines are those of the file, source by source, newest first too", async () => {
  const at = (hour: number) => `2018-04-0${1 + Math.floor(hour / 24)}T${String(hour % 24).padStart(2, "0")}:00:00Z,a`;
  const up = Array.from({ length: 40 }, (_, hour) => at(hour));
  up.splice(30, 0, at(2));
  const { caseFile } = await imported(`time,app\n${up.join("\n")}\n`, { name: "up.csv" });
  const down = Array.from({ length: 40 }, (_, hour) => `${at(hour)},x`).toReversed();
  await imported(`time,app,actor\n${down.join("\n")}\n`, { name: "down.csv", caseFile });
  const { clocks } = await new Engine(caseFile).ask("clocks", {});
  expect(clocks).toMatchObject([
    {
      source: 1,
      file: "up.csv",
      events: 41,
      order: "oldest first",
      backward: 1,
      first_jumps: [{ line: 32, before: 31 }],
    },
    { source: 2, file: "down.csv", events: 40, order: "newest first", backward: 0, first_jumps: [] },
  ]);
});
