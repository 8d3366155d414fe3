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
    [...hours.flatMap((hour) => Array.from({ length: 10 }, () => got(at(hour)))), got(CUTOFF, { api: "pages" })],
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

test("a verdict on times or APIs that the rule speaks of in no case says so", () => {
  const inquiry = inquiryOf([got(CUTOFF), got(CUTOFF, { api: "pages" })], DAY);
  const none = { level: "obtained", is: "<=", value: 0 };
  const why = (over: object) => claimed(inquiry, { ...none, ...over }).why;
  expect(why({ filter: "time<2018" })).toContain("rule members speaks of no call in the time that the filter names");
  expect(why({ filter: "api:pages" })).toContain("rule members speaks of no API that the filter names");
  expect(why({ filter: "api:groups time:2018" })).not.toContain("speaks of no");
});

test("a source that the case has not is a spelling too", () => {
  const inquiry = inquiryOf([got(CUTOFF)], DAY);
  for (const filter of ["source:9", "source:gone.csv", "not source:9"])
    expect(claimed(inquiry, { filter, is: "<=", value: 5 })).toMatchObject({
      verdict: OPEN,
      why: expect.stringContaining("no log has a call with source:"),
    });
  expect(claimed(inquiry, { filter: "source:1", is: "<=", value: 5 }).verdict).toBe(YES);
});

