import { test } from "vitest";
import { proveSame, writeSmallFiles } from "./small-files.ts";

test("small files of every format imported together are what each of them is alone", async () => {
  (await proveSame(writeSmallFiles(1))).close();
}, 600_000);
