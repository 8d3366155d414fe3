import { test } from "vitest";
import { killAndResume } from "./crash.ts";

test("an import of 300,000 rows, killed a hundred times, twenty of them in --resume too, ends with the same rows", () =>
  killAndResume(300_000, 100));