test("a claim without a measure is undetermined, and so is one of a rule that the policy has no longer", () => {
  const inquiry = inquiryOf([got(CUTOFF)]);
  expect(claimResult(inquiry, CLAIM.parse({ id: "c", text: "we take privacy seriously" }))).toMatchObject({
    verdict: OPEN,
    filter: "",
  });
  expect(claimed(inquiry, { rule: "other" })).toEqual({
    id: "c",
    verdict: OPEN,
    why: 'The policy has no rule "other" (renamed or left out since the claim was given); it has members',
    filter: "",
  });
  expect(claimed(inquiry, { filter: "app!=a1" })).toMatchObject({
    verdict: OPEN,
    why: expect.stringContaining("at 1: "),
  });
  expect(claimed(inquiryOf([got(CUTOFF)], { policy: null }), {})).toMatchObject({
    verdict: OPEN,
    why: "The case has no policy",
  });
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

const GRANTS = { grants: [{ app: "a9", permission: "other", granted_at: CUTOFF }] };

test("`entitled` is undetermined where no grant of the permission is known; of callers, `entitled+` still says", () => {
  const over = { measure: "developers", level: "entitled" };
  for (const registry of [{}, GRANTS]) {
    const inquiry = inquiryOf([got(CUTOFF)], { ...DAY, registry });
    expect(verdicts(inquiry, 0, over)).toEqual([OPEN, OPEN, OPEN, OPEN, OPEN]);
    expect(claimed(inquiry, over).why).toContain("no grants of member_info are known");
    expect(verdicts(inquiry, 1, { ...over, level: "entitled+" })).toEqual([YES, OPEN, OPEN, NO, OPEN]);
  }
});

test("`entitled` counts neither calls nor people, and no filter of calls narrows it", () => {
  const registry = { grants: [{ app: "a1", permission: "member_info", granted_at: CUTOFF }] };
  const inquiry = inquiryOf([got(CUTOFF)], { ...DAY, registry });
  expect(claimed(inquiry, { level: "entitled", measure: "developers", value: 1 }).verdict).toBe(YES);
  for (const over of [{ measure: "events" }, { measure: "people" }, { measure: "apps", filter: "app:a1" }])
    expect(claimed(inquiry, { level: "entitled", is: "=", value: 0, ...over })).toMatchObject({
      verdict: OPEN,
      why: expect.stringContaining("`entitled` is a level of developers and apps"),
    });
});

test("a filter that names what no log has decides nothing, also behind `not` and `or`", () => {
  const registry = {
    apps: [{ app: "a7", developer_id: "d7" }],
    developers: [{ developer_id: "d7", developer: "Quiet" }],
  };
  const inquiry = inquiryOf([got(CUTOFF, { ip: "10.0.0.1" })], { ...DAY, registry });
  const none = (filter: string) => claimed(inquiry, { is: ">=", value: 0, filter });
  for (const [filter, term] of [
    ["api:nope", "api:nope"],
    ["-app:a2", "app:a2"],
    ["app:(a1 or a2)", "app:a2"],
    ['developer:"Acme Sociall"', 'developer:"Acme Sociall"'],
    ["fields:email", "fields:email"],
    ["operation:POST*", "operation:POST*"],
    ["ip:11.0.0.0/8", "ip:11.0.0.0/8"],
  ] as const)
    expect(none(filter)).toMatchObject({
      verdict: OPEN,
      why: expect.stringContaining(`no log has a call with ${term}`),
    });
  // what the registry knows is no spelling, and numbers, times and closed lists of words are none
  for (const filter of [
    "api:GROUPS",
    "app:a7",
    "developer:quiet",
    "status:5xx",
    "outcome:denied",
    "time:2018",
    "ip:10.0.0.1",
  ])
    expect(none(filter).verdict).toBe(YES);
});

test("a call of unknown outcome leaves open every level that it would have, had it been allowed", () => {
  const unknown = { status: undefined, outcome: "unknown" as const, subjects: undefined };
  const open = (over: object, call: object = {}) =>
    claimed(inquiryOf([got(CUTOFF, { app: "a2" }), got(CUTOFF, { ...unknown, ...call })], DAY), {
      is: "<=",
      value: 9,
      ...over,
    });
  for (const level of ["obtained", "possible+", "attempted+", undefined])
    expect(open({ level })).toMatchObject({
      verdict: OPEN,
      why: expect.stringContaining("of 1 calls nothing says how they ended"),
    });
  expect(open({ level: "attempted" }).verdict).toBe(YES);
  expect(open({ level: "possible" }).verdict).toBe(YES);
  // open fields alone, or outside the claim's filter: it would not count
  expect(open({}, { fields: ["id"] }).verdict).toBe(YES);
  expect(open({ filter: "app:a2" }).verdict).toBe(YES);
  // it may have got the field too
  expect(open({ level: "obtained" }, { fields: undefined }).verdict).toBe(OPEN);
});

test("a claim of allowed calls alone is open where calls of unknown outcome may have been allowed, and names them", () => {
  const unknown = (at: string, operation = "GetObject") =>
    got(at, { operation, status: undefined, outcome: "unknown", subjects: undefined });
  const calls = [
    got(CUTOFF, { operation: "ListBuckets" }),
    unknown("2018-04-04T00:01:00Z"),
    unknown("2018-04-04T00:02:00Z"),
    unknown("2018-04-04T00:03:00Z", "HeadObject"),
    got("2018-04-04T00:04:00Z", { operation: "GetObject", outcome: "denied", status: 403 }),
  ];
  const none = (over: object) => claimed(inquiryOf(calls, DAY), { is: "=", value: 0, measure: "events", ...over });
  const why =
    "of 2 calls nothing says how they ended (GetObject at 2018-04-04T00:01:00Z, GetObject at 2018-04-04T00:02:00Z)";
  const alone = { rule: undefined, level: undefined };
  for (const over of [
    { ...alone, filter: "operation:GetObject outcome:allowed" },
    { ...alone, filter: "operation:GetObject status:2xx" },
    { ...alone, filter: "operation:GetObject -outcome:(denied or failed or unknown)" },
    { level: "possible+", filter: "operation:GetObject" },
    { level: "possible+", filter: "operation:GetObject outcome:allowed" },
  ])
    expect(none(over)).toMatchObject({ verdict: OPEN, why: expect.stringContaining(why) });
  // What is said of refused calls, an allowed one could not break.
  expect(none({ ...alone, filter: "operation:HeadObject outcome:denied" }).verdict).toBe(YES);
  expect(none({ ...alone, filter: "operation:ListBuckets outcome:failed" }).verdict).toBe(YES);
});

test("a call of unknown outcome cannot add a developer, app or resource that is counted already", () => {
  const unknown = { status: undefined, outcome: "unknown" as const, subjects: undefined };
  const most = (measure: string, over: object) =>
    claimed(inquiryOf([got(CUTOFF, { resource: "g1" }), got(CUTOFF, { resource: "g1", ...unknown, ...over })], DAY), {
      measure,
      is: "<=",
      value: 1,
    }).verdict;
  for (const measure of ["developers", "apps", "resources"]) expect(most(measure, {})).toBe(YES);
  for (const measure of ["events", "people", "bytes"]) expect(most(measure, {})).toBe(OPEN);
  expect(most("developers", { app: "a2" })).toBe(OPEN);
  expect(most("apps", { app: "a2" })).toBe(OPEN);
  expect(most("apps", { app: undefined })).toBe(YES);
  expect(most("resources", { resource: "g2" })).toBe(OPEN);
  expect(most("resources", { resource: undefined })).toBe(OPEN);
});

test("bytes are summed and resources counted; a call that does not say leaves more open", () => {
  const calls = [got(CUTOFF, { bytes: 100, resource: "g1" }), got(CUTOFF, { bytes: 50, resource: "g1" })];
  const full = inquiryOf(calls, DAY);
  expect(claimed(full, { measure: "bytes", is: "=", value: 150 })).toMatchObject({
    verdict: YES,
    measured: { value: 150, basis: "exact" },
    why: expect.stringContaining("The record shows 150 bytes, exact; the claim says = 150"),
  });
  expect(verdicts(full, 1, { measure: "resources" })).toEqual([YES, NO, YES, NO, YES]);
  const partly = inquiryOf([...calls, got(CUTOFF)], DAY);
  expect(verdicts(partly, 150, { measure: "bytes" })).toEqual([YES, OPEN, OPEN, NO, OPEN]);
  expect(claimed(partly, { measure: "resources", value: 2 })).toMatchObject({
    verdict: OPEN,
    measured: { value: 1, basis: "at-least" },
    why: expect.stringContaining("1 calls do not name the resource they asked for"),
  });
  expect(claimed(inquiryOf([got(CUTOFF)], DAY), { measure: "bytes" }).measured).toEqual({
    value: null,
    basis: "not-logged",
  });
});
