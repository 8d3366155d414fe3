import { expect, test } from "vitest";
import { packingProgress } from "../../../main/bundle/packing-progress.ts";

test("the part is that of the bytes packed, and the time left that of the speed so far", () => {
  let now = 0;
  const told: (readonly [number, number | undefined])[] = [];
  const begins = packingProgress(
    1000,
    (part, left) => void told.push([part, left]),
    () => now,
  );
  for (const [at, size] of [
    [0, 100],
    [300, 100],
    [350, 300],
    [2000, 500],
  ] as const) {
    now = at;
    begins({ size });
  }
  // After 300 ms the first 100 bytes were packed, too soon to tell what is left; after 2 s half of it, so that 2 s are left.
  expect(told).toEqual([
    [0.1, undefined],
    [0.5, 2],
  ]);
});
