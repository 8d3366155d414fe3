import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonMistake } from "../../../main/platform/json-mistake.ts";

test.each([
  ['{\n  // since April\n  "a": 1\n}', "line 2, column 3: a comment, which JSON does not have: take it out"],
  ['{"a": 1 /* b */}', "line 1, column 9: a comment"],
  ["# a\n{}", "line 1, column 1: a comment"],
  ['{"a": [1, 2,\n ]}', "line 1, column 12: a comma before `]`, with nothing in between: take it out"],
  ['{"a": 1,}', "line 1, column 8: a comma before `}`"],
  ["{'a': 1}", "line 1, column 2: the quotation mark '"],
  ["{“a”: 1}", "line 1, column 2: the quotation mark “"],
  ["{a: 1}", 'line 1, column 2: `a` without quotation marks: write "a"'],
  ['{"a": None}', "line 1, column 7: `None` without quotation marks: write null"],
  ['{"a": 1\n"b": 2}', "line 2, column 1: no comma before this"],
  ['{"a": {} "b": 2}', "line 1, column 10: no comma before this"],
  ['{"a": 1,, "b": 2}', "line 1, column 8: two commas"],
  ['{"😀": 1,}', "line 1, column 8: a comma before `}`"],
])("%j", (text, what) => {
  expect(jsonMistake(text)).toContain(what);
});

test("nothing is held against JSON, whatever its strings hold", () => {
  const text = fc.oneof(fc.constantFrom("//", "/*", "#", ",}", "'", '"', "a b", "None"), fc.string({ maxLength: 5 }));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      tie("list"),
      tie("object"),
    ),
    list: fc.array(tie("value"), { maxLength: 4 }),
    object: fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  }));
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1), (document, indent) => {
      expect(jsonMistake(JSON.stringify(document, undefined, indent) ?? "null")).toBeUndefined();
    }),
  );
});
