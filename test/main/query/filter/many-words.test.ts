import fc from "fast-check";
import { expect, test } from "vitest";
import { ManyWords } from "../../../../main/query/filter/many-words.ts";

const letters = (most: number) => fc.string({ unit: fc.constantFrom("a", "b", "c", "A", "é", " "), maxLength: most });

test("many words at once are found where one look for each finds one, in bytes and in text", () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c", " "), minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(words, letters(12), (some, text) => {
      const found = some.some((word) => text.toLowerCase().includes(word));
      const many = new ManyWords(some);
      const bytes = Buffer.from(`c${text}b`);
      expect(many.inText(text.toLowerCase())).toBe(found);
      expect(many.inBytes(bytes, 1, bytes.length - 1)).toBe(found);
    }),
  );
});
