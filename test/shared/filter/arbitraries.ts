import fc from "fast-check";
import { periodOf } from "../../../shared/base/period.ts";
import { cidrOf } from "../../../shared/filter/cidr.ts";
import { FIELD_NAMES, type FieldName, fieldRow } from "../../../shared/filter/fields.ts";
import { LEVELS } from "../../../shared/model/level.ts";

/** Any text a person or an attacker may hold: words of the language, separators, every plane of Unicode, broken surrogates. */
export const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom("a", "B", " ", "*", '"', "\\", "(", ")", "-", ":", ".", "..", "or", "\n", "ς", "İ"),
  }),
  fc.constantFrom(
    "and",
    "OR",
    "not",
    "-x",
    "",
    "*",
    "a..b",
    "cutoff",
    "\u0000",
    "10.0.0.0/8",
    "4xx",
    "\ud83d",
    "a:b",
    "12",
  ),
);

/** Text made of pieces of the language, mostly wrong. */
export const nearlyFilter = fc
  .array(
    fc.constantFrom(
      ...'( ) - not and or AND " \\ * : .. >= < = a b 7 2018-04 2018-13 cutoff last60d 4xx 10.0.0.0/8 possible+ yes {'.split(
        " ",
      ),
      ...FIELD_NAMES.flatMap((name) => [name, `${name}:`, `${name}>=`]),
      " ",
      "  ",
      '"a b"',
      "😀",
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(""));

const segments = fc
  .tuple(
    anyText,
    fc.array(
      anyText.filter((text) => text !== ""),
      { maxLength: 2 },
    ),
    anyText,
  )
  .map(([first, middle, last]) => [first, ...middle, last])
  .filter((all) => all.length !== 2 || all.some((segment) => segment !== ""));
const pattern = fc
  .oneof(
    anyText.map((text) => [text]),
    segments,
  )
  .map((all) => ({ kind: "pattern", segments: all }));

const numberLiteral = fc
  .oneof(
    fc.integer({ min: -1e15, max: 1e15 }),
    fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => value + 0),
  )
  .map((value) => ({ kind: "number", from: value, to: value }));
const statusLiteral = fc.constantFrom(100, 400, 500).map((from) => ({ kind: "number", from, to: from + 99 }));
const timeLiteral = fc.oneof(
  fc
    .constantFrom(
      "2018",
      "2018-04",
      "2018-04-04",
      "2018-04-04T10",
      "2018-04-04T10:30+02:00",
      "2018-04-04T10:30:15Z",
      "2018-02-28T23:59:59.123",
    )
    .map((text) => ({ kind: "period", text, ...periodOf(text) })),
  fc.constantFrom({ kind: "cutoff" }, { kind: "asof" }),
  fc.integer({ min: 1, max: 99_999 }).map((days) => ({ kind: "last", days })),
);

function ordered(literal: fc.Arbitrary<object>, kind: "time" | "number"): fc.Arbitrary<object> {
  return fc.oneof(
    literal.map((value) => ({ kind, literal: value })),
    literal.filter((from) => !("from" in from) || (from.from as number) >= 0).map((from) => ({ kind: "range", from })),
    literal.map((to) => ({ kind: "range", to })),
    literal
      .filter((both) => !("from" in both) || (both.from as number) >= 0)
      .map((both) => ({ kind: "range", from: both, to: both })),
    fc
      .tuple(fc.constantFrom(">=", ">", "<=", "<"), literal)
      .map(([op, value]) => ({ kind: "compare", op, literal: value })),
  );
}

function leafOf(field: FieldName): fc.Arbitrary<object> {
  const { kind, choices } = fieldRow(field);
  const present = fc.constant({ kind: "present" });
  switch (kind) {
    case "time":
      return fc.oneof(present, ordered(timeLiteral, "time"));
    case "number":
      return fc.oneof(
        present,
        ordered(field === "status" ? fc.oneof(numberLiteral, statusLiteral) : numberLiteral, "number"),
      );
    case "source":
      return fc.oneof(
        present,
        pattern,
        fc.nat().map((n) => ({ kind: "number", literal: { kind: "number", from: n, to: n } })),
      );
    case "choice":
      return fc.constantFrom(...(choices ?? [])).map((text) => ({ kind: "pattern", segments: [text] }));
    case "flag":
      return fc.boolean().map((value) => ({ kind: "flag", value }));
    case "level":
      return fc
        .tuple(fc.constantFrom(...LEVELS), fc.boolean())
        .map(([level, above]) => ({ kind: "level", level, above }));
    default: {
      const blocks = fc
        .constantFrom("10.0.0.0/8", "1.2.3.4/31", "2001:db8::/32", "::/0")
        .map((text) => ({ kind: "cidr", cidr: cidrOf(text) }));
      return field === "ip" ? fc.oneof(present, pattern, blocks) : fc.oneof(present, pattern);
    }
  }
}

function expression(leaf: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc.letrec<{ node: object }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.array(tie("node"), { minLength: 2, maxLength: 3 }).map((terms) => ({ kind: "and", terms })),
      fc.array(tie("node"), { minLength: 2, maxLength: 3 }).map((terms) => ({ kind: "or", terms })),
      tie("node").map((term) => ({ kind: "not", term })),
    ),
  })).node;
}

/** A tree as `parse` makes it, without positions. */
export const anyTree = expression(
  fc.oneof(
    pattern
      .filter(({ segments: [only = "", ...rest] }) => only !== "" || rest.length > 0)
      .map(({ segments: all }) => ({ kind: "text", segments: all })),
    fc
      .constantFrom(...FIELD_NAMES)
      .chain((field) => expression(leafOf(field)).map((value) => ({ kind: "field", field, value }))),
  ),
);

/** A node without `at`, `end` and `position`, as plain data. */
export function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => !["at", "end", "position"].includes(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, bare(value)]));
}
