import fc from "fast-check";
import { expect, test } from "vitest";
import { inertText, pieces } from "../../../renderer/parts/inert.tsx";

test.each([
  ["right-to-left override", "abc\u202etxt.exe", "abc<U+202E>txt.exe"],
  ["isolates", "\u2066a\u2069", "<U+2066>a<U+2069>"],
  ["terminal escape", "\u001b[2Ja", "<U+001B>[2Ja"],
  ["zero width", "ad\u200bmin", "ad<U+200B>min"],
  ["a line break", "a\r\nb", "a<U+000D><U+000A>b"],
  ["tag characters", "a\u{e0041}", "a<U+E0041>"],
  ["half a surrogate pair", "a\ud800b", "a<U+D800>b"],
  ["no-break hangul filler", "a\u3164b", "a<U+3164>b"],
])("%s is shown, not obeyed", (_, text, shown) => {
  expect(inertText(text)).toBe(shown);
});

test("what can be read stays as it is", () => {
  for (const text of ["Öresund Streaming AB", "<img src=x onerror=alert(1)>", "名前", "😀", "a b"])
    expect(inertText(text)).toBe(text);
});

test("nothing that acts is left in any text, and nothing else is lost", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      const found = pieces(text);
      expect(found.map((piece) => piece.text).join("")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      const back = found.map(({ text: part, isControl }) =>
        isControl ? String.fromCodePoint(Number.parseInt(part.slice(2), 16)) : part,
      );
      expect(back.join("")).toBe(text);
    }),
  );
});
