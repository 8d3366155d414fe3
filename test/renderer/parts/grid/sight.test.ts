import fc from "fast-check";
import { expect, test } from "vitest";
import { Sight } from "../../../../renderer/parts/grid/sight.ts";

const sights = fc
  .record({ count: fc.nat(20_000_000), fit: fc.integer({ min: 1, max: 60 }), top: fc.nat(25_000_000) })
  .map(({ count, fit, top }) => {
    const sight = Object.assign(new Sight(), { count, fit, places: fit + 1 });
    sight.top = sight.inside(top);
    return sight;
  });

test("every row that is seen whole stands in a place, and none stands beyond the list", () => {
  fc.assert(
    fc.property(sights, (sight) => {
      expect(sight.first).toBeGreaterThanOrEqual(0);
      for (let row = sight.top; row < Math.min(sight.count, sight.top + sight.fit); row += 1)
        expect(sight.placeOf(row)).toBeDefined();
      if (sight.count >= sight.places) expect(sight.first + sight.places).toBeLessThanOrEqual(sight.count);
    }),
  );
});

test("any row is brought into sight, the last one too, and one that is seen moves nothing", () => {
  fc.assert(
    fc.property(sights, fc.nat(), (sight, any) => {
      fc.pre(sight.count > 0);
      const row = any % sight.count;
      const before = sight.top;
      const wasSeen = sight.has(row);
      sight.top = sight.inside(sight.topFor(row));
      expect(sight.has(row)).toBe(true);
      if (wasSeen) expect(sight.top).toBe(before);
    }),
  );
});
