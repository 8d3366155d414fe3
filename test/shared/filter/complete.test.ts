import { expect, test } from "vitest";
import { complete } from "../../../shared/filter/complete.ts";

// `|` is the caret; the part that a choice would replace stands between `[` and `]`
test.each([
  ["|", { kind: "field", prefix: "" }, "[]"],
  ["dev|", { kind: "field", prefix: "dev" }, "[dev]"],
  ["a de|v b", { kind: "field", prefix: "de" }, "a [dev] b"],
  ["-dev|", { kind: "field", prefix: "dev" }, "-[dev]"],
  ["not(dev|", { kind: "field", prefix: "dev" }, "not([dev]"],
  ["de|v:x", { kind: "field", prefix: "de" }, "[dev]:x"],
  ["developer:|", { kind: "value", field: "developer", prefix: "" }, "developer:[]"],
  ["developer:Qu|ill x", { kind: "value", field: "developer", prefix: "Qu" }, "developer:[Quill] x"],
  [
    'developer:"Quillfen A| x',
    { kind: "value", field: "developer", prefix: "Quillfen A" },
    'developer:["Quillfen A x]',
  ],
  ["status>=4|", { kind: "value", field: "status", prefix: "4" }, "status>=[4]"],
  ["api:(groups or ev|", { kind: "value", field: "api", prefix: "ev" }, "api:(groups or [ev]"],
  ["api:(groups |) x", { kind: "value", field: "api", prefix: "" }, "api:(groups []) x"],
  ["api:(groups (a or |b))", { kind: "value", field: "api", prefix: "" }, "api:(groups (a or [b]))"],
  ["api:(groups) |", { kind: "field", prefix: "" }, "api:(groups) []"],
  ["nope:x|", { kind: "none", prefix: "x" }, "nope:[x]"],
  ['"some te|xt"', { kind: "none" }, '["some text"]'],
])("%s", (marked, expected, replaced) => {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const found = complete(text, caret);
  expect(found).toMatchObject(expected);
  expect(`${text.slice(0, found.from)}[${text.slice(found.from, found.to)}]${text.slice(found.to)}`).toBe(replaced);
});
