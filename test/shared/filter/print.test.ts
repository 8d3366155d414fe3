import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, matcher } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { print, quote } from "../../../shared/filter/print.ts";
import type { Filter } from "../../../shared/filter/tree.ts";
import { anyText, anyTree, bare, nearlyFilter } from "./arbitraries.ts";

test.each([
  ["", ""],
  ["  a  AND b ", "a b"],
  ["a b or c", "a b or c"],
  ["a (b or c)", "a (b or c)"],
  ["(a)", "a"],
  ["-(a b)", "not (a b)"],
  ["not -a", "not not a"],
  ['"a*"*b', '"a*"*b'],
  ["API:groups", "api:groups"],
  ["time:>=2018-04", "time>=2018-04"],
  ['time:"2018-04-04 10:30"', "time:2018-04-04T10:30"],
  ["status:(4XX -404)", "status:(4xx not 404)"],
  ['source:(12 or "12" or "a.csv")', 'source:(12 or "12" or a.csv)'],
  ["bytes:(7 or not -5)", "bytes:(7 or not not 5)"],
  ["ip:10.1.2.3/8", "ip:10.0.0.0/8"],
  ["duplicate:true level:Possible+", "duplicate:yes level:possible+"],
])("%s prints as %s", (text, canonical) => {
  expect(print(parse(text))).toBe(canonical);
});

test("what is printed reads as the same tree", () => {
  fc.assert(
    fc.property(anyTree, (tree) => {
      expect(bare(parse(print(tree as Filter)))).toEqual(bare(tree));
    }),
    { numRuns: 1500 },
  );
});

test("what was read and printed reads as the same again", () => {
  fc.assert(
    fc.property(nearlyFilter, (text) => {
      let tree: Filter;
      try {
        tree = parse(text);
      } catch {
        return;
      }
      expect(bare(parse(print(tree)))).toEqual(bare(tree));
    }),
    { numRuns: 5000 },
  );
});

test.each(["app", "path", "ip", "source", "tag", "finding", "fields", "subjects"])(
  "quote: %s:v is v alone",
  (field) => {
    fc.assert(
      fc.property(anyText, anyText, (value, other) => {
        const filter = parse(`${field}:${field === "source" && /^\d+$/.test(value) ? `"${value}"` : quote(value)}`);
        if (filter.kind !== "field" || filter.value.kind !== "pattern") throw new Error("not one value");
        const matches = matcher(filter.value.segments);
        expect(matches(value)).toBe(true);
        expect(matches(other)).toBe(fold(other) === fold(value));
        for (const near of [`${value}x`, `x${value}`, value.slice(1), value.slice(0, -1)]) {
          expect(matches(near)).toBe(fold(near) === fold(value));
        }
      }),
    );
  },
);

test("quote: also as a text term and inside parentheses", () => {
  fc.assert(
    fc.property(
      anyText.filter((text) => text !== ""),
      (value) => {
        expect(bare(parse(quote(value)))).toEqual({ kind: "text", segments: [value] });
        expect(bare(parse(`app:(${quote(value)} or b)`))).toMatchObject({
          value: { terms: [{ segments: [value] }, {}] },
        });
      },
    ),
  );
});
