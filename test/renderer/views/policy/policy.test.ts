import { describe, expect, it } from "vitest";
import {
  documentOf,
  draftOf,
  idOf,
  NO_POLICY,
  NO_RULE,
  withNewRule,
} from "../../../../renderer/session/policy-draft.ts";
import { faultsOf } from "../../../../renderer/views/policy/faults.ts";
import { ruleOfFilter } from "../../../../renderer/views/policy/from-filter.ts";
import { filterAfter } from "../../../../renderer/views/policy/funnel.ts";
import type { Known } from "../../../../renderer/views/policy/use-known.ts";
import { ruleInWords } from "../../../../renderer/views/policy/words.ts";
import { POLICY } from "../../../../shared/model/policy.ts";

const KNOWN: Known = {
  isRead: true,
  apis: [{ value: "groups", count: 9 }],
  operations: [{ value: "GET /{group-id}/members", count: 9 }],
  fields: [{ value: "name", count: 9 }],
  fieldPaths: ["name"],
  apps: [{ value: "a1", count: 9 }],
  permissions: [{ value: "member_info", count: 1 }],
  consents: [],
  lastCall: "2019-11-05T00:00:00Z",
};
const RULE = { ...NO_RULE, id: "r", title: "R", effective_from: "2018-04-04" };
const policy = (rule: Partial<typeof NO_RULE> = {}, more: Partial<typeof NO_POLICY> = {}) => ({
  ...NO_POLICY,
  ...more,
  rules: [{ ...RULE, ...rule }],
});
const faults = (draft: typeof NO_POLICY) => faultsOf(draft, KNOWN).map(({ key, text }) => `${key}: ${text}`);

describe("a policy while it is written", () => {
  it("is the document that was read, key by key; what says nothing is left out", () => {
    const read = POLICY.parse({
      schema: "exhibit/policy@1",
      rules: [
        {
          id: "r",
          effective_from: "2018-04-04T00:00:00Z",
          grace_days: 30,
          applies_to: { api: ["groups"], filter: "status:200" },
          restricted_fields: ["name"],
          permission: "member_info",
        },
      ],
    });
    const document: unknown = JSON.parse(documentOf(draftOf(read)));
    expect(POLICY.parse(document)).toEqual(read);
    expect(Object.keys((document as { rules: object[] }).rules[0] as object)).not.toContain("exempt_apps");
  });

  it("gives each rule an id of its own", () => {
    const one = withNewRule(NO_POLICY, { ...NO_RULE, title: "No names, Ämter" });
    expect(withNewRule(one, { ...NO_RULE, title: "No names, Ämter" }).rules.map(({ id }) => id)).toEqual([
      "no-names-amter",
      "no-names-amter-2",
    ]);
    expect(idOf("…")).toBe("rule");
  });
});

describe("what is wrong stands beside its field", () => {
  it("says nothing of what can be set", () => expect(faults(policy({ api: ["groups"] }))).toEqual([]));

  it.each([
    [policy({ effective_from: "" }), "effective_from: A rule needs a day from which it is in force."],
    [policy({ effective_from: "4.4.2018" }), 'effective_from: "4.4.2018" is no day'],
    [
      policy({ effective_from: "2020-01-01" }, { as_of: "2019-11-05" }),
      "effective_from: 2020-01-01 is not before as-of",
    ],
    [policy({ grace_days: "-1" }), "grace_days: Grace is a whole number of days."],
    [policy({ id: "a b" }), "id: An id holds letters"],
    [policy({ filter: "level:obtained" }), 'filter: "level:" cannot stand in a rule'],
    [policy({ filter: "(" }), "filter: "],
    [policy({ api: ["gruops"] }), 'api: "gruops" is no API in these logs. Did you mean groups?'],
    [policy({ operations: ["/members"] }), 'operations: "/members" is no operation of these logs.'],
    [policy({ permission: "x" }), 'permission: No grant of "x" is in the registry.'],
    [policy({}, { as_of: "soon" }), 'as_of: "soon" is no day'],
    [{ ...NO_POLICY, rules: [] }, "rules: A policy needs at least one rule."],
    [{ ...NO_POLICY, rules: [RULE, RULE] }, 'id: Two rules have the id "r".'],
  ])("%#", (draft, sentence) => {
    expect(faults(draft)[0]).toContain(sentence);
  });
});

describe("the calls that a line leaves", () => {
  it("are those of a filter: of the line and all above it", () => {
    const draft = policy(
      {
        api: ["groups"],
        operations: ["GET /x*"],
        restricted_fields: ["name", "picture"],
        exempt_apps: ["a 1"],
        grace_days: "1",
      },
      { as_of: "2019-11-05" },
    );
    const rule = draft.rules[0] as typeof RULE;
    expect(filterAfter("all", draft, rule, undefined)).toBe("");
    expect(filterAfter("api", draft, rule, undefined)).toBe("api:groups");
    expect(filterAfter("exempt_apps", draft, rule, undefined)).toBe(
      'api:groups operation:"GET /x"* -caller:service time>=2018-04-05 time<2019-11-06 (fields:(name or picture) or -fields:*) -app:"a 1"',
    );
  });

  it("end with the last call where no as-of is named", () =>
    expect(filterAfter("as_of", policy(), RULE, "2019-11-05T01:00:00Z")).toBe(
      "-caller:service time>=2018-04-04 time<2019-11-05T01:00:00Z",
    ));
});

describe("a filter as a rule", () => {
  it("gives its lines what a rule can hold, and names what it cannot", () => {
    const { rule, asOf, left } = ruleOfFilter(
      'api:groups operation:"GET /x"* fields:(name or picture) time>=2018-04-04 time<2019-01-01 -app:a1 status:200 tag:seen outcome:allowed time>=cutoff',
    );
    expect(rule).toMatchObject({
      api: ["groups"],
      operations: ["GET /x*"],
      restricted_fields: ["name", "picture"],
      effective_from: "2018-04-04",
      exempt_apps: ["a1"],
      filter: "status:200",
    });
    expect(asOf).toBe("2019-01-01T00:00:00Z");
    expect(left).toHaveLength(3);
  });

  it("keeps an outermost or as one filter", () =>
    expect(ruleOfFilter("api:a or status:200").rule).toMatchObject({ api: [], filter: "(api:a or status:200)" }));
});

it("a rule in words says what it forbids, from when, and who kept access", () =>
  expect(
    ruleInWords({
      ...RULE,
      api: ["groups"],
      restricted_fields: ["name", "picture"],
      permission: "p",
      grace_days: "30",
    }),
  ).toBe(
    "From 2018-05-04 an app may no longer get name or picture through groups. Whoever still holds p then kept access.",
  ));
