import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Case } from "../../../../main/case/case.ts";
import {
  cutoffOf,
  importClaims,
  importPolicy,
  loadClaims,
  loadPolicy,
  policyDocument,
  ruleNamed,
} from "../../../../main/findings/rules/policy.ts";
import { instantOf, isoOf } from "../../../../shared/base/time.ts";
import { RULE as POLICY_RULE } from "../../../../shared/model/policy.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { quickCase } from "../../query/dataset-of.ts";
import { RULE } from "../inquiry-of.ts";

const fileOf = (text: string, name = "policy.json") => {
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, text);
  return file;
};
const policyText = (over: object = {}, ...rules: object[]) =>
  JSON.stringify({ schema: "exhibit/policy@1", rules: rules.length > 0 ? rules : [RULE], ...over });

test("grace is whole days of 24 hours after the rule took effect; a bare date is its midnight", () => {
  const cutoff = (effective_from: string, grace_days: number) =>
    isoOf(cutoffOf(POLICY_RULE.parse({ ...RULE, effective_from, grace_days })));
  expect(cutoff("2018-04-04", 0)).toBe("2018-04-04T00:00:00Z");
  expect(cutoff("2018-12-31T12:00:00+02:00", 1)).toBe("2019-01-01T10:00:00Z");
  expect(cutoff("2016-02-28T00:00:00Z", 2)).toBe("2016-03-01T00:00:00Z");
});

test("the last policy imported is in force, word for word, and each import is in custody with its rules", () => {
  const caseFile = quickCase();
  expect([loadPolicy(caseFile), policyDocument(caseFile)]).toEqual([undefined, undefined]);
  importPolicy(caseFile, fileOf(policyText()));
  const second = `\uFEFF${policyText({ recent_days: 7 })}`;
  importPolicy(caseFile, fileOf(second), "B");
  expect(loadPolicy(caseFile)?.recent_days).toBe(7);
  expect(policyDocument(caseFile)).toBe(second);
  const acts = caseFile.db
    .prepare("select entry from custody order by seq")
    .pluck()
    .all()
    .map((entry) => JSON.parse(entry as string) as object);
  expect(acts.slice(1)).toMatchObject([
    { act: "policy" },
    { act: "policy", by: "B", detail: { file: "policy.json", rules: ["members"] } },
  ]);
});

test("a policy of an older version, with an empty list or a tag in a filter, still opens", () => {
  const caseFile = quickCase();
  const document = policyText({}, { ...RULE, applies_to: { api: [], filter: "tag:x" } });
  caseFile.db.prepare("insert into policy (name, sha256, document, at) values ('p', '', ?, '')").run(document);
  expect(loadPolicy(caseFile)?.rules[0]?.applies_to).toEqual({ api: [], filter: "tag:x" });
});

/** Of all refusals, made at the first. */
let untouched: Case | undefined;

test.each([
  ["{", "it is not valid JSON"],
  ["[]", "the document: "],
  [policyText({ recent: 60 }), 'unknown key "recent"'],
  [policyText({}, { ...RULE, grace: 1 }), 'rules[0]: unknown key "grace"'],
  [policyText({}, { ...RULE, restricted_fields: [] }), "rules[0].restricted_fields: must name at least one field"],
  [policyText({}, { ...RULE, effective_from: "April" }), "rules[0].effective_from: must be a time"],
  [policyText({}, RULE, RULE), 'two rules have the id "members"'],
  [policyText({}, { ...RULE, applies_to: { filter: "app:(" } }), "rule members, applies_to.filter: "],
  [policyText({}, { ...RULE, applies_to: { filter: "-(app:a or level:obtained)" } }), "its filter names level"],
  [policyText({}, { ...RULE, applies_to: { filter: "finding:members" } }), "its filter names finding"],
  [policyText({}, { ...RULE, applies_to: { filter: "tag:x" } }), "its filter names tag, which changes with the case"],
  [policyText({}, { ...RULE, applies_to: { filter: "api:a -note:*" } }), "its filter names note, which changes with"],
  [policyText({}, { ...RULE, applies_to: { filter: "app!=1041" } }), "applies_to.filter: at 1: `app!=1041`"],
  [policyText({}, { ...RULE, applies_to: { api: [] } }), "rule members: applies_to.api is an empty list"],
  [policyText({}, { ...RULE, applies_to: { operations: [] } }), "rule members: applies_to.operations is an empty list"],
  [
    policyText({}, RULE).replace('"grace_days":0', '"grace_days":0,\n"grace_days":90'),
    'has the key "grace_days" twice in one object, on line 1 and on line 2',
  ],
  [policyText({}, RULE).replace("{", "{ // since April\n"), "line 1, column 3: a comment, which JSON does not have"],
  [policyText({}, RULE).replace(/\}$/u, ",}"), "a comma before `}`, with nothing in between: take it out"],
])("%s is refused by the place of its fault, and the case is left as it was", (text, why) => {
  untouched ??= quickCase();
  const caseFile = untouched;
  const acts = () => caseFile.db.prepare("select count(*) from custody").pluck().get();
  const before = acts();
  expect(() => importPolicy(caseFile, fileOf(text))).toThrow(
    expect.objectContaining({ code: "policy-wrong", message: expect.stringContaining(why) }),
  );
  expect([loadPolicy(caseFile), acts()]).toEqual([undefined, before]);
});

