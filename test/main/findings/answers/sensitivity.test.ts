import { expect, test } from "vitest";
import { sensitivity } from "../../../../main/findings/answers/cutoff-sensitivity.ts";
import type { Inquiry } from "../../../../main/findings/inquiry.ts";
import { instantOf, isoOf } from "../../../../shared/base/time.ts";
import { chooseZone, sensitivityAgrees } from "../../../agreement/sensitivity.ts";
import type { Rule } from "../../../reference/model.ts";
import { AS_OF, CUTOFF, got, inquiries } from "../inquiry-of.ts";

const HOUR = 3_600_000_000;
const inquiryOf = inquiries();

test(
  "moving the cutoff gives what the policy would find with that cutoff, and each zone the calls that another could move",
  () => sensitivityAgrees(300),
  60_000,
);

const totals = (inquiry: Inquiry, by: string) => sensitivity(inquiry).rules[0]?.shifts.find((shift) => shift.by === by);

test("a call at the very instant of a moved cutoff is in, one a microsecond before it is out", () => {
  const hour = (micros: number) => isoOf(instantOf(CUTOFF) + HOUR + micros);
  expect(totals(inquiryOf([got(hour(0))]), "PT1H")).toMatchObject({
    cutoff: hour(0),
    totals: { obtained: { events: 1 } },
    in: [],
    out: [],
  });
  expect(totals(inquiryOf([got(hour(-1))]), "PT1H")).toMatchObject({
    totals: { obtained: { events: 0 } },
    out: ["app:a1"],
  });
});

test("possible+ and entitled are compared each for itself: one may enter the one and leave the other", () => {
  const grants = [
    { app: "a1", permission: "member_info", granted_at: "2018-01-01T00:00:00Z", revoked_at: "2018-04-04T12:00:00Z" },
  ];
  const calls = [got("2018-04-05T00:00:00Z"), got("2018-04-01T00:00:00Z", { app: "a2" })];
  const inquiry = inquiryOf(calls, { registry: { grants } });
  // The grant has ended when the cutoff comes a day later, and the call of a1 is in still.
  expect(totals(inquiry, "P1D")).toMatchObject({ in: [], out: ["app:a1"], totals: { entitled: { developers: 0 } } });
  expect(totals(inquiry, "-P7D")).toMatchObject({ in: ["app:a2"], out: [] });
  expect(totals(inquiry, "P7D")).toMatchObject({ in: [], out: ["app:a1"], totals: { obtained: { events: 0 } } });
});

test("a rule's filter that names the cutoff means the moved one", () => {
  const calls = [got("2018-04-04T10:00:00Z"), got("2018-04-06T00:00:00Z")];
  const rule: Partial<Rule> = { applies_to: { filter: "time<cutoff or time>2018-04-05" } };
  const inquiry = inquiryOf(calls, { rule });
  expect(totals(inquiry, "PT1H")?.totals.obtained.events).toBe(1);
  expect(totals(inquiry, "-P1D")?.totals.obtained.events).toBe(1);
});

test("a boundary counts from twelve hours before it to fourteen hours behind it, by the clock that was read", () => {
  const zones = (time: number, timezone: string) => {
    const inquiry = inquiryOf([got(isoOf(time))]);
    chooseZone(inquiry.dataset.caseFile, timezone, "mapping");
    return sensitivity(inquiry).rules[0]?.zones[0]?.could_move.events;
  };
  for (const boundary of [instantOf(CUTOFF), instantOf(AS_OF), instantOf(AS_OF) - 60 * 24 * HOUR])
    for (const [timezone, offset] of [
      ["UTC", 0],
      ["-03:30", -3.5 * HOUR],
    ] as const) {
      const [from, to] = [boundary - 12 * HOUR - offset, boundary + 14 * HOUR - offset];
      expect([from - 1, from, to - 1, to].map((time) => zones(time, timezone))).toEqual([0, 1, 1, 0]);
    }
});

test("sources whose logs say their zone are not among the zones; the others are, also where nothing could move", () => {
  const inquiry = inquiryOf([got("2019-01-01T00:00:00Z")]);
  expect(sensitivity(inquiry).rules[0]?.zones).toEqual([]);
  chooseZone(inquiry.dataset.caseFile, "UTC", "assumed");
  const none = { events: 0, developers: 0 };
  expect(sensitivity(inquiry).rules[0]?.zones).toEqual([
    { source: 1, timezone: "UTC", timezone_from: "assumed", could_move: none },
  ]);
  expect(() => sensitivity(inquiry, "other")).toThrow(/no rule "other"/u);
  expect(sensitivity(inquiryOf([got(CUTOFF)], { policy: null }))).toEqual({ rules: [] });
});

test("without as_of and without a call nothing moves, and nothing fails", () => {
  const empty = inquiryOf([], { policy: { as_of: undefined } });
  expect(sensitivity(empty).rules[0]?.shifts.every((shift) => shift.totals.obtained.events === 0)).toBe(true);
});
