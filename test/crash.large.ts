import { test } from "vitest";
import { killAndRemap, killAndResume } from "./crash.ts";

test("an import of 300,000 rows, killed a hundred times, twenty of them in --resume too, ends with the same rows", () =>
  killAndResume(300_000, 100));

test("an import of an archive of three logs, killed thirty times, ends with the same rows", () =>
  killAndResume(150_000, 30, true));

test("a reading anew of 300,000 rows, killed thirty times, leaves the old rows or the new ones", () =>
  killAndRemap(300_000, 30));
