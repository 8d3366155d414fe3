import fc from "fast-check";
import { expect, test } from "vitest";
import { mostPacked, packLz4 } from "../../../../main/bundle/viewer/lz4.ts";
import { unpackLz4 } from "../../../../shared/viewer/lz4.ts";

const packed = (bytes: Uint8Array): Uint8Array => {
  const into = new Uint8Array(mostPacked(bytes.length));
  return into.subarray(0, packLz4(bytes, into));
};
const unpacked = (block: Uint8Array, size: number): Uint8Array => {
  const bytes = new Uint8Array(size);
  unpackLz4(block, bytes);
  return bytes;
};
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

test("a block written by hand after the format's description is unpacked: literals, a match, one that reaches into itself", () => {
  const byHand = [0x33, ...Buffer.from("abc"), 3, 0, 0x50, ...Buffer.from("vwxyz")];
  expect(text(unpacked(Uint8Array.from(byHand), 15))).toBe("abcabcabcavwxyz");
  const long = [0x1f, ...Buffer.from("="), 1, 0, 0x05, 0x50, ...Buffer.from("12345")];
  expect(text(unpacked(Uint8Array.from(long), 30))).toBe(`${"=".repeat(25)}12345`);
});

test("what is packed is unpacked as it was, and lines that repeat themselves take less room", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc
      .array(fc.constantFrom("2018-04-05T10:00:00Z,", "GET /members,", "app1,", "\n", "x".repeat(300)), {
        maxLength: 80,
      })
      .map((pieces) => new Uint8Array(Buffer.from(pieces.join("")))),
  );
  fc.assert(
    fc.property(bytes, (each) => {
      expect(text(unpacked(packed(each), each.length))).toBe(text(each));
    }),
  );
  expect(packed(Buffer.from("2018-04-05T10:00:00Z,groups\n".repeat(1000))).length).toBeLessThan(200);
});

test("what is no block, or one of another size, ends in a refusal", () => {
  const block = packed(Buffer.from("GET /members ".repeat(40)));
  fc.assert(
    fc.property(fc.nat({ max: block.length - 1 }), fc.nat({ max: 255 }), fc.nat({ max: 600 }), (at, byte, size) => {
      const other = block.slice();
      other[at] = byte;
      try {
        expect(unpacked(other, size)).toHaveLength(size);
      } catch (error) {
        expect((error as Error).message).toBe("a file of lines cannot be unpacked");
      }
    }),
    { numRuns: 300 },
  );
  for (const size of [0, 519, 521]) expect(() => unpacked(block, size)).toThrow("cannot be unpacked");
  expect(() => unpacked(block.subarray(0, -1), 520)).toThrow("cannot be unpacked");
});
