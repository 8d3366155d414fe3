import { expect, test } from "vitest";
import { policyWarnings } from "../../../../main/findings/answers/policy-warnings.ts";
import { CUTOFF, got, inquiries } from "../inquiry-of.ts";

const inquiryOf = inquiries();
const grants = [{ app: "a1", permission: "member_info", granted_at: CUTOFF }];
const call = got(CUTOFF, { operation: "GET /g/members", fields: ["from{Picture}", "name"] });

test("a policy that meets the case in every part is passed in silence, in any case of letters", () => {
  const rule = { applies_to: { api: ["GROUPS"], operations: ["get */MEMBERS"] }, exempt_apps: ["a1"] };
  expect(policyWarnings(inquiryOf([call], { registry: { grants }, rule }))).toEqual([]);
});

test("each part that meets nothing is named", () => {
  const rule = {
    applies_to: { api: ["group"], operations: ["POST *"] },
    restricted_fields: ["birthday"],
    exempt_apps: ["A1"],
    permission: "member",
    consent_permission: "opt_in",
  };
  expect(policyWarnings(inquiryOf([call], { registry: { grants }, rule }))).toEqual([
    "rule members: no grant of member is in the registry",
    "rule members: no consent for opt_in is in the registry",
    "rule members: no call is to the API group",
    "rule members: no call's operation is POST *",
    "rule members: no call names the field birthday",
    "rule members: no call is by the exempt app A1",
  ]);
});

test("parts that meet something each, and no call all of them, are said, and so is a value of the filter that no log has", () => {
  const calls = [call, got(CUTOFF, { api: "pages", operation: "GET /pages", fields: ["name", "picture"] })];
  const said = (applies_to: object) =>
    policyWarnings(
      inquiryOf(calls, { registry: { grants }, rule: { applies_to: { api: ["groups"], ...applies_to } } }),
    );
  const none = "rule members: no call in its time is all that applies_to names, so it speaks of none";
  expect(said({ operations: ["GET /pages"] })).toEqual([none]);
  expect(said({ operations: undefined, filter: "status:418" })).toEqual([none]);
  expect(said({ operations: undefined, filter: "app:(a1 or a77)" })).toEqual([
    "rule members: no log has a call with app:a77, which its filter names",
  ]);
  expect(said({ operations: undefined })).toEqual([]);
});

test("a cutoff at as_of speaks of no call; an absent as_of is said", () => {
  const warnings = (as_of: string | undefined) =>
    policyWarnings(inquiryOf([call], { registry: { grants }, policy: { as_of } }));
  expect(warnings(CUTOFF)).toEqual(["rule members: its cutoff is not before as_of, so it speaks of no call"]);
  expect(warnings("2018-04-04T00:00:00.000001Z")).toEqual([]);
  expect(warnings(undefined)[0]).toBe("as_of is absent: the last event's time is taken");
});

test("days without a clock are said, with what they stand for", () => {
  const given = { registry: { grants }, policy: { as_of: "2018-04-05" }, rule: { effective_from: "2018-04-04" } };
  expect(policyWarnings(inquiryOf([call], given))).toEqual([
    "as_of 2018-04-05 is a day without a clock: it is the day's end, 2018-04-06T00:00:00Z",
    "rule members: effective_from 2018-04-04 is a day without a clock: it is the day's beginning, UTC",
  ]);
});

test("an exempt app that the registry alone knows is no spelling", () => {
  const registry = { grants, apps: [{ app: "a7" }] };
  expect(policyWarnings(inquiryOf([call], { registry, rule: { exempt_apps: ["a7"] } }))).toEqual([]);
  expect(policyWarnings(inquiryOf([call], { registry, rule: { exempt_apps: ["a8"] } }))).toEqual([
    "rule members: no call is by the exempt app a8",
  ]);
});

test("a consent is of no use where no call in scope lists people", () => {
  const consents = [{ subject: "p1", app: "a1", permission: "opt_in", given_at: CUTOFF }];
  const given = { registry: { grants, consents }, rule: { consent_permission: "opt_in" } };
  const names = { ...call, fields: ["name", "picture"] };
  expect(policyWarnings(inquiryOf([names], given))).toEqual([]);
  for (const subjects of [[], undefined])
    expect(policyWarnings(inquiryOf([got(CUTOFF, { fields: ["name", "picture"], subjects })], given))).toEqual([
      "rule members: no call it speaks of lists people, so opt_in excuses none",
    ]);
});

test("a case without calls is not blamed on the policy's spelling, one without a policy not at all", () => {
  expect(policyWarnings(inquiryOf([], { registry: { grants }, rule: { applies_to: { api: ["nowhere"] } } }))).toEqual(
    [],
  );
  expect(policyWarnings(inquiryOf([call], { policy: null }))).toEqual([]);
});
