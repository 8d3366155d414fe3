import { expect, test } from "vitest";
import { tally } from "../../../../main/query/results/tally.ts";

test("codes that belong to one part are counted together, at the positions given and nowhere else", () => {
  const codes = Uint8Array.of(0, 1, 2, 3, 2);
  // codes 0 and 3 are part 0, 1 and 2 part 1; position 1 is not asked for
  expect([...tally(codes, Uint32Array.of(0, 2, 3, 4), 2, Uint8Array.of(0, 1, 1, 0))]).toEqual([2, 2]);
});

test("a position given twice counts twice, no positions count nothing", () => {
  expect([...tally(Uint16Array.of(300, 2), Uint32Array.of(0, 0), 301)].at(300)).toBe(2);
  expect([...tally(Uint32Array.of(1), new Uint32Array(), 2)]).toEqual([0, 0]);
});
