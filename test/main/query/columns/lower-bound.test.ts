import fc from "fast-check";
import { expect, test } from "vitest";
import { lowerBound } from "../../../../main/query/columns/lower-bound.ts";

test("the place found is how many values are below, for runs of equal ones and values outside too", () => {
  const number = fc.integer({ min: -5, max: 5 });
  fc.assert(
    fc.property(fc.array(number), fc.oneof(number, fc.constantFrom(Infinity, -Infinity)), (list, value) => {
      const sorted = Float64Array.from(list).sort();
      expect(lowerBound(sorted, value)).toBe(list.filter((each) => each < value).length);
    }),
  );
});
