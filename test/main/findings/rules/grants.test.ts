import { expect, test } from "vitest";
import { Grants } from "../../../../main/findings/rules/grants.ts";
import { unregisteredOwner } from "../../../../main/findings/rules/unregistered-owner.ts";
import { instantOf, isoOf } from "../../../../shared/base/time.ts";
import { RULE as POLICY_RULE } from "../../../../shared/model/policy.ts";
import type { RegistryRows } from "../../../reference/model.ts";
import { datasets } from "../../query/dataset-of.ts";
import { AS_OF, CUTOFF, RULE } from "../inquiry-of.ts";

const datasetOf = datasets();
const day = (text: string) => instantOf(`${text}T00:00:00Z`);
type Held = readonly [app: string, from: string, until?: string | undefined, permission?: string];

/** Grants by days, held by the owners given: app, developer, owned from, owned until. */
function grantsOf(
  held: readonly Held[],
  apps: RegistryRows["apps"] = [{ app: "a1", developer_id: "d1" }],
  exempt: string[] = [],
) {
  const dataset = datasetOf([], {
    apps,
    grants: held.map(([app, from, until, permission = "member_info"]) => ({
      app,
      permission,
      granted_at: `${from}T00:00:00Z`,
      ...(until ? { revoked_at: `${until}T00:00:00Z` } : {}),
    })),
  });
  return new Grants(dataset, POLICY_RULE.parse({ ...RULE, exempt_apps: exempt }), unregisteredOwner(dataset));
}
const entitled = (grants: Grants, from = CUTOFF, until = AS_OF) =>
  [...grants.entitled(instantOf(from), instantOf(until))].map(([owner, apps]) => [owner.id, ...apps]);

test("entitled is who held the permission at an instant of the span: revoked at its very beginning or given at its end is not", () => {
  expect(entitled(grantsOf([["a1", "2017-01-01", "2018-04-04"]]))).toEqual([]);
  expect(entitled(grantsOf([["a1", "2017-01-01", "2018-04-05"]]))).toEqual([["d1", "a1"]]);
  expect(entitled(grantsOf([["a1", "2019-11-05"]]))).toEqual([]);
  expect(entitled(grantsOf([["a1", "2019-11-04"]]))).toEqual([["d1", "a1"]]);
});

test("other permissions, exempt apps and grants of no length entitle nobody", () => {
  expect(entitled(grantsOf([["a1", "2017-01-01", undefined, "else"]]))).toEqual([]);
  expect(entitled(grantsOf([["a1", "2017-01-01"]], undefined, ["a1"]))).toEqual([]);
  expect(entitled(grantsOf([["a1", "2018-05-01", "2018-05-01"]]))).toEqual([]);
});

test("of an app that changed hands every owner is entitled while it was held; a time without an owner is the app's own", () => {
  const apps = [
    { app: "a1", developer_id: "d1", owned_until: "2018-05-01T00:00:00Z" },
    { app: "a1", developer_id: "d2", owned_from: "2018-06-01T00:00:00Z" },
  ];
  expect(entitled(grantsOf([["a1", "2017-01-01"]], apps)).sort()).toEqual([
    ["app:a1", "a1"],
    ["d1", "a1"],
    ["d2", "a1"],
  ]);
  // revoked before d2 owned it, and given to d1 alone
  expect(entitled(grantsOf([["a1", "2018-04-10", "2018-05-01"]], apps))).toEqual([["d1", "a1"]]);
});

test("each holder's share of a grant is cut to its ownership", () => {
  const apps = [
    { app: "a1", developer_id: "d1", owned_until: "2018-05-01T00:00:00Z" },
    { app: "a1", developer_id: "d2", owned_from: "2018-05-01T00:00:00Z" },
  ];
  const found = [...grantsOf([["a1", "2018-04-10", "2018-07-01"]], apps).holders(instantOf(CUTOFF), instantOf(AS_OF))];
  expect(
    found.map(({ owner, from, until }) => [owner.id, isoOf(from).slice(0, 10), isoOf(until).slice(0, 10)]).sort(),
  ).toEqual([
    ["d1", "2018-04-10", "2018-05-01"],
    ["d2", "2018-05-01", "2018-07-01"],
  ]);
});

test("ended is from the end of a grant on until the next begins, and never before the first", () => {
  const grants = grantsOf([
    ["a1", "2018-05-01", "2018-06-01"],
    ["a1", "2018-07-01", "2018-08-01"],
  ]);
  const days = ["2018-04-30", "2018-05-01", "2018-06-01", "2018-06-30", "2018-07-01", "2018-08-01"];
  expect(days.map((each) => grants.ended("a1", day(each)))).toEqual([false, false, true, true, false, true]);
  expect(grants.ended("a2", day("2018-08-01"))).toBe(false);
});

test("the ended spans are those in which a call comes after its grant, with overlapping grants as one", () => {
  const grants = grantsOf([
    ["a1", "2018-05-01", "2018-07-01"],
    ["a1", "2018-05-10", "2018-06-01"],
    ["a1", "2018-08-01", "2018-09-01"],
  ]);
  const spans = grants.endedSpans("a1");
  expect(spans).toEqual([
    { from: day("2018-07-01"), until: day("2018-08-01") },
    { from: day("2018-09-01"), until: Number.POSITIVE_INFINITY },
  ]);
  for (const date of [
    "2018-04-30",
    "2018-05-01",
    "2018-06-01",
    "2018-06-30",
    "2018-07-01",
    "2018-07-31",
    "2018-08-01",
    "2018-09-01",
    "2019-01-01",
  ])
    expect(
      spans.some(({ from, until }) => from <= day(date) && day(date) < until),
      date,
    ).toBe(grants.ended("a1", day(date)));
  expect(grants.endedSpans("a2")).toEqual([]);
});

test("a developer's revocation is the latest end of its grants, none while one of its apps still holds one", () => {
  const apps = [
    { app: "a1", developer_id: "d1" },
    { app: "a2", developer_id: "d1" },
  ];
  const ends = (...held: Held[]) =>
    [...grantsOf(held, apps).revocations(instantOf(AS_OF))].map(([id, end]) => [id, isoOf(end)]);
  expect(ends(["a1", "2018-01-01", "2018-05-01"], ["a2", "2018-01-01", "2018-06-01"])).toEqual([
    ["d1", "2018-06-01T00:00:00Z"],
  ]);
  expect(ends(["a1", "2018-01-01", "2018-05-01"], ["a2", "2018-01-01"])).toEqual([]);
  // revoked at as_of itself: not held then; a day later: still held
  expect(ends(["a1", "2018-01-01", "2019-11-05"])).toEqual([["d1", AS_OF]]);
  expect(ends(["a1", "2018-01-01", "2019-11-06"])).toEqual([]);
});
