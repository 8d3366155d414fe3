import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteDictionary } from "../../../../main/bundle/rows/byte-dictionary.ts";

test("a value has the number it had first, whatever bytes it is, and what is not UTF-8 that of what it is read as", () => {
  const known = new ByteDictionary();
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
    fc.integer({ min: 0, max: 3000 }).map((number) => Buffer.from(`value-${number}`)),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 1000 }), (values) => {
      known.clear();
      const numbers = new Map<string, number>();
      for (const bytes of values) {
        const text = bytes.toString();
        const number = numbers.get(text) ?? numbers.size;
        numbers.set(text, number);
        // Within other bytes, as a value stands in a line.
        const line = Buffer.concat([Buffer.from(","), bytes, Buffer.from(",")]);
        expect(known.numberOf(line, 1, line.length - 1)).toBe(number);
      }
      expect(known.size).toBe(numbers.size);
      expect(known.all.toString()).toBe([...numbers.keys()].join());
    }),
    { numRuns: 50 },
  );
});
