import fc from "fast-check";
import { expect, test } from "vitest";
import { numberOrder, timeOrder } from "../../../../main/query/columns/time-order.ts";

/** The plain way: a stable sort of the rows. */
const plainly = (values: readonly number[]) =>
  Array.from(values, (_, row) => row).sort((a, b) => {
    const [x, y] = [values[a] as number, values[b] as number];
    return x < y ? -1 : x > y ? 1 : a - b;
  });

test("times order as a stable sort does: before 1970, centuries apart, and many at one instant", () => {
  const time = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: 65_530, max: 65_540 }),
    // what a log may hold: the years 1684 to 2255
    fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  );
  fc.assert(
    fc.property(fc.array(time), (times) => {
      expect([...timeOrder(Float64Array.from(times))]).toEqual(plainly(times));
    }),
  );
});

test("one record of a nonsense year leaves two others, a microsecond apart, in order", () => {
  const [nonsense, cutoff] = [Date.UTC(1700, 0, 1) * 1000, Date.UTC(2018, 3, 4) * 1000];
  expect([...timeOrder(Float64Array.of(cutoff + 2, cutoff + 1, cutoff, nonsense))]).toEqual([3, 2, 1, 0]);
});

test("times in order, in reverse, and all the same", () => {
  expect([...timeOrder(Float64Array.of(1, 2, 2, 3))]).toEqual([0, 1, 2, 3]);
  expect([...timeOrder(Float64Array.of(3, 2, 1))]).toEqual([2, 1, 0]);
  expect([...timeOrder(Float64Array.of(7, 7, 7))]).toEqual([0, 1, 2]);
  expect([...timeOrder(new Float64Array())]).toEqual([]);
});

test("numbers order as a stable sort does, negative, broken and endless ones too", () => {
  const number = fc.oneof(
    fc.integer({ min: -3, max: 3 }).map((n) => n + 0),
    fc.double({ noNaN: true }).map((n) => n + 0),
    fc.constantFrom(Infinity, -Infinity),
  );
  fc.assert(
    fc.property(fc.array(number), (numbers) => {
      const given = Float64Array.from(numbers);
      expect([...numberOrder(given)]).toEqual(plainly(numbers));
      // the caller's numbers are not touched
      expect([...given]).toEqual(numbers);
    }),
  );
});
