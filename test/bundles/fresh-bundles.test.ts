import { expect, test } from "vitest";
import { failures } from "./prove-bundles.ts";

test("the bundles of twelve small cases by chance are worked out anew, from themselves alone, to the same numbers", async () => {
  expect(await failures(1, 12)).toEqual([]);
}, 240_000);
