import { describe, expect, test } from "vitest";
import { remedyOf } from "../../../main/remedy/remedy.ts";
import { knownMoment } from "../../../shared/base/moment.ts";
import type { Against, DeveloperRemedy } from "../../../shared/model/accountability/remedy.ts";
import { expectFilters, remedyAgrees, steppedInquiry } from "../../agreement/remedy.ts";
import { newCase } from "../../fixture.ts";
import type { Call, Input } from "../../reference/model.ts";
import { type Entry, STEPS } from "../../reference/remedy.ts";

const caseFile = newCase();
const inquiryOf = (input: Input, entries: readonly Entry[]) => steppedInquiry(caseFile, input, entries);

test("the engine and the slow second implementation agree on random small cases", () => remedyAgrees(250), 240_000);

const CUTOFF = "2018-04-04T00:00:00Z";
const base = (events: Call[], more: Partial<Input["registry"]> = {}, exempt: string[] = []): Input => ({
  events,
  registry: {
    developers: [{ developer_id: "D1", developer: "Acme" }],
    apps: [{ app: "a", developer_id: "D1" }],
    grants: [],
    consents: [],
    resources: [],
    ...more,
  },
  policy: {
    schema: "exhibit/policy@1",
    title: "Groups",
    as_of: "2019-11-05T00:00:00Z",
    recent_days: 60,
    rules: [
      {
        id: "r",
        title: "r",
        effective_from: CUTOFF,
        grace_days: 0,
        applies_to: { api: ["groups"] },
        restricted_fields: ["name"],
        permission: "p",
        exempt_apps: exempt,
      },
    ],
  },
});
const got = (time: string, app = "a"): Call => ({
  time,
  app,
  api: "groups",
  outcome: "allowed",
  fields: ["name"],
  subjects: ["u"],
});
const done = (step: Entry["step"], on: string): Entry => ({ rule: "r", developer_id: "D1", step, on });
const AT = "2019-12-02T00:00:00Z";

/** The row of D1, and what speaks against each of its entries. */
function rowOf(input: Input, entries: readonly Entry[], at = AT): { row: DeveloperRemedy; against: string[][] } {
  const inquiry = inquiryOf(input, entries);
  const rows = remedyOf(inquiry, { at: knownMoment(at) }).rules[0]?.developers ?? [];
  expectFilters(inquiry, rows);
  const row = rows.find(({ developer_id }) => developer_id === "D1") as DeveloperRemedy;
  const said = (each: Against) => ("events" in each ? `${each.kind} ${each.events}` : each.kind);
  return { row, against: row.entries.map(({ against }) => against.map(said)) };
}

