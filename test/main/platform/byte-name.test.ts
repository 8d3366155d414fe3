import fc from "fast-check";
import { expect, test } from "vitest";
import { nameOfBytes } from "../../../main/platform/byte-name.ts";

test.each([
  [Buffer.from("lo\xE9.csv", "latin1"), "lo\\xE9.csv"],
  [Buffer.concat([Buffer.from("é"), Buffer.from([0xf0, 0x9f])]), "é\\xF0\\x9F"],
  [Buffer.concat([Buffer.from("é😀"), Buffer.from([0xff]), Buffer.from("z")]), "é😀\\xFFz"],
])("%o is shown as %s", (bytes, name) => {
  expect(nameOfBytes(bytes)).toBe(name);
});

test("a name in UTF-8 is itself, and no two names of bytes that are not are shown alike", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (name) => nameOfBytes(Buffer.from(name)) === name));
  const bytes = fc.uint8Array({ maxLength: 12 }).map((all) => Buffer.from(all.filter((byte) => byte !== 0x5c)));
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(nameOfBytes(a) === nameOfBytes(b)).toBe(a.equals(b));
    }),
  );
});
