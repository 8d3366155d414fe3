import { expect, test } from "vitest";
import { unseenInFolder, unseenInZip } from "./changed-bytes.ts";

test("a byte changed anywhere in a zip is found, five thousand times", async () => {
  expect(await unseenInZip(5000)).toEqual([]);
});

test("a byte changed anywhere in a folder is found, five thousand times", async () => {
  expect(await unseenInFolder(5000)).toEqual([]);
});
