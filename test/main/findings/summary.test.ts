import { expect, test } from "vitest";
import { decide } from "../../../main/findings/dispositions.ts";
import type { Inquiry } from "../../../main/findings/inquiry.ts";
import type { RuleFindings } from "../../../shared/model/finding.ts";
import { AS_OF, BEFORE_AS_OF, CUTOFF, got, inquiries } from "./inquiry-of.ts";

const inquiryOf = inquiries();
const summary = (inquiry: Inquiry) => inquiry.findings().rules[0] as RuleFindings;
const silent = { subjects: undefined };
const OWNERS = {
  developers: [{ developer_id: "d1", developer: "Acme" }, { developer_id: "d2" }],
  apps: [
    { app: "a1", developer_id: "d1" },
    { app: "a2", developer_id: "d2" },
  ],
};

test("a month ends at UTC midnight, a year too, whatever zone the log wrote; months without calls have no row", () => {
  const calls = [
    "2018-12-31T23:59:59.999999Z",
    "2019-01-01T00:00:00Z",
    "2019-01-31T23:30:00-01:00",
    "2019-03-01T00:00:00+01:00",
  ].map((time) => got(time));
  const rows = summary(inquiryOf(calls)).by_month;
  // 23:30 an hour west is 00:30 of February; midnight an hour east is 23:00 of February
  expect(rows.map(({ month, obtained }) => [month, obtained.events])).toEqual([
    ["2018-12", 1],
    ["2019-01", 1],
    ["2019-02", 2],
  ]);
});

test("recent is what lies within recent_days before as_of: its first instant in, as_of itself out, attempts not counted", () => {
  // 60 days before 5 November are 6 September
  const calls = [
    got("2019-09-05T23:59:59.999999Z"),
    got("2019-09-06T00:00:00Z"),
    got(BEFORE_AS_OF, { fields: undefined }),
    got(AS_OF),
    got("2019-10-01T00:00:00Z", { outcome: "denied" }),
  ];
  const { totals, developers } = summary(inquiryOf(calls));
  expect(totals.recent).toEqual({ developers: 1, apps: 1, events: 2, people: { value: 1, basis: "exact" } });
  expect(developers.map(({ recent }) => recent)).toEqual([true]);
  expect(summary(inquiryOf(calls.slice(0, 1))).developers[0]?.recent).toBe(false);
});

test("a developer is listed once, under the most it did, and counted under every level it has calls of", () => {
  const calls = [
    got(CUTOFF),
    got(CUTOFF, { fields: undefined }),
    got(CUTOFF, { outcome: "denied" }),
    got(CUTOFF, { app: "a2", outcome: "denied" }),
  ];
  const { totals, developers } = summary(inquiryOf(calls, { registry: OWNERS }));
  expect(developers.map(({ developer_id, level }) => [developer_id, level])).toEqual([
    ["d1", "obtained"],
    ["d2", "attempted"],
  ]);
  expect(
    [totals.attempted, totals.possible, totals.obtained].map(({ developers, apps, events }) => [
      developers,
      apps,
      events,
    ]),
  ).toEqual([
    [2, 2, 2],
    [1, 1, 1],
    [1, 1, 1],
  ]);
});

test("developers come by level, then by calls, then by id", () => {
  const apps = ["b", "a", "c", "c", "d", "e"];
  const calls = apps.map((app) =>
    got(CUTOFF, { app, ...(app === "d" ? { fields: undefined } : app === "e" ? { outcome: "denied" } : {}) }),
  );
  const grants = [{ app: "z", permission: "member_info", granted_at: CUTOFF }];
  expect(
    summary(inquiryOf(calls, { registry: { grants } })).developers.map(({ developer_id }) => developer_id),
  ).toEqual(["app:c", "app:a", "app:b", "app:d", "app:e", "app:z"]);
});

test("a developer that only held the permission is entitled, with its app and no call", () => {
  const grants = [{ app: "a2", permission: "member_info", granted_at: "2017-01-01T00:00:00Z" }];
  const { totals, developers } = summary(inquiryOf([], { registry: { ...OWNERS, grants } }));
  expect(totals.entitled).toEqual({ developers: 1, apps: 1 });
  expect(developers).toEqual([
    {
      ...{ developer_id: "d2", developer: "d2", level: "entitled", recent: false, entitled: true, apps: ["a2"] },
      attempted: { events: 0 },
      possible: { events: 0, people: { value: 0, basis: "exact" } },
      obtained: { events: 0, people: { value: 0, basis: "exact" }, fields: [] },
      ...{ allowed_after_revocation: 0, status: "open", remedy: [] },
    },
  ]);
});

