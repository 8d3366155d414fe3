import { expect, test } from "vitest";
import { EventSet } from "../../../main/query/columns/event-set.ts";
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

test("level: and finding: are refused without a policy", () => {
  expect(() => datasetOf([{ time: noon(1) }]).judged).toThrow(expect.objectContaining({ code: "policy-missing" }));
});