describe("what speaks against a step", () => {
  const noon = got("2019-07-31T12:00:00Z");
  test.each<[string, Entry[], string[][]]>([
    ["a call at the very instant", [done("revoked", "2019-07-31T12:00:00Z")], [["calls 1"]]],
    ["no call a microsecond before it", [done("revoked", "2019-07-31T12:00:00.000001Z")], [[]]],
    ["no call on the day itself, where only a day is given", [done("revoked", "2019-07-31")], [[]]],
    ["a call on the day after", [done("revoked", "2019-07-30")], [["calls 1"]]],
    [
      "a call in the minute does not, and after it does",
      [done("revoked", "2019-07-31T12:00Z"), done("revoked", "2019-07-31T11:59Z")],
      [[], ["calls 1"]],
    ],
    [
      "calls say nothing against a notice and a request",
      [done("revoked", "2019-08-01"), done("notified", "2019-01-01"), done("requested", "2019-01-02")],
      [[], ["order"], []],
    ],
    [
      "each of two steps that repeat has its own calls",
      [done("revoked", "2019-07-01"), done("revoked", "2019-08-01")],
      [["calls 1"], []],
    ],
    [
      "a step before the nearest earlier one that is done",
      [done("revoked", "2019-08-01"), done("requested", "2019-08-05"), done("certified", "2019-08-04")],
      [[], [], ["order"]],
    ],
    [
      "not on the same day, whatever the clock says",
      [done("revoked", "2019-08-01T15:00:00Z"), done("notified", "2019-08-01")],
      [[], []],
    ],
    [
      "the earliest of several counts",
      [done("revoked", "2019-08-09"), done("revoked", "2019-08-01"), done("notified", "2019-08-05")],
      [[], [], []],
    ],
    [
      "a certificate that nobody asked for",
      [done("revoked", "2019-08-01"), done("certified", "2019-08-04")],
      [[], ["missing"]],
    ],
    ["a request without a notice is none", [done("revoked", "2019-08-01"), done("requested", "2019-08-04")], [[], []]],
    ["a notice before anything was revoked", [done("notified", "2019-08-04")], [["missing"]]],
    [
      "nothing against what is only planned",
      [{ rule: "r", developer_id: "D1", step: "certified", due: "2019-01-01" }],
      [[]],
    ],
    ["nothing against what was taken back", [{ ...done("revoked", "2019-01-01"), taken_back: "no" }], [[]]],
    ["nothing against what is not done yet at that time", [done("revoked", "2019-12-03")], [[]]],
  ])("%s", (_, entries, expected) => {
    expect(rowOf(base([noon]), entries).against).toEqual(expected);
  });

  test("calls at or after as_of, which no level judges, whatever came of them", () => {
    const events = [
      got("2019-11-05T00:00:00Z"),
      { ...got("2019-11-06T00:00:00Z"), outcome: "denied" as const },
      got("2019-11-07T00:00:00Z", "x"),
      { ...got("2019-11-08T00:00:00Z"), caller: "service" as const },
      { ...got("2019-11-09T00:00:00Z"), api: "events" },
      { ...got("2019-11-06T00:00:00Z"), duplicate: true as const },
    ];
    const apps = [
      { app: "a", developer_id: "D1" },
      { app: "x", developer_id: "D1" },
    ];
    const input = base(events, { apps }, ["x"]);
    expect(rowOf(input, [done("revoked", "2019-10-01")]).against).toEqual([["later 2"]]);
    expect(rowOf(input, [done("revoked", "2019-11-05")]).against).toEqual([["later 1"]]);
    expect(rowOf(input, [done("revoked", "2019-11-07")]).against).toEqual([[]]);
  });

  test.each<[string, Partial<Input["registry"]>, string, string[]]>([
    [
      "a grant that never ends",
      { grants: [{ app: "a", permission: "p", granted_at: "2017-01-01T00:00:00Z" }] },
      "2019-01-01",
      ["grant"],
    ],
    ["one that ends later", { grants: [grant("2019-01-03T00:00:00Z")] }, "2019-01-01", ["grant"]],
    ["not one that ends with the day", { grants: [grant("2019-01-02T00:00:00Z")] }, "2019-01-01", []],
    [
      "one that ends with the day, where the hour is told",
      { grants: [grant("2019-01-02T00:00:00Z")] },
      "2019-01-01T10:00:00Z",
      ["grant"],
    ],
    ["not one that ends at the very instant", { grants: [grant("2019-01-01T10:00:00Z")] }, "2019-01-01T10:00:00Z", []],
    [
      "one that is given anew later",
      { grants: [grant("2018-05-01T00:00:00Z"), { app: "a", permission: "p", granted_at: "2019-06-01T00:00:00Z" }] },
      "2019-01-01",
      ["grant"],
    ],
    [
      "not one of another permission",
      { grants: [{ ...grant("2019-06-01T00:00:00Z"), permission: "q" }] },
      "2019-01-01",
      [],
    ],
    [
      "not one of an exempt app",
      { apps: [{ app: "x", developer_id: "D1" }], grants: [{ ...grant("2019-06-01T00:00:00Z"), app: "x" }] },
      "2019-01-01",
      [],
    ],
    [
      "not one of an app that was another's by then",
      {
        apps: [
          { app: "a", developer_id: "D1", owned_until: "2018-12-01T00:00:00Z" },
          { app: "a", developer_id: "D2", owned_from: "2018-12-01T00:00:00Z" },
        ],
        grants: [grant("2019-06-01T00:00:00Z")],
      },
      "2019-01-01",
      [],
    ],
  ])("%s", (_, registry, on, expected) => {
    expect(rowOf(base([], registry, ["x"]), [done("revoked", on)]).against).toEqual([expected]);
  });
});

function grant(revoked_at: string) {
  return { app: "a", permission: "p", granted_at: "2017-01-01T00:00:00Z", revoked_at };
}

