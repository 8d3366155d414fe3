import { test } from "vitest";
import { killAndResume } from "./crash.ts";

test("an import of 300,000 rows, killed at random times and resumed, ends with the same rows", () =>
  killAndResume(300_000, 3));
