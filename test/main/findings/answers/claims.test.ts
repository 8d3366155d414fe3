import { expect, test } from "vitest";
import { claimResult, claimResults } from "../../../../main/findings/answers/claims.ts";
import type { Inquiry } from "../../../../main/findings/inquiry.ts";
import { CLAIM } from "../../../../shared/model/claims.ts";
import { AS_OF, BEFORE_AS_OF, CUTOFF, got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const claimed = (inquiry: Inquiry, over: object) =>
  claimResult(
    inquiry,
    CLAIM.parse({ id: "c", text: "so it was said", rule: "members", measure: "events", is: ">=", value: 1, ...over }),
  );
const verdicts = (inquiry: Inquiry, value: number, over: object = {}) =>
  [">=", ">", "=", "<", "<="].map((is) => claimed(inquiry, { is, value, ...over }).verdict);
/** A day's span: calls of its first hour say nothing of its other hours, so that it has no gap. */
const DAY = { policy: { as_of: "2018-04-05T00:00:00Z" } };
const [YES, NO, OPEN] = ["supported", "contradicted", "undetermined"];

test("where the logs show all, each comparison is decided, at the very number too", () => {
  const inquiry = inquiryOf([got(CUTOFF), got(CUTOFF)], DAY);
  expect(verdicts(inquiry, 1)).toEqual([YES, YES, NO, NO, NO]);
  expect(verdicts(inquiry, 2)).toEqual([YES, NO, YES, NO, YES]);
  expect(verdicts(inquiry, 3)).toEqual([NO, NO, NO, YES, YES]);
});

test("what the logs do not show can only add: an `at least` that is met and an `at most` that is broken stand, all else is open", () => {
  // two calls that got the field, one that does not say which it got
  const inquiry = inquiryOf([got(CUTOFF), got(CUTOFF), got(CUTOFF, { fields: undefined })], DAY);
  const over = { level: "obtained" };
  expect(verdicts(inquiry, 1, over)).toEqual([YES, YES, NO, NO, NO]);
  expect(verdicts(inquiry, 2, over)).toEqual([YES, OPEN, OPEN, NO, OPEN]);
  expect(verdicts(inquiry, 3, over)).toEqual([OPEN, OPEN, OPEN, OPEN, OPEN]);
  // with those that may have got it counted too, nothing is open
  expect(verdicts(inquiry, 3, { level: "possible+" })).toEqual([YES, NO, YES, NO, YES]);
});

test("a case without calls, or without those of the rule's API, bears out no `at most`", () => {
  const over = { level: "attempted+", measure: "developers", is: "<=", value: 5 };
  expect(claimed(inquiryOf([]), over)).toMatchObject({
    verdict: OPEN,
    measured: { value: 0, basis: "exact" },
    why: expect.stringContaining("the case holds no calls"),
  });
  expect(claimed(inquiryOf([], { policy: { as_of: undefined } }), over).verdict).toBe(OPEN);
  expect(claimed(inquiryOf([]), { ...over, level: "entitled+" }).verdict).toBe(OPEN);
  expect(claimed(inquiryOf([got(CUTOFF, { api: "pages" })]), over)).toMatchObject({
    verdict: OPEN,
    why: expect.stringContaining("no logs from 2018-04-04T00:00:00Z to 2019-11-05T00:00:00Z"),
  });
});

test("people that not every call lists are open to more, even where their upper bound would do", () => {
  const inquiry = inquiryOf([got(CUTOFF), got(CUTOFF, { subjects: undefined, subject_count: 3 })], DAY);
  // p1, and 3 more at most: between 3 and 4
  expect(verdicts(inquiry, 3, { measure: "people" })).toEqual([YES, OPEN, OPEN, NO, OPEN]);
  expect(verdicts(inquiry, 9, { measure: "people" })).toEqual([OPEN, OPEN, OPEN, OPEN, OPEN]);
});

test("a bound from above alone measures nobody: at least none", () => {
  const inquiry = inquiryOf([got(CUTOFF, { subjects: undefined, resource: "g1" })], {
    ...DAY,
    registry: { resources: [{ resource: "g1", people: 9 }] },
  });
  expect(claimed(inquiry, { measure: "people", value: 1 })).toMatchObject({
    verdict: OPEN,
    measured: { value: 9, basis: "at-most" },
  });
});

test("`entitled` rests on grants: no gap in the logs leaves it open; `recent` asks for the recent window", () => {
  const grants = [
    { app: "a1", permission: "member_info", granted_at: "2017-01-01T00:00:00Z", revoked_at: "2019-09-06T00:00:00Z" },
    { app: "a2", permission: "member_info", granted_at: "2017-01-01T00:00:00Z" },
  ];
  const inquiry = inquiryOf([], { registry: { grants } });
  const over = { measure: "apps", level: "entitled" };
  expect(verdicts(inquiry, 2, over)).toEqual([YES, NO, YES, NO, YES]);
  // 60 days before as_of are 6 September: a1 was revoked at that instant
  expect(verdicts(inquiry, 1, { ...over, recent: true })).toEqual([YES, NO, YES, NO, YES]);
});

test("`recent` counts from the window's first instant to just before as_of", () => {
  const times = ["2019-09-05T23:59:59.999999Z", "2019-09-06T00:00:00Z", BEFORE_AS_OF, AS_OF];
  expect(claimed(inquiryOf(times.map((time) => got(time))), { recent: true }).measured).toEqual({
    value: 2,
    basis: "exact",
  });
});

test("a gap touches a claim only inside the claim's own time", () => {
  // 10 calls an hour in the first six hours of two weeks, but for the fourth and fifth hour of the second
  const hours = Array.from({ length: 12 }, (_, n) => (n % 6) + (n < 6 ? 0 : 168)).filter(
    (hour) => hour !== 171 && hour !== 172,
  );
  const at = (hour: number) => new Date(Date.parse(CUTOFF) + hour * 3_600_000).toISOString();
  const inquiry = inquiryOf(
    hours.flatMap((hour) => Array.from({ length: 10 }, () => got(at(hour)))),
    { policy: { as_of: at(174) } },
  );
  const most = (filter: string) => claimed(inquiry, { is: "<=", value: 1000, filter }).verdict;
  // the gap is from 03:00 to 05:00 of 11 April
  expect(
    [
      "",
      "time<2018-04-11T03:00:00Z",
      "time<2018-04-11T03:00:01Z",
      "time>=2018-04-11T05:00:00Z",
      "time>=2018-04-11T04:59:59Z",
    ].map(most),
  ).toEqual([OPEN, YES, OPEN, YES, OPEN]);
  // another API's calls would not be in it
  expect(most("api:pages")).toBe(YES);
});

test("a claim without a measure is undetermined; one of a rule the policy has not is refused", () => {
  const inquiry = inquiryOf([got(CUTOFF)]);
  expect(claimResult(inquiry, CLAIM.parse({ id: "c", text: "we take privacy seriously" }))).toMatchObject({
    verdict: OPEN,
    filter: "",
  });
  expect(() => claimed(inquiry, { rule: "other" })).toThrow(expect.objectContaining({ code: "rule-unknown" }));
  expect(() => claimed(inquiryOf([got(CUTOFF)], { policy: null }), {})).toThrow(
    expect.objectContaining({ code: "policy-missing" }),
  );
  expect(claimResults(inquiry)).toEqual([]);
});

test("the filter of a claim shows its rows: rule, level, window and its own terms, an `or` in brackets", () => {
  const inquiry = inquiryOf([got(CUTOFF)]);
  const filter = (over: object) => claimed(inquiry, over).filter;
  expect(filter({ level: "possible+", recent: true, filter: "app:a1 or app:a2" })).toBe(
    "finding:members level:possible+ time:last60d (app:a1 or app:a2)",
  );
  expect(filter({ filter: " app:a1  status:200 " })).toBe("finding:members app:a1 status:200");
});
