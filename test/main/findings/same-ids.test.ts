import fc from "fast-check";
import { expect, test } from "vitest";
import { subjectsGot } from "../../../main/findings/answers/people-got.ts";
import { stackOf } from "../../../main/findings/answers/stack.ts";
import { Inquiry } from "../../../main/findings/inquiry.ts";
import { evaluate } from "../../../main/query/filter/evaluate.ts";
import { facet } from "../../../main/query/results/facets.ts";
import { select } from "../../../main/query/results/selection.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { resolve } from "../../../shared/filter/resolve.ts";
import { caseOf } from "../../fixture.ts";
import type { Input } from "../../reference/model.ts";
import { randomCase } from "../../reference/random.ts";
import { quickCase } from "../query/dataset-of.ts";

const IDS: Record<string, string> = {
  a1: "0000000a-000b-400c-800d-00000000000e",
  a2: "app.two@example.org",
  a3: "0000000f-000b-400c-800d-00000000000f",
  p1: "ada@example.org",
  p2: "0000000c-000b-400c-800d-0000000000aa",
  g1: "group.one@example.org",
};

/** Every id of IDS in a case, as a UUID or an address whose case `upper` chooses anew at each place. */
function spelled(input: Input, upper: () => boolean): Input {
  const text = JSON.stringify(input).replace(/"(a1|a2|a3|p1|p2|g1)"/gu, (_, id: string) => {
    const long = IDS[id] as string;
    return JSON.stringify(upper() ? long.toUpperCase() : long);
  });
  const spelt = JSON.parse(text) as Input;
  // a filter is text of its own
  for (const rule of spelt.policy.rules)
    if (rule.applies_to.filter !== undefined)
      rule.applies_to.filter = rule.applies_to.filter.replace("resource:g1", `resource:"${IDS.g1}"`);
  return spelt;
}

/** In small letters, and every list in the order of those. */
function inSmallLetters(said: unknown): unknown {
  if (typeof said === "string") return said.toLowerCase();
  if (typeof said !== "object" || said === null) return said;
  if (!Array.isArray(said))
    return Object.fromEntries(Object.entries(said).map(([key, value]) => [key, inSmallLetters(value)]));
  const order = (one: unknown) => JSON.stringify(one);
  return said.map(inSmallLetters).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

test("UUIDs and addresses are one whatever their case, in logs, registry, policy, people, filters and counts of values", () => {
  const caseFile = quickCase();
  const answer = (input: Input) => {
    const inquiry = new Inquiry(caseOf(input, caseFile));
    const count = (filter: string) => evaluate(resolve(parse(filter), {}), inquiry.dataset).count;
    const said = { findings: inquiry.findings(), people: inquiry.people(""), ids: inquiry.peopleList("") };
    return {
      said: inSmallLetters(said),
      facets: ["app", "resource", "subjects"].map((field) =>
        inSmallLetters(facet(inquiry.dataset, field, select(inquiry.dataset, ""))),
      ),
      stacks: [["subjects"], ["app"]].map((by) =>
        inSmallLetters(stackOf(inquiry, { filter: "", by, distinct: "subjects" }).rows),
      ),
      subject: inSmallLetters(subjectsGot(inquiry, "", ["ADA@example.ORG"])[0]),
      filters: Object.values(IDS).map((id) =>
        count(`app:"${id}" or subjects:"${id.toUpperCase()}" or resource:"${id}"`),
      ),
    };
  };
  fc.assert(
    fc.property(randomCase, fc.infiniteStream(fc.boolean()), (input, cases) => {
      const mixed = answer(spelled(input, () => cases.next().value as boolean));
      expect(mixed).toEqual(answer(spelled(input, () => false)));
    }),
    { numRuns: 25 },
  );
});

test("they are shown as first met: in the logs, else in the registry", () => {
  const [first, other] = ["Ada@Example.org", "ADA@EXAMPLE.ORG"];
  const call = { time: "2018-05-01T00:00:00Z", api: "groups", outcome: "allowed" as const, fields: ["name"] };
  const grant = { permission: "p", granted_at: "2017-01-01T00:00:00Z" };
  const inquiry = new Inquiry(
    caseOf(
      {
        events: [
          { ...call, app: first, subjects: ["Eve@x.org"] },
          { ...call, app: other, subjects: ["eve@X.org"] },
        ],
        registry: {
          developers: [],
          apps: [],
          grants: [other, "Bob@x.org", "bob@X.ORG"].map((app) => ({ ...grant, app })),
          consents: [],
          resources: [],
        },
        policy: {
          schema: "exhibit/policy@1",
          title: "t",
          recent_days: 60,
          as_of: "2019-11-05T00:00:00Z",
          rules: [
            {
              id: "r",
              title: "t",
              effective_from: "2018-04-04T00:00:00Z",
              grace_days: 0,
              applies_to: {},
              restricted_fields: ["name"],
              permission: "p",
            },
          ],
        },
      },
      quickCase(),
    ),
  );
  const [rule] = inquiry.findings().rules;
  expect(rule?.totals.entitled).toEqual({ developers: 2, apps: 2 });
  expect(rule?.developers.map((row) => row.apps)).toEqual([[first], ["Bob@x.org"]]);
  expect(inquiry.peopleList("")).toEqual(["Eve@x.org"]);
});
