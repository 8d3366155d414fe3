import { expect, test } from "vitest";
import { ArrayBlock, filledFrom } from "../../../main/platform/array-block.ts";

test("arrays of one block do not touch one another, in shared memory or beside it once that is full", () => {
  for (const memory of [undefined, new SharedArrayBuffer(0), new SharedArrayBuffer(70), new SharedArrayBuffer(1000)]) {
    if (memory) new Uint8Array(memory).fill(255);
    const block = new ArrayBlock(memory);
    const made = [block.bytes(3), block.floats(2), block.ints(5), block.bytes(0), block.floats(1), block.bytes(9)];
    for (const [index, array] of made.entries()) array.fill(index + 1);
    expect(made.map((array) => [...array])).toEqual([[1, 1, 1], [2, 2], [3, 3, 3, 3, 3], [], [5], Array(9).fill(6)]);
    expect(block.wanted).toBe(8 + 16 + 24 + 0 + 8 + 16);
  }
});

test("an array is filled with as many values as it has room for", () => {
  expect([...filledFrom(new Int32Array(2), Int32Array.of(7, 8, 9))]).toEqual([7, 8]);
});
