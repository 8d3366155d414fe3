import { expect, test } from "vitest";
import type { Inquiry } from "../../../../main/findings/inquiry.ts";
import {
  APART_FAILED,
  APART_UNKNOWN,
  ATTEMPTED,
  NONE,
  OBTAINED,
  POSSIBLE,
} from "../../../../main/findings/rules/judge.ts";
import type { SaidCall } from "../../query/dataset-of.ts";
import { AS_OF, BEFORE_AS_OF, BEFORE_CUTOFF, CUTOFF, got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const TIME = "2018-05-01T00:00:00Z";
const NAMES = new Map([
  [NONE, "none"],
  [ATTEMPTED, "attempted"],
  [POSSIBLE, "possible"],
  [OBTAINED, "obtained"],
  [APART_FAILED, "failed apart"],
  [APART_UNKNOWN, "unknown apart"],
]);
const verdicts = ({ judged: [first] }: Inquiry) => Array.from(first?.verdicts ?? [], (verdict) => NAMES.get(verdict));
const silent = { subjects: undefined };
const denied = { outcome: "denied", status: 403 } as const;
const unknown = { outcome: "unknown", status: undefined } as const;

test.each<[what: string, over: Parameters<typeof got>[1], verdict: string]>([
  ["got a restricted field of somebody", {}, "obtained"],
  ["a restricted field in any case", { fields: ["NAME"] }, "obtained"],
  ["a restricted field inside another", { fields: ["from{name}"] }, "obtained"],
  ["restricted fields, of whom the log does not say", silent, "obtained"],
  ["open fields alone", { fields: ["id"] }, "none"],
  ["fields unknown, somebody returned", { fields: undefined }, "possible"],
  ["an empty list of fields, which says nothing", { fields: [] }, "possible"],
  ["fields unknown, of whom unknown", { fields: undefined, ...silent }, "possible"],
  ["an empty list of people", { subjects: [] }, "attempted"],
  ["a count of nobody", { ...silent, subject_count: 0 }, "attempted"],
  ["an empty list beside a count of somebody: the count is believed", { subjects: [], subject_count: 2 }, "obtained"],
  ["204, which returns nobody", { ...silent, status: 204 }, "attempted"],
  ["205, which returns nobody", { ...silent, status: 205 }, "attempted"],
  ["300, the first that points elsewhere", { ...silent, status: 300 }, "attempted"],
  ["399, the last that points elsewhere", { ...silent, status: 399 }, "attempted"],
  ["206, which returns a part", { ...silent, status: 206 }, "obtained"],
  ["304, though the log counts two", { ...silent, status: 304, subject_count: 2 }, "obtained"],
  ["204, though the log lists one", { status: 204 }, "obtained"],
  ["204, fields unknown", { ...silent, status: 204, fields: undefined }, "attempted"],
  ["denied a restricted field", { ...denied, ...silent }, "attempted"],
  ["denied, fields unknown", { ...denied, ...silent, fields: undefined }, "attempted"],
  ["denied open fields", { ...denied, ...silent, fields: ["id"] }, "none"],
  ["failed", { outcome: "failed", status: 500 }, "failed apart"],
  ["outcome unknown, somebody listed", unknown, "obtained"],
  ["outcome unknown, somebody counted", { ...unknown, ...silent, subject_count: 1 }, "obtained"],
  ["outcome unknown, somebody listed, fields unknown", { ...unknown, fields: undefined }, "possible"],
  ["outcome unknown, nobody listed", { ...unknown, subjects: [] }, "unknown apart"],
  ["outcome unknown, of whom unknown", { ...unknown, ...silent }, "unknown apart"],
  ["a duplicate", { duplicate: true }, "none"],
  ["another API", { api: "pages" }, "none"],
  ["the API in another case", { api: "GROUPS" }, "obtained"],
  ["no API", { api: undefined }, "none"],
])("%s", (_, over, verdict) => {
  expect(verdicts(inquiryOf([got(TIME, over)]))).toEqual([verdict]);
});

test("the span is from the very instant of the cutoff, its grace over, to just before as_of", () => {
  const times = [BEFORE_CUTOFF, CUTOFF, "2018-04-07T00:00:00Z", BEFORE_AS_OF, AS_OF];
  const calls = times.map((time) => got(time));
  expect(verdicts(inquiryOf(calls))).toEqual(["none", "obtained", "obtained", "obtained", "none"]);
  expect(verdicts(inquiryOf(calls, { rule: { grace_days: 3 } }))).toEqual([
    "none",
    "none",
    "obtained",
    "obtained",
    "none",
  ]);
});

test("without an as_of the last call's time ends the span, and that call is outside", () => {
  const calls = [got(CUTOFF), got("2018-05-01T00:00:00Z")];
  expect(verdicts(inquiryOf(calls, { policy: { as_of: undefined } }))).toEqual(["obtained", "none"]);
});

test("a call that lists only people who consented counts nowhere; one of others among them counts", () => {
  const consent = (subject: string) => ({ subject, app: "a1", permission: "opt_in", given_at: "2018-04-15T00:00:00Z" });
  const calls: SaidCall[] = [
    got("2018-04-14T00:00:00Z"),
    got("2018-04-15T00:00:00Z"),
    got("2018-05-01T00:00:00Z", { subjects: ["p1", "p2"] }),
    got("2018-05-02T00:00:00Z", { subjects: ["p1", "p3"] }),
    got("2018-05-03T00:00:00Z", { app: "a2" }),
    got("2018-05-04T00:00:00Z", { subjects: [], ...denied }),
    got("2018-05-05T00:00:00Z", denied),
  ];
  const registry = { consents: [consent("p1"), consent("p2")] };
  expect(verdicts(inquiryOf(calls, { registry, rule: { consent_permission: "opt_in" } }))).toEqual([
    "obtained",
    "none",
    "none",
    "obtained",
    "obtained",
    "attempted",
    "none",
  ]);
  // the same, where the rule knows no consent
  expect(verdicts(inquiryOf(calls, { registry })).slice(0, 3)).toEqual(["obtained", "obtained", "obtained"]);
});

test("an exempt app counts nowhere, though the rule holds its calls", () => {
  const {
    judged: [judged],
  } = inquiryOf([got(TIME), got(TIME, { app: "a2" })], { rule: { exempt_apps: ["a1"] } });
  expect([...(judged?.verdicts ?? [])]).toEqual([NONE, OBTAINED]);
  expect([...(judged?.inside ?? [])]).toEqual([1, 1]);
});
