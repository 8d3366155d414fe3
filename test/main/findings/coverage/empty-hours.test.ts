import { expect, test } from "vitest";
import { silenceOf } from "../../../../main/findings/coverage/empty-hours.ts";

test("days are those of the UTC clock that the hours touch, whole or in part", () => {
  // from 23:00 of day 0 to 01:00 of day 2: three days in 27 hours; day 1 is empty
  const counts = Float64Array.from({ length: 27 }, (_, hour) => (hour === 0 || hour === 26 ? 5 : 0));
  expect(silenceOf({ start: 23, counts })).toEqual({ hours: 27, empty_hours: 25, days: 3, empty_days: 1 });
});

test("a single hour is neither empty nor are its days, before 1970 too", () => {
  expect(silenceOf({ start: -1, counts: Float64Array.of(1) })).toEqual({
    hours: 1,
    empty_hours: 0,
    days: 1,
    empty_days: 0,
  });
  expect(silenceOf({ start: -1, counts: Float64Array.of(1, 1) })).toEqual({
    hours: 2,
    empty_hours: 0,
    days: 2,
    empty_days: 0,
  });
});
