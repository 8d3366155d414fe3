import { expect, test } from "vitest";
import { clockTimes } from "../../../../main/remedy/clocks/clock-states.ts";
import { instantOf } from "../../../../shared/base/time.ts";
import { DUE_CLOCK } from "../../../../shared/model/accountability/due-clock.ts";

const times = (clock: object, facts: Record<string, string | string[]>, at: string) =>
  clockTimes(
    DUE_CLOCK.parse({ id: "c", trigger: "discovered", within: "P30D", ...clock }),
    new Map(Object.entries(facts).map(([name, value]) => [name, [value].flat()])),
    instantOf(at),
  );

const DUE = "2019-12-05T23:59:59.999999Z";
const DISCOVERED = { discovered: "2019-11-05T09:00:00Z" };

test("a clock does not run before its fact, runs to the last microsecond of its day, and is overdue behind it", () => {
  expect(times({}, {}, DUE)).toEqual({ state: "not-started" });
  expect(times({}, DISCOVERED, "2019-11-05T08:59:59.999999Z")).toEqual({ state: "not-started" });
  const running = { started: DISCOVERED.discovered, due: DUE };
  expect(times({}, DISCOVERED, DISCOVERED.discovered)).toEqual({ state: "running", ...running });
  expect(times({}, DISCOVERED, DUE)).toEqual({ state: "running", ...running });
  expect(times({}, DISCOVERED, "2019-12-06T00:00:00Z")).toEqual({ state: "overdue", ...running });
});

test("a fact given as a date is that day in the clock's zone: hours run from its beginning", () => {
  const clock = { within: "PT72H", timezone: "Europe/Berlin" };
  expect(times(clock, { discovered: "2019-10-25" }, "2019-10-26T00:00:00Z")).toEqual({
    state: "running",
    started: "2019-10-24T22:00:00Z",
    due: "2019-10-27T22:00:00Z",
  });
  expect(times({ timezone: "Europe/Berlin" }, { discovered: "2019-11-05" }, "2019-11-06T00:00:00Z")).toMatchObject({
    due: "2019-12-05T22:59:59.999999Z",
  });
});

test("what was done is done, early or late, once the time has come", () => {
  const late = { ...DISCOVERED, "done:c": "2019-12-07T10:00:00Z" };
  expect(times({}, late, "2019-12-07T09:59:59Z").state).toBe("overdue");
  expect(times({}, late, "2019-12-07T10:00:00Z")).toEqual({
    state: "done",
    started: DISCOVERED.discovered,
    due: DUE,
    done_on: "2019-12-07T10:00:00Z",
  });
});

test("a repeat counts from the due date that was met, not from the day on which it was", () => {
  const clock = { repeat: "P30D" };
  const once = { ...DISCOVERED, "done:c": "2019-11-20" };
  expect(times(clock, once, "2020-01-04T00:00:00Z")).toEqual({
    state: "done",
    started: DISCOVERED.discovered,
    due: DUE,
    done_on: "2019-11-20",
    next_due: "2020-01-04T23:59:59.999999Z",
  });
  expect(times(clock, once, "2020-01-05T00:00:00Z").state).toBe("overdue");
  const twice = { ...DISCOVERED, "done:c": ["2020-01-02", "2019-11-20"] };
  expect(times(clock, twice, "2020-01-05T00:00:00Z")).toMatchObject({
    state: "done",
    due: "2020-01-04T23:59:59.999999Z",
    done_on: "2020-01-02",
    next_due: "2020-02-03T23:59:59.999999Z",
  });
});

test("a monthly repeat goes from the day that was due, also where a short month had cut it", () => {
  const clock = { within: "P1M", repeat: "P1M" };
  const facts = { discovered: "2018-12-31", "done:c": ["2019-01-31", "2019-02-28"] };
  expect(times(clock, facts, "2019-03-01T00:00:00Z")).toMatchObject({
    due: "2019-02-28T23:59:59.999999Z",
    next_due: "2019-03-28T23:59:59.999999Z",
  });
});

test("a clock starts with another's end; without a repeat a later entry corrects it", () => {
  const last = { id: "final", trigger: "done:notice", within: "P1M" };
  expect(times(last, { aware: "2019-01-30" }, DUE)).toEqual({ state: "not-started" });
  expect(times(last, { "done:notice": ["2019-01-28", "2019-01-31T10:00:00Z"] }, "2019-02-01T00:00:00Z")).toEqual({
    state: "running",
    started: "2019-01-31T10:00:00Z",
    due: "2019-02-28T23:59:59.999999Z",
  });
});
