import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIELD_NAMES } from "../../../shared/filter/fields.ts";
import { fold } from "../../../shared/filter/match.ts";
import { parse } from "../../../shared/filter/parse.ts";
import { print } from "../../../shared/filter/print.ts";
import { shown, shownTime } from "../../../shared/filter/shown.ts";
import { absent, clear, exclude, include, only, present, setTime } from "../../../shared/filter/splice.ts";
import type { Filter } from "../../../shared/filter/tree.ts";
import { anyText, anyTree } from "./arbitraries.ts";

describe("include v in F", () => {
  test.each([
    ["", "app:v"],
    ["x", "x app:v"],
    ["app:a", "app:(a or v)"],
    ["app:(a or b)", "app:(a or b or v)"],
    ["app:( a  or b )  x", "app:( a  or b or v )  x"],
    ["-app:v", "app:v"],
    ["-app:(a or v) x", "-app:a x app:v"],
    ["-app:v app:a", "app:(a or v)"],
    ["app:a*", "app:a* app:v"],
    ["app:(a* or b)", "app:(a* or b or v)"],
    ["x or y", "(x or y) app:v"],
    ["app:a or y", "(app:a or y) app:v"],
    ["(app:a or y) z", "(app:a or y) z app:v"],
    ["app:(a b)", "app:(a b) app:v"],
    ["app:v", ""],
    ["app:V", ""],
    ["app:(a or v)", "app:a"],
    ["app:(v or a or b)", "app:(a or b)"],
    ["app:(a or v or b)", "app:(a or b)"],
    ["x and app:v and y", "x and y"],
    ["app:v and y", "y"],
    ["x app:v", "x"],
    ["x (app:v)(y)", "x (y)"],
    ["x  # app:v  y", "x  #  y"],
  ])("%j becomes %j", (text, after) => expect(include(text, "app", "v")).toBe(after));

  test("only a range: appended", () => {
    expect(include("status>=400", "status", "404")).toBe("status>=400 status:404");
    expect(include("status:4xx", "status", "404")).toBe("status:4xx status:404");
    expect(include("status:200", "status", "404")).toBe("status:(200 or 404)");
  });
});

describe("not: the mirror", () => {
  test.each([
    ["", "-app:v"],
    ["-app:a", "-app:(a or v)"],
    ["not app:a", "not app:(a or v)"],
    ["app:v", "-app:v"],
    ["app:(a or v)", "app:a -app:v"],
    ["x or y", "(x or y) -app:v"],
    ["x -app:v", "x"],
    ["-app:(a or v)", "-app:a"],
  ])("%j becomes %j", (text, after) => expect(exclude(text, "app", "v")).toBe(after));
});

test.each([
  ["", "app:v"],
  ["x", "x app:v"],
  ["x app:a y -app:b z", "x app:v y z"],
  ["app:(a b*) -app:* x", "app:v x"],
  ["x or y", "(x or y) app:v"],
])("only: %j becomes %j", (text, after) => expect(only(text, "app", "v")).toBe(after));

test.each([
  ["app:a", ""],
  ["x app:a y -app:b z", "x y z"],
  ["x and app:a and not app:*", "x"],
  ["(app:a or y)", "(app:a or y)"],
])("clear: %j becomes %j", (text, after) => expect(clear(text, "app")).toBe(after));

test("no value: -F:*", () => {
  expect(absent("x", "app")).toBe("x -app:*");
  expect(absent("x -app:*", "app")).toBe("x");
  expect(absent("app:*", "app")).toBe("-app:*");
  expect(present("", "app")).toBe("app:*");
  expect(present("x not app:*", "app")).toBe("x app:*");
});

test.each([
  ["", "time>=2018-04-04 time<2018-04-08"],
  ["x time:2018 y", "x time>=2018-04-04 time<2018-04-08 y"],
  ["time>=cutoff x time<asof", "time>=2018-04-04 time<2018-04-08 x"],
  ["a or b", "(a or b) time>=2018-04-04 time<2018-04-08"],
])("brush: %j becomes %j", (text, after) => {
  const span = { from: Date.UTC(2018, 3, 4) * 1000, to: Date.UTC(2018, 3, 8) * 1000 };
  expect(setTime(text, span)).toBe(after);
  expect(shownTime(after, {})).toMatchObject({ ...span, inText: false });
});

