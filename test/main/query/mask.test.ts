import fc from "fast-check";
import { expect, test } from "vitest";
import { countOf, intersect, invert, lookedUp, positionsOf, unite } from "../../../main/query/mask.ts";
import { tally } from "../../../main/query/tally.ts";

const bits = fc.array(fc.constantFrom(0, 1), { maxLength: 70 });
const mask = (values: readonly number[]) => Uint8Array.from(values);

test("masks taken a word at a time are masks taken a byte at a time", () => {
  fc.assert(
    fc.property(bits, fc.infiniteStream(fc.constantFrom(0, 1)), (a, stream) => {
      const b = a.map(() => stream.next().value as number);
      const and = mask(a);
      intersect(and, mask(b));
      expect([...and]).toEqual(a.map((bit, p) => bit & (b[p] as number)));
      const or = mask(a);
      unite(or, mask(b));
      expect([...or]).toEqual(a.map((bit, p) => bit | (b[p] as number)));
      const not = mask(a);
      invert(not);
      expect([...not]).toEqual(a.map((bit) => 1 - bit));
      expect(countOf(mask(a))).toBe(a.filter(Boolean).length);
      expect([...positionsOf(mask(a))]).toEqual(a.flatMap((bit, p) => (bit === 1 ? [p] : [])));
    }),
  );
});

test("codes of any width are looked up and tallied alike", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 50 }), bits, (codes, chosen) => {
      const table = Uint8Array.from({ length: 201 }, (_, code) => code % 2);
      const positions = positionsOf(mask(chosen)).filter((p) => p < codes.length);
      for (const Type of [Uint8Array, Uint16Array, Uint32Array]) {
        const column = Type.from(codes);
        expect([...lookedUp(column, table)]).toEqual(codes.map((code) => code % 2));
        const counts = tally(column, positions, 201);
        for (const [code, count] of counts.entries())
          expect(count).toBe([...positions].filter((p) => codes[p] === code).length);
      }
    }),
  );
});
