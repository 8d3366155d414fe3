import { expect, test } from "vitest";
import { failures } from "./prove-bundles.ts";

test("the bundles of a thousand small cases by chance are worked out anew, from themselves alone, to the same numbers", async () => {
  expect(await failures(101, 1000)).toEqual([]);
});
