import { test } from "vitest";
import { killAndRemap, killAndResume } from "./crash.ts";

test("an import of 300,000 rows, killed at random times and resumed, ends with the same rows", () =>
  killAndResume(300_000, 3));

test("an import of an archive of three logs, killed at random times and resumed, ends with the same rows", () =>
  killAndResume(15_000, 1, true));

test("a reading anew of 20,000 rows, killed at random times, leaves the old rows or the new ones", () =>
  killAndRemap(20_000, 2));
