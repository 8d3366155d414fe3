import { expect, test } from "vitest";
import { lostIn } from "./machine.ts";

test("what the machine took of a time is what it took of each sample in it, of one in part that part", () => {
  const samples = new Float64Array(new SharedArrayBuffer(9 * 8));
  samples.set([100, 110, 8, 110, 120, 0, 120, 140, 10]);
  const shared = { samples, count: new Int32Array(new SharedArrayBuffer(4)).fill(3) };
  expect(lostIn(shared, 100, 140)).toBe(18);
  expect(lostIn(shared, 105, 130)).toBe(4 + 5);
  expect(lostIn(shared, 110, 120)).toBe(0);
  expect(lostIn(shared, 0, 100)).toBe(0);
  expect(lostIn(shared, 140, 200)).toBe(0);
});
