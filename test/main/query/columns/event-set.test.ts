import fc from "fast-check";
import { expect, test } from "vitest";
import { EventSet } from "../../../../main/query/columns/event-set.ts";
import { Selection } from "../../../../main/query/results/selection.ts";
import { tally } from "../../../../main/query/results/tally.ts";

/** Longer than four words, and of every length beside a whole number of them. */
const bits = fc.array(fc.constantFrom(0, 1), { maxLength: 140 });
const dense = fc.array(fc.constantFrom(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), { maxLength: 140 });
const either = fc.oneof(bits, dense);
const place = fc.nat(140);

function mask(values: readonly number[]): EventSet {
  const made = EventSet.none(values.length);
  for (const [position, bit] of values.entries()) if (bit === 1) made.put(position);
  return made;
}

const list = (made: EventSet) => Array.from({ length: made.rows }, (_, position) => (made.has(position) ? 1 : 0));

test("sets taken a word at a time are sets taken a position at a time", () => {
  fc.assert(
    fc.property(either, fc.infiniteStream(fc.constantFrom(0, 1)), (a, stream) => {
      const b = a.map(() => stream.next().value as number);
      const and = mask(a);
      and.intersect(mask(b));
      expect(list(and)).toEqual(a.map((bit, p) => bit & (b[p] as number)));
      const or = mask(a);
      or.unite(mask(b));
      expect(list(or)).toEqual(a.map((bit, p) => bit | (b[p] as number)));
      const without = mask(a);
      without.subtract(mask(b));
      expect(list(without)).toEqual(a.map((bit, p) => (b[p] === 1 ? 0 : bit)));
      const not = mask(a);
      not.invert();
      expect(list(not)).toEqual(a.map((bit) => 1 - bit));
      // what lies beyond the last position is nowhere
      expect(not.count).toBe(a.length - mask(a).count);
      const own = mask(a);
      own.copy().invert();
      expect(list(own)).toEqual(a);
    }),
  );
});

test("a set counts and lists what is in it", () => {
  fc.assert(
    fc.property(either, place, place, (a, from, most) => {
      const positions = a.flatMap((bit, p) => (bit === 1 ? [p] : []));
      expect(mask(a).count).toBe(positions.length);
      expect([...mask(a).positions()]).toEqual(positions);
      expect([...mask(a).positions(new Uint32Array(200))]).toEqual(positions);
      expect([...mask(a).first(most)]).toEqual(positions.slice(0, most));
      expect(mask(a).next(from)).toBe(positions.find((p) => p >= from) ?? -1);
    }),
  );
});

test("a range is what lies from its first position up to its last", () => {
  fc.assert(
    fc.property(either, place, place, (a, one, other) => {
      const [from, to] = [one, other].map((p) => Math.min(p, a.length)) as [number, number];
      const inside = (p: number) => p >= from && p < to;
      expect(list(EventSet.range(a.length, from, to))).toEqual(a.map((_, p) => (inside(p) ? 1 : 0)));
      const part = mask(a).within(from, to);
      expect(list(part)).toEqual(a.map((bit, p) => (inside(p) ? bit : 0)));
      // looked at within a range alone, by what has nothing outside it
      const odd = mask(a.map((_, p) => p % 2));
      const [kept, taken] = [part.copy(), part.copy()];
      kept.intersect(odd, from, to);
      taken.subtract(odd, from, to);
      expect(list(kept)).toEqual(a.map((bit, p) => (inside(p) ? bit & (p % 2) : 0)));
      expect(list(taken)).toEqual(a.map((bit, p) => (inside(p) && p % 2 === 0 ? bit : 0)));
    }),
  );
});

test("codes of any width are looked up and tallied alike", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 140 }), either, (codes, chosen) => {
      const table = Uint8Array.from({ length: 201 }, (_, code) => code % 2);
      const own = mask(codes.map((_, p) => chosen[p] ?? 0));
      const positions = own.positions();
      for (const Type of [Uint8Array, Uint16Array, Uint32Array]) {
        const column = Type.from(codes);
        expect(list(EventSet.lookedUp(column, table))).toEqual(codes.map((code) => code % 2));
        const counts = Array.from(table, (_, code) => [...positions].filter((p) => codes[p] === code).length);
        expect([...tally(column, positions, 201)]).toEqual(counts);
      }
    }),
  );
});

test("numbers between two others, ends in or out, absent ones nowhere", () => {
  const number = fc.constantFrom(-1, 0, 1, 200, 400, 404, Number.NaN, Number.POSITIVE_INFINITY);
  fc.assert(
    fc.property(
      fc.array(number, { maxLength: 140 }),
      number,
      number,
      fc.boolean(),
      fc.boolean(),
      (numbers, from, to, isFromIn, isToIn) => {
        const wanted = numbers.map((value) => {
          const isIn = (isFromIn ? value >= from : value > from) && (isToIn ? value <= to : value < to);
          return isIn ? 1 : 0;
        });
        expect(list(EventSet.between(Float64Array.from(numbers), from, to, isFromIn, isToIn))).toEqual(wanted);
      },
    ),
  );
});

test("a selection counts and pages alike before it knows all its positions and after", () => {
  const codes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 140, maxLength: 140 });
  fc.assert(
    fc.property(either, codes, fc.nat(40), fc.nat(40), (chosen, codes, offset, limit) => {
      const column = Uint8Array.from(codes.slice(0, chosen.length));
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
