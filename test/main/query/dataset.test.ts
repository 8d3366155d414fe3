import { expect, test } from "vitest";
import { EventSet } from "../../../main/query/columns/event-set.ts";
import { select } from "../../../main/query/results/selection.ts";
import { datasets, noon } from "./dataset-of.ts";

const datasetOf = datasets();

test("a set is worked out once; when 64 MB are full the one not used for longest is worked out again", () => {
  const dataset = datasetOf([{ time: noon(1) }]);
  const made: string[] = [];
  // 24 MB a set, a bit a position: two fit, three do not
  const ask = (key: string) =>
    dataset.kept(key, () => {
      made.push(key);
      return EventSet.none(24 * 1024 * 1024 * 8);
    });
  const first = ask("a");
  ask("b");
  expect(ask("a")).toBe(first);
  ask("c");
  expect(made).toEqual(["a", "b", "c"]);
  ask("a");
  ask("c");
  expect(made).toEqual(["a", "b", "c"]);
  ask("b");
  expect(made).toEqual(["a", "b", "c", "b"]);
});

test("a set larger than all the room is still given, and kept alone", () => {
  const dataset = datasetOf([{ time: noon(1) }]);
  const huge = () => EventSet.none(80 * 1024 * 1024 * 8);
  const kept = dataset.kept("huge", huge);
  expect(dataset.kept("huge", huge)).toBe(kept);
});

test.each([
  ["level:obtained", 1],
  ['"😀" or not (api:x finding:*)', 19],
])("%s is refused without a policy, by its place", (filter, position) => {
  expect(() => select(datasetOf([{ time: noon(1) }]), filter)).toThrow(
    expect.objectContaining({ code: "policy-missing", position, what: expect.stringMatching(`^at ${position}: .`) }),
  );
});

test("what asks for levels without a filter is refused without a policy too", () => {
  expect(() => datasetOf([{ time: noon(1) }]).judged).toThrow(expect.objectContaining({ code: "policy-missing" }));
});