test("presets stay words, their dates are known beside", () => {
  const times = { cutoff: 5, asOf: 86_400_000_000 * 100 };
  expect(setTime("x time:2018", "last60d")).toBe("x time:last60d");
  expect(setTime("time:2018", ">=cutoff")).toBe("time>=cutoff");
  expect(setTime("", "2018-04")).toBe("time:2018-04");
  expect(setTime("a time:2018", {})).toBe("a");
  expect(setTime("", { from: 1_500_000 })).toBe("time>=1970-01-01T00:00:01.500Z");
  expect(shownTime("x time:last60d", times)).toEqual({
    terms: ["time:last60d"],
    from: 86_400_000_000 * 40,
    to: 86_400_000_000 * 100,
    inText: false,
  });
  expect(shownTime("time>=cutoff", {})).toEqual({ terms: ["time>=cutoff"], inText: false });
  expect(shownTime("time:(2018 or 2020)", {})).toMatchObject({ inText: true });
  expect(shownTime("-time:2018", {})).toMatchObject({ inText: true });
});

describe("what the controls show", () => {
  const nothing = { included: [], excluded: [], present: false, absent: false, inText: false };
  test.each([
    ["x", {}],
    ['app:(a or "b c") -app:d', { included: ["a", "b c"], excluded: ["d"] }],
    ["-app:*", { absent: true }],
    ["app:*", { present: true }],
    ["app:a*", { inText: true }],
    ["app:(a or b*)", { included: ["a"], inText: true }],
    ["app:(a or (b c))", { inText: true }],
    ["(app:a or x) app:b", { included: ["b"], inText: true }],
    ["app:a or x", { inText: true }],
  ])("%j", (text, seen) => expect(shown(text, "app")).toEqual({ ...nothing, ...seen }));
});

/** Texts as people write them: canonical ones, with spaces and words put in. */
const written = fc
  .tuple(anyTree, fc.constantFrom("", " ", "  ", "\n"), fc.constantFrom("", " ", "  "), fc.boolean())
  .map(([tree, before, behind, isWrapped]) => {
    const text = print(tree as Filter);
    return before + (isWrapped ? `(${text})` : text) + behind;
  });
const clicks = fc.oneof(
  written,
  fc.constantFrom(
    "",
    "a",
    "a or b",
    "(a or b)",
    " (a or b)  ",
    "app:a",
    "app:(a)",
    "((a or b))",
    "(app:a) or b",
    "app:((a) or b)",
    "-(app:a)",
  ),
);

test("in and out gives the same bytes", () => {
  fc.assert(
    fc.property(
      clicks,
      fc.constantFrom("app" as const, "fields" as const, "tag" as const),
      anyText,
      (text, field, value) => {
        const before = shown(text, field);
        for (const click of [include, exclude]) {
          const same = (other: string) => click(click(other, field, value), field, value);
          const isIn = [...before.included, ...before.excluded].some((each) => fold(each) === fold(value));
          if (!isIn) expect(same(text)).toBe(text);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test("a click is then shown, and nothing else changes its meaning", () => {
  fc.assert(
    fc.property(clicks, anyText, anyText, (text, value, other) => {
      const { included, excluded } = shown(text, "app");
      if ([...included, ...excluded].some((each) => fold(each) === fold(value))) return;
      const clicked = include(text, "app", value);
      expect(shown(clicked, "app").included).toContain(value);
      for (const field of ["tag", "api", "ip"] as const) {
        expect(shown(clicked, field)).toEqual(shown(text, field));
        // two clicks, taken back in the order they were made
        if (shown(text, field).excluded.length > 0 || shown(text, field).included.length > 0) continue;
        expect(include(include(include(clicked, field, other), "app", value), field, other)).toBe(text);
      }
    }),
    { numRuns: 1500 },
  );
});

test("whatever is done to it, the text still parses", () => {
  fc.assert(
    fc.property(
      clicks,
      fc.constantFrom(...FIELD_NAMES.filter((name) => name !== "level" && name !== "outcome" && name !== "caller")),
      (text, field) => {
        const value =
          field === "time" ? "2018" : field === "fields_are" ? "returned" : field === "duplicate" ? "yes" : "7";
        for (const act of [include, exclude, only]) parse(act(text, field, value));
        for (const act of [clear, absent, present]) parse(act(text, field));
        expect(shown(clear(text, field), field)).toMatchObject({
          included: [],
          excluded: [],
          present: false,
          absent: false,
        });
        parse(setTime(text, { from: 0, to: 1 }));
      },
    ),
    { numRuns: 1500 },
  );
});
