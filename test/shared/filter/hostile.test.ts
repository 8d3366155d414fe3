import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "../../../shared/base/errors.ts";
import { complete } from "../../../shared/filter/complete.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { anyText, nearlyFilter } from "./arbitraries.ts";

test("any text is read or refused with a place inside it", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, nearlyFilter), fc.nat(20), (text, caret) => {
      const at = Math.min(caret, text.length);
      const expected = complete(text, at);
      expect(expected.from).toBeLessThanOrEqual(at);
      expect(expected.to).toBeGreaterThanOrEqual(at);
      try {
        parse(text);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        expect(error.code).toBe("filter-wrong");
        expect(error.what.startsWith(`at ${error.position}: `)).toBe(true);
        expect(error.position).toBeGreaterThanOrEqual(1);
        expect(error.position).toBeLessThanOrEqual([...text].length + 1);
        expect(`${error.what}${error.todo}`).not.toMatch(/\.$|[\u0000-\u001f]/);
      }
    }),
    { numRuns: 8000 },
  );
});

test.each(["(", ")", "not ", "-", "-(", "app:(", "a or ", "a ", '"', "*", "x(", "a and not ", "\\", "fields:{", ":"])(
  "a million of %j end in an answer",
  (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    try {
      parse(text);
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal);
      expect((error as Refusal).what.length + (error as Refusal).todo.length).toBeLessThan(400);
    }
  },
  10_000,
);

test("200 deep is read, 201 is not", () => {
  const nested = (depth: number) => `${"(".repeat(depth)}a${")".repeat(depth)}`;
  expect(parse(nested(200)).kind).toBe("text");
  expect(() => parse(nested(201))).toThrow("at 201: more than 200 terms inside each other");
});
