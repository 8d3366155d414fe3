import { expect, test } from "vitest";
import { PeopleCount } from "../../../../main/findings/people/people-count.ts";

/** Resources 1 and 2 are known to hold 10 and 100 people; 0 is none named. */
const SIZES = new Map([
  [1, 10],
  [2, 100],
]);

function count(people: readonly number[], unlisted: readonly (readonly [resource: number, count: number])[]) {
  const counter = new PeopleCount((resource) => SIZES.get(resource));
  for (const person of people) counter.addPerson(person);
  for (const [resource, number] of unlisted) counter.addUnlisted(resource, number);
  return counter.result();
}

test("where every call lists its people, the number of different ones is exact; no call, nobody", () => {
  expect(count([3, 5, 3, 70_000], [])).toEqual({ value: 3, basis: "exact" });
  expect(count([], [])).toEqual({ value: 0, basis: "exact" });
});

test("ids at the borders of words are apart", () => {
  const ids = [0, 31, 32, 63, 2047, 2048, 1_000_000];
  expect(count([...ids, ...ids], [])).toEqual({ value: ids.length, basis: "exact" });
});

test("a call that returned nobody leaves the number exact", () => {
  expect(count([1], [[0, 0]])).toEqual({ value: 1, basis: "exact" });
});

test("counts without ids: at least the largest one, at most all of them and those listed together", () => {
  // two listed, then 3 and 4: the larger of 2 and 4, up to 2 + 3 + 4
  expect(
    count(
      [1, 2],
      [
        [0, 3],
        [0, 4],
      ],
    ),
  ).toEqual({ value: 4, at_most: 9, basis: "between" });
  // three listed outdo a count of 2; up to 3 + 2
  expect(count([1, 2, 3], [[0, 2]])).toEqual({ value: 3, at_most: 5, basis: "between" });
});

test("the counts of one resource come to no more than its people, each resource for itself", () => {
  // resource 1: 8 + 8 cut at 10; resource 2: 8, below its 100; none named: 1
  expect(
    count(
      [],
      [
        [1, 8],
        [1, 8],
        [2, 8],
        [0, 1],
      ],
    ),
  ).toEqual({ value: 8, at_most: 19, basis: "between" });
});

test("a single count above what its resource is said to hold is believed", () => {
  expect(count([], [[1, 25]])).toEqual({ value: 25, at_most: 25, basis: "between" });
});

test("a call that says nothing leaves no upper bound, unless its resource has one", () => {
  expect(count([1], [[0, Number.NaN]])).toEqual({ value: 1, basis: "at-least" });
  expect(
    count(
      [],
      [
        [0, 7],
        [0, Number.NaN],
      ],
    ),
  ).toEqual({ value: 7, basis: "at-least" });
  expect(count([1], [[1, Number.NaN]])).toEqual({ value: 1, at_most: 11, basis: "between" });
  expect(count([], [[1, Number.NaN]])).toEqual({ value: 10, basis: "at-most" });
  expect(count([], [[0, Number.NaN]])).toEqual({ value: null, basis: "not-logged" });
});
