import { expect, test } from "vitest";
import {
  FIELDS_OPEN,
  FIELDS_RESTRICTED,
  restrictedFields,
  scopeOf,
} from "../../../../main/findings/rules/rule-scope.ts";
import { instantOf } from "../../../../shared/base/time.ts";
import { RULE as POLICY_RULE } from "../../../../shared/model/policy.ts";
import type { Rule } from "../../../reference/model.ts";
import { datasets, noon, type SaidCall } from "../../query/dataset-of.ts";
import { AS_OF, CUTOFF, RULE } from "../inquiry-of.ts";

const datasetOf = datasets();
const rule = (over: Partial<Rule>) => POLICY_RULE.parse({ ...RULE, ...over });

function inside(applies_to: Rule["applies_to"], calls: readonly Partial<SaidCall>[]) {
  const dataset = datasetOf(calls.map((call, n) => ({ time: noon(5, n), ...call })));
  const scope = scopeOf(dataset, rule({ applies_to }), instantOf(CUTOFF), instantOf(AS_OF));
  return calls.map((_, p) => scope.inside(p));
}

test("no key narrows nothing: a call without API and operation is inside too", () => {
  expect(inside({}, [{}, { api: "x", operation: "GET /y" }])).toEqual([true, true]);
});

test("keys narrow together, and what a call does not say is outside of the key that asks for it", () => {
  const calls = [
    { api: "groups", operation: "GET /g/members" },
    { api: "groups", operation: "GET /g" },
    { api: "pages", operation: "GET /g/members" },
    { api: "groups" },
    { operation: "GET /g/members" },
  ];
  expect(inside({ api: ["groups"], operations: ["GET */members*"] }, calls)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(inside({ api: ["groups", "pages"] }, calls)).toEqual([true, true, true, true, false]);
});

test("a star is the only wildcard of operations, and stands for nothing too", () => {
  const calls = ["GET /m", "GET /members", "get /MEMBERS/1", "xGET /m", "GET /?"].map((operation) => ({ operation }));
  expect(inside({ operations: ["GET /m*"] }, calls)).toEqual([true, true, true, false, false]);
  expect(inside({ operations: ["GET /?"] }, calls)).toEqual([false, false, false, false, true]);
  expect(inside({ operations: [] }, calls)).toEqual(calls.map(() => false));
});

test("a rule's filter may name the rule's own cutoff, and narrows what the other keys left", () => {
  const calls = [{ time: "2018-04-03T00:00:00Z" }, { time: CUTOFF }, { time: noon(5), status: 500 }];
  expect(inside({ filter: "time>=cutoff -status:5xx" }, calls)).toEqual([false, true, false]);
});

test("duplicates and exempt apps do not count; a call without an app does", () => {
  const dataset = datasetOf([
    { time: noon(5), app: "a1" },
    { time: noon(6), app: "a2" },
    { time: noon(7) },
    { time: noon(8), app: "a2", duplicate: true },
  ]);
  const scope = scopeOf(dataset, rule({ exempt_apps: ["a1"] }), instantOf(CUTOFF), instantOf(AS_OF));
  expect([0, 1, 2, 3].map((p) => scope.counts(p))).toEqual([false, true, true, false]);
});

test("a rule that names no fields restricts every list, as it was logged, and what is not logged too", () => {
  const lists = [["id"], ["from{Name}", "id", "id"], [], undefined];
  const dataset = datasetOf(lists.map((fields, n) => ({ time: noon(5, n), ...(fields ? { fields } : {}) })));
  const { restricted_fields: _, ...open } = rule({});
  const { kind, got } = restrictedFields(dataset, open);
  const codes = Array.from(dataset.columns.codes("fields"));
  expect(codes.every((code) => kind[code] === FIELDS_RESTRICTED)).toBe(true);
  expect(codes.map((code) => got[code])).toEqual([["id"], ["from{Name}", "id"], ["*"], ["*"]]);
});

test("a list of fields is restricted where one of its paths is a restricted field, in the rule's own spelling", () => {
  const lists = [["id"], ["NAME", "id"], ["feed{from{Picture}}"], [], undefined];
  const dataset = datasetOf(lists.map((fields, n) => ({ time: noon(5, n), ...(fields ? { fields } : {}) })));
  const { kind, got } = restrictedFields(dataset, rule({}));
  const codes = Array.from(dataset.columns.codes("fields"));
  expect(codes.map((code) => kind[code])).toEqual([FIELDS_OPEN, FIELDS_RESTRICTED, FIELDS_RESTRICTED, 0, 0]);
  expect(codes.map((code) => got[code])).toEqual([[], ["name"], ["picture"], [], []]);
});
