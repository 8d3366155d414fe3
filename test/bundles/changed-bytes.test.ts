import { expect, test } from "vitest";
import { unseenInFolder, unseenInZip } from "./changed-bytes.ts";

test("a byte changed anywhere is found: sixty in a zip, sixty in a folder", async () => {
  expect(await unseenInZip(60)).toEqual([]);
  expect(await unseenInFolder(60)).toEqual([]);
}, 120_000);
