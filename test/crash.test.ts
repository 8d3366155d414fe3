import { test } from "vitest";
import { killAndRemap, killAndResume } from "./crash.ts";

test("an import of 100,000 rows, killed at random times and resumed, ends with the same rows", () =>
  killAndResume(100_000, 2));

test("an import of an archive of three logs, killed at random times and resumed, ends with the same rows", () =>
  killAndResume(15_000, 1, true));

test("a reading anew of 20,000 rows, killed at random times, leaves the old rows or the new ones", () =>
  killAndRemap(20_000, 2));
