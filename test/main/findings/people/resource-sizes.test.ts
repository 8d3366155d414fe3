import { expect, test } from "vitest";
import { resourceSizes } from "../../../../main/findings/people/resource-sizes.ts";
import { datasets, noon } from "../../query/dataset-of.ts";

const datasetOf = datasets();

test("a resource has the size the registry gives it, 0 too; one that it leaves open, one it does not know and none have none", () => {
  const named = ["g1", "g0", "g-open", "g-strange", undefined];
  const dataset = datasetOf(
    named.map((resource, n) => ({ time: noon(1, n), ...(resource ? { resource } : {}) })),
    { resources: [{ resource: "g1", people: 12 }, { resource: "g0", people: 0 }, { resource: "g-open" }] },
  );
  const size = resourceSizes(dataset);
  expect(Array.from(dataset.columns.codes("resource"), size)).toEqual([12, 0, undefined, undefined, undefined]);
});