describe("how far a developer is", () => {
  const planned = (step: Entry["step"], due: string): Entry => ({ rule: "r", developer_id: "D1", step, due });
  const all = STEPS.map((step, index) => done(step, `2019-08-0${index + 1}`));
  test.each<[string, Entry[], object, string?]>([
    ["before the first step", [planned("revoked", "2020-01-01")], { state: undefined, next: "revoked", overdue: [] }],
    [
      "the furthest step done, and the first after it",
      [done("certified", "2019-09-01"), done("revoked", "2019-08-01")],
      { state: "certified", next: "audited" },
    ],
    ["closed, and nothing next", all, { state: "closed", next: undefined, overdue: [] }],
    ["what is done later than that time is not yet", all, { state: "notified", next: "requested" }, "2019-08-02"],
    [
      "a time on the day that is asked for is not after it",
      [done("revoked", "2019-08-02T15:00:00Z")],
      { state: "revoked" },
      "2019-08-02",
    ],
    [
      "and is after an instant before it",
      [done("revoked", "2019-08-02T15:00:00Z")],
      { next: "revoked" },
      "2019-08-02T00:00:00Z",
    ],
    [
      "a day has begun at its first instant",
      [done("revoked", "2019-08-02")],
      { state: "revoked" },
      "2019-08-02T00:00:00Z",
    ],
    [
      "what was taken back is not done",
      [done("revoked", "2019-08-01"), { ...done("certified", "2019-09-01"), taken_back: "no" }],
      { state: "revoked" },
    ],
    [
      "overdue when its day is over",
      [planned("audited", "2019-11-29")],
      { overdue: ["audited"] },
      "2019-11-30T00:00:00Z",
    ],
    ["and not before", [planned("audited", "2019-11-29")], { overdue: [] }, "2019-11-29T23:59:59.999999Z"],
    ["nor on that day", [planned("audited", "2019-11-29")], { overdue: [] }, "2019-11-29"],
    ["not at the very instant", [planned("audited", "2019-11-29T10:00:00Z")], { overdue: [] }, "2019-11-29T10:00:00Z"],
    ["met by its own day, however late", [{ ...planned("audited", "2019-11-01"), on: "2019-11-20" }], { overdue: [] }],
    [
      "met by a later entry of the step",
      [planned("audited", "2019-11-01"), done("audited", "2019-11-20")],
      { overdue: [] },
    ],
    [
      "not by an earlier one",
      [done("audited", "2019-10-20"), planned("audited", "2019-11-01")],
      { overdue: ["audited"] },
    ],
    [
      "not by one that was taken back",
      [planned("audited", "2019-11-01"), { ...done("audited", "2019-11-20"), taken_back: "no" }],
      { overdue: ["audited"] },
    ],
    [
      "nor by one not yet done",
      [planned("audited", "2019-11-01"), done("audited", "2019-11-20")],
      { overdue: ["audited"] },
      "2019-11-10",
    ],
    [
      "each step once, in their order",
      [planned("audited", "2019-11-02"), planned("notified", "2019-11-01"), planned("audited", "2019-11-01")],
      { overdue: ["notified", "audited"] },
    ],
  ])("%s", (_, entries, expected, at) => {
    const { state, next, overdue } = rowOf(base([]), entries, at).row;
    expect({ state, next, overdue }).toMatchObject(expected);
  });

  test("a developer with an entry alone stands behind those with a level, and has none", () => {
    const entries = [done("revoked", "2019-08-01"), { ...done("revoked", "2019-08-01"), developer_id: "D9" }];
    const rows = remedyOf(inquiryOf(base([got("2019-07-01T00:00:00Z")]), entries)).rules[0]?.developers ?? [];
    expect(rows.map(({ developer_id, level }) => [developer_id, level])).toEqual([
      ["D1", "obtained"],
      ["D9", undefined],
    ]);
  });

  test("findings list the steps done, in their order", () => {
    const inquiry = inquiryOf(base([got("2019-07-01T00:00:00Z")]), [
      done("notified", "2019-08-02"),
      planned("audited", "2019-12-01"),
      done("revoked", "2019-08-01T10:00:00Z"),
      { ...done("closed", "2019-08-03"), taken_back: "no" },
    ]);
    expect(inquiry.findings().rules[0]?.developers[0]?.remedy).toEqual([
      { step: "revoked", on: "2019-08-01T10:00:00Z" },
      { step: "notified", on: "2019-08-02" },
    ]);
  });

  test("the steps of a rule that the policy has no more stay", () => {
    const entries = [{ ...done("revoked", "2019-01-01"), rule: "gone" }];
    const { rules } = remedyOf(inquiryOf(base([got("2019-07-01T00:00:00Z")]), entries));
    expect(rules[1]).toMatchObject({ rule: "gone", developers: [{ developer_id: "D1", state: "revoked" }] });
  });
});
