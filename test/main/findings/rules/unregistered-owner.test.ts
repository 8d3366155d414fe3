import { expect, test } from "vitest";
import { unregisteredOwner } from "../../../../main/findings/rules/unregistered-owner.ts";
import { datasets, noon } from "../../query/dataset-of.ts";

const datasetOf = datasets();

test("an app nobody registered is whose its first call with a name says, first by time and not by line", () => {
  const dataset = datasetOf([
    { time: noon(3), app: "a1", developer: "Late" },
    { time: noon(1), app: "a1" },
    { time: noon(2), app: "a1", developer: "Early" },
    { time: noon(1), developer: "Nobody's" },
    { time: noon(1), app: "a2" },
  ]);
  const owner = unregisteredOwner(dataset);
  expect([owner("a1").id, owner("a2").id, owner("never called").id]).toEqual([
    "name:Early",
    "app:a2",
    "app:never called",
  ]);
});

test("a first name that the registry knows is its developer", () => {
  const dataset = datasetOf([{ time: noon(1), app: "a1", developer: "acme" }], {
    developers: [{ developer_id: "d1", developer: "Acme" }],
  });
  expect(unregisteredOwner(dataset)("a1")).toEqual({ id: "d1", name: "Acme", shown: "Acme" });
});