test("after a revocation are the calls from its very instant on that got or may have got data", () => {
  const grants = [
    { app: "a1", permission: "member_info", granted_at: "2017-01-01T00:00:00Z", revoked_at: "2018-05-01T00:00:00Z" },
  ];
  const times = ["2018-04-30T23:59:59.999999Z", "2018-05-01T00:00:00Z", "2018-06-01T00:00:00Z"];
  const calls = [
    ...times.map((time) => got(time)),
    got("2018-07-01T00:00:00Z", { outcome: "denied" }),
    got("2018-07-01T00:00:00Z", { app: "a2" }),
  ];
  const [first, second] = summary(inquiryOf(calls, { registry: { ...OWNERS, grants } })).developers;
  expect(first).toMatchObject({ developer_id: "d1", allowed_after_revocation: 2, revoked_at: "2018-05-01T00:00:00Z" });
  // a2 never held a grant: nothing was revoked
  expect(second).toMatchObject({ developer_id: "d2", allowed_after_revocation: 0 });
  expect(second).not.toHaveProperty("revoked_at");
});

test("people are counted once over all calls, by level and developer; a count makes the number one between bounds", () => {
  const calls = [
    got(CUTOFF, { subjects: ["p1", "p2"] }),
    got(CUTOFF, { subjects: ["p2", "p3"], app: "a2" }),
    got(CUTOFF, { ...silent, subject_count: 5 }),
  ];
  const { totals, developers } = summary(inquiryOf(calls, { registry: OWNERS }));
  // p1, p2, p3 and up to 5 more, of whom 5 at least are different
  expect(totals.obtained.people).toEqual({ value: 5, at_most: 8, basis: "between" });
  expect(developers.map(({ obtained }) => obtained.people)).toEqual([
    { value: 5, at_most: 7, basis: "between" },
    { value: 2, basis: "exact" },
  ]);
});

test("people who consented are not counted, the others of the same call are", () => {
  const consents = [
    { subject: "p1", app: "a1", permission: "opt_in", given_at: CUTOFF, withdrawn_at: "2018-05-01T00:00:00Z" },
  ];
  const people = (time: string) =>
    summary(
      inquiryOf([got(time, { subjects: ["p1", "p2"] })], {
        registry: { consents },
        rule: { consent_permission: "opt_in" },
      }),
    ).totals.obtained.people;
  expect([CUTOFF, "2018-05-01T00:00:00Z"].map(people)).toEqual([
    { value: 1, basis: "exact" },
    { value: 2, basis: "exact" },
  ]);
});

test("fields are as requested, as returned or both, as the calls say; without a call that got any nothing is said", () => {
  const basis = (...said: ("requested" | undefined)[]) =>
    summary(inquiryOf(said.map((fields_are) => got(CUTOFF, { fields_are })))).totals.obtained.fields_are;
  expect([basis(), basis("requested"), basis(undefined), basis("requested", undefined)]).toEqual([
    undefined,
    "requested",
    "returned",
    "both",
  ]);
});

test("a finding bears the decision that holds as soon as it was made", () => {
  const inquiry = inquiryOf([got(CUTOFF)], { registry: OWNERS });
  expect(summary(inquiry).developers[0]?.status).toBe("open");
  decide(inquiry.dataset.caseFile, { rule: "members", developer_id: "d1", disposition: "confirmed", reason: "seen" });
  inquiry.forgetDecisions();
  expect(summary(inquiry).developers[0]?.status).toBe("confirmed");
});

test("calls of the platform's own services are left out and counted apart, unless the rule names its callers", () => {
  const calls = [
    got(CUTOFF),
    got(CUTOFF, { caller: "app" }),
    got(CUTOFF, { caller: "service", app: "s1" }),
    got(CUTOFF, { caller: "service", app: "s1", outcome: "failed" }),
    got(CUTOFF, { caller: "service", app: "s1", outcome: "unknown" }),
    got(CUTOFF, { caller: "service", api: "pages" }),
    got(CUTOFF, { caller: "service", duplicate: true }),
    got(AS_OF, { caller: "service" }),
    got(CUTOFF, { caller: "user", app: "a2" }),
  ];
  const events = (caller?: ("app" | "user" | "service")[]) => {
    const inquiry = inquiryOf(calls, { rule: { applies_to: { api: ["groups"], ...(caller && { caller }) } } });
    const { totals, service_calls: services } = summary(inquiry);
    return [totals.obtained.events, services, inquiry.apartOf(inquiry.judged[0] as (typeof inquiry.judged)[0])];
  };
  expect(events()).toEqual([3, 3, { failed: 0, unknown: 0 }]);
  // Named callers are all that the rule speaks of: a call that does not say what called is none of them.
  expect(events(["app", "user"])).toEqual([2, undefined, { failed: 0, unknown: 0 }]);
  // The one of unknown outcome lists somebody, so it counts.
  expect(events(["service"])).toEqual([2, undefined, { failed: 1, unknown: 0 }]);
});

test("where no service called, findings say nothing of them", () => {
  expect(summary(inquiryOf([got(CUTOFF, { caller: "app" })]))).not.toHaveProperty("service_calls");
});
