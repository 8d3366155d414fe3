import { expect, test } from "vitest";
import { EventSet } from "../../../../main/query/columns/event-set.ts";
import { Selection, select } from "../../../../main/query/results/selection.ts";
import { datasets, noon } from "../dataset-of.ts";

const datasetOf = datasets();

test("duplicates are in a selection only where its filter speaks of them", () => {
  const dataset = datasetOf([
    { time: noon(1), app: "a1" },
    { time: noon(1), app: "a1", duplicate: true },
  ]);
  const count = (filter: string) => select(dataset, filter).count;
  expect(["", "app:a1", "duplicate:yes", "duplicate:no", "duplicate:*", "app:a1 -duplicate:yes"].map(count)).toEqual([
    1, 1, 1, 1, 2, 1,
  ]);
});

test("a page past the end is empty, one across it is what there is, also beyond the first thousand", () => {
  const selection = new Selection("", EventSet.range(2500, 0, 2500));
  const page = (offset: number, limit: number) => [...selection.page(offset, limit)];
  expect(page(2498, 10)).toEqual([2498, 2499]);
  expect(page(2500, 10)).toEqual([]);
  expect(page(999, 2)).toEqual([999, 1000]);
  expect(new Selection("", EventSet.none(0)).page(0, 10)).toHaveLength(0);
});

test("a selection in another order counts and pages in that order", () => {
  const selection = new Selection("", EventSet.range(3, 0, 3), Uint32Array.of(2, 0, 1));
  expect(selection.count).toBe(3);
  expect([...selection.page(1, 5)]).toEqual([0, 1]);
});

test("a filter that is none, and one that needs what the case has not, are refused", () => {
  const dataset = datasetOf([{ time: noon(1) }]);
  expect(() => select(dataset, "app:(")).toThrow(expect.objectContaining({ code: "filter-wrong" }));
  expect(() => select(dataset, "level:obtained")).toThrow(expect.objectContaining({ code: "policy-missing" }));
  expect(() => select(dataset, "time>=cutoff")).toThrow(expect.objectContaining({ code: "policy-missing" }));
});
