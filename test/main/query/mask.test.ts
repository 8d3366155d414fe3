import fc from "fast-check";
import { expect, test } from "vitest";
import { countOf, intersect, invert, lookedUp, positionsOf, subtract, unite } from "../../../main/query/mask.ts";
import { Selection } from "../../../main/query/selection.ts";
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
      const without = mask(a);
      subtract(without, mask(b));
      expect([...without]).toEqual(a.map((bit, p) => (b[p] === 1 ? 0 : bit)));
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

test("a selection counts and pages alike before it knows all its positions and after", () => {
  const codes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 70, maxLength: 70 });
  fc.assert(
    fc.property(bits, codes, fc.nat(40), fc.nat(40), (chosen, codes, offset, limit) => {
      const column = Uint8Array.from(codes);
      const [before, after] = [new Selection("", mask(chosen)), new Selection("", mask(chosen))];
      const positions = [...after.positions];
      expect([...before.page(offset, limit)]).toEqual(positions.slice(offset, offset + limit));
      expect([...before.tally(column, 10)]).toEqual([...after.tally(column, 10)]);
      // what is lent is the other's when the other lends
      for (const each of [before, after, before]) expect([...each.lent()]).toEqual(positions);
      const other = new Selection("", mask(chosen.map((bit) => 1 - bit)));
      expect(other.lent().length + before.lent().length).toBe(chosen.length);
      expect([...before.lent()]).toEqual(positions);
      expect(before.count).toBe(positions.length);
    }),
  );
});
