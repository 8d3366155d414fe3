import fc from "fast-check";
import { expect, test } from "vitest";
import { parseUserJson } from "../../../main/platform/user-json.ts";

/** JSON of any shape, whose strings hold all that could be taken for a key, a brace or a line end. */
const text = fc.oneof(fc.constantFrom('a":{"b', "{", "}", "\n", '\\"', ":", "a"), fc.string({ maxLength: 4 }));
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small" }, text, fc.integer(), fc.constant(null), tie("list"), tie("object")),
  list: fc.array(tie("any"), { maxLength: 3 }),
  object: fc.dictionary(text, tie("any"), { maxKeys: 3 }),
})).any;

test("whatever JSON is without a key twice is read as JSON.parse reads it", () => {
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1, "\t"), (document, indent) => {
      const written = JSON.stringify(document, undefined, indent);
      expect(parseUserJson(written)).toEqual(JSON.parse(written));
    }),
  );
});

test("two megabytes on one line are read in no time: the column is counted for what is said alone", () => {
  const text = JSON.stringify(Array.from({ length: 100_000 }, (_, id) => ({ id, title: "rule" })));
  const began = performance.now();
  expect(parseUserJson(text)).toHaveLength(100_000);
  expect(performance.now() - began).toBeLessThan(2000);
});

test("a key twice in one object is a mistake, wherever the object is, with both lines", () => {
  fc.assert(
    fc.property(value, value, text, fc.constantFrom("\n", "\r\n", "\r"), (before, inside, key, newline) => {
      const name = JSON.stringify(key);
      const lines = [
        "[",
        JSON.stringify(before),
        ",[{",
        `${name} :1,`,
        `"other ${key.length}":`,
        JSON.stringify(inside),
      ];
      const written = [...lines, `,${name}:2}]]`].join(newline);
      expect(() => parseUserJson(written)).toThrow(`has the key ${name} twice in one object, on line 4 and on line 7`);
    }),
  );
});

test.each([
  ['{"a":1,"a":2}', 'has the key "a" twice in one object, on line 1'],
  ['{"a":1,"\\u0061":2}', 'has the key "a" twice in one object, on line 1'],
  ['{"__proto__":1,\n"__proto__":2}', 'has the key "__proto__" twice in one object, on line 1 and on line 2'],
  ['{"a":}', "is not valid JSON (Unexpected token"],
  ['{\n "😀": 1, "a": 2, "a": 3}', 'has the key "a" twice in one object, on line 2, columns 10 and 18'],
  ['{"a"\n:1,\n  "a":2}', 'has the key "a" twice in one object, on line 1 and on line 3, columns 2 and 3'],
  ['{"a":1, // why\n"b":2}', "is not valid JSON (line 1, column 9: a comment, which JSON does not have: take it out)"],
])("%s: %s", (written, message) => {
  expect(() => parseUserJson(written)).toThrow(message);
});

test.each(['{"a":{"a":[{"a":1},{"a":2}]},"b":"a"}', '\uFEFF{"a":"\\"a\\":"}'])("%s has no key twice", (written) => {
  expect(parseUserJson(written)).toEqual(JSON.parse(written.replace("\uFEFF", "")));
});