test("claims are refused alike: two of one id, a filter that is none, a measure without a number", () => {
  const caseFile = quickCase();
  const claim = { id: "c", text: "at least 1", measure: "events", is: ">=", value: 1 };
  const text = (...claims: object[]) => fileOf(JSON.stringify({ schema: "exhibit/claims@1", claims }), "claims.json");
  for (const wrong of [[claim, claim], [{ ...claim, filter: "app:(" }], [{ id: "c", text: "", measure: "events" }], []])
    expect(() => importClaims(caseFile, text(...wrong))).toThrow(expect.objectContaining({ code: "claims-wrong" }));
  expect(loadClaims(caseFile)).toBeUndefined();
  importClaims(caseFile, text(claim));
  expect(loadClaims(caseFile)?.claims).toEqual([{ ...claim, recent: false, filter: "" }]);
});

test("claims that cannot be judged are refused, and those in force stay", () => {
  const caseFile = quickCase();
  const claim = { id: "c", text: "at least 1", measure: "events", is: ">=", value: 1 };
  const text = (over: object) =>
    fileOf(JSON.stringify({ schema: "exhibit/claims@1", claims: [{ ...claim, ...over }] }), "claims.json");
  const refused = (over: object, code: string, why: string) =>
    expect(() => importClaims(caseFile, text(over))).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(why) }),
    );
  refused({ rule: "members" }, "policy-missing", "claim c needs a rule, and the case has no policy");
  refused({ filter: "time>=cutoff" }, "claims-wrong", "`cutoff` needs a policy");
  importPolicy(caseFile, fileOf(policyText({}, RULE, { ...RULE, id: "second" })));
  importClaims(caseFile, text({ id: "good", rule: "second" }));
  refused({ rule: "first" }, "claims-wrong", 'claim c: the policy has no rule "first", only members, second');
  refused({ level: "possible+" }, "claims-wrong", "it names no rule, and the policy has several: members, second");
  refused({ recent: true }, "claims-wrong", "it names no rule, and the policy has several");
  refused({ value: 2.5 }, "claims-wrong", "claim c: its value 2.5 is no whole number");
  refused({ filter: "app:1 || app:2" }, "claims-wrong", "claim c, filter: at 7: ");
  expect(loadClaims(caseFile)?.claims).toMatchObject([{ id: "good" }]);
});

test("a rule is named by its id; without a policy, or with another name, it is refused with the ids there are", () => {
  const caseFile = quickCase();
  expect(() => ruleNamed(undefined, "members")).toThrow(expect.objectContaining({ code: "policy-missing" }));
  const policy = importPolicy(caseFile, fileOf(policyText({}, RULE, { ...RULE, id: "second" })));
  expect(ruleNamed(policy, "second").id).toBe("second");
  expect(() => ruleNamed(policy, "Members")).toThrow(
    expect.objectContaining({ code: "rule-unknown", todo: "choose one of members, second" }),
  );
  expect(instantOf(policy.rules[0]?.effective_from ?? "")).toBe(instantOf("2018-04-04"));
});

test.each([
  [
    '{"schema":"exhibit/policy@1",\n"as_of":"2019-01-01",\n"as_of":"2018-01-01","rules":[]}',
    /"as_of".* on line 2 and on line 3/u,
  ],
  [`{"schema":"exhibit/policy@1","rules":[{"id":"a",\n"id":"b"}]}`, /"id".* on line 1 and on line 2/u],
  [policyText({ as_of: "9999-12-31T23:59:59.9999999Z" }), /as_of: .*no fraction/u],
])("a policy of which one part could be taken for two is refused by name: %s", (text, why) => {
  const caseFile = quickCase();
  expect(() => importPolicy(caseFile, fileOf(text))).toThrow(why);
  expect(loadPolicy(caseFile)).toBeUndefined();
});

test("claims with a key twice are refused by name and line", () => {
  const text = '{"schema":"exhibit/claims@1","claims":[{"id":"a","text":"t",\n"value":1,\n"value":2}]}';
  expect(() => importClaims(quickCase(), fileOf(text, "claims.json"))).toThrow(
    /claims\.json: it has the key "value" twice in one object, on line 2 and on line 3/u,
  );
});

test("a policy of more rules than a case takes is refused before it is judged", () => {
  const rules = Array.from({ length: 1001 }, (_, at) => ({ ...RULE, id: `r${at}` }));
  const caseFile = quickCase();
  expect(() => importPolicy(caseFile, fileOf(policyText({}, ...rules)))).toThrow(
    expect.objectContaining({ code: "policy-wrong", what: expect.stringContaining("1,001 rules") }),
  );
  expect(importPolicy(caseFile, fileOf(policyText({}, ...rules.slice(1)))).rules).toHaveLength(1000);
});
