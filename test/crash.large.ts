import { test } from "vitest";
import { killAndResume } from "./crash.ts";

test("an import of 300,000 rows, killed twenty times and resumed, ends with the same rows", () =>
  killAndResume(300_000, 20));
