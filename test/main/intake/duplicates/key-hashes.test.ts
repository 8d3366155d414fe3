import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyHashes } from "../../../../main/intake/duplicates/key-hashes.ts";

const key = fc.tuple(fc.nat(40), fc.nat(3)).map(([low, high]) => [low * 0x9e3779b1, high] as const);
const hashesOf = (keys: readonly (readonly [number, number])[], expected: number) => {
  const hashes = new KeyHashes(expected);
  for (const [low, high] of keys) hashes.add(low >>> 0, high);
  return hashes;
};

test("of random keys those that come twice, or in both of two sources, are found, whatever the size was taken for", () => {
  fc.assert(
    fc.property(
      fc.array(key, { maxLength: 200 }),
      fc.array(key, { maxLength: 50 }),
      fc.constantFrom(1, 100, 1 << 20),
      (ours, theirs, expected) => {
        const text = String;
        const { hashes: repeated, keys } = hashesOf(ours, expected).repeated();
        const shared = hashesOf(ours, expected).shared(hashesOf(theirs, expected));
        expect(keys).toBe(ours.filter(([low, high]) => repeated.has(low >>> 0, high)).length);
        for (const own of ours) {
          const [low, high] = own;
          expect(repeated.has(low >>> 0, high)).toBe(ours.filter((other) => text(other) === text(own)).length > 1);
          expect(shared.has(low >>> 0, high)).toBe(theirs.some((other) => text(other) === text(own)));
        }
      },
    ),
  );
});

test("a million keys that are all different have hardly an equal hash, and one of them twice is found", () => {
  const hashes = new KeyHashes(1 << 20);
  for (let i = 0; i < 1 << 20; i++) hashes.add(i, 7);
  expect(hashes.repeated().hashes.size).toBeLessThan(1000);
  hashes.add(12345, 7);
  expect(hashes.repeated().hashes.has(12345, 7)).toBe(true);
});
