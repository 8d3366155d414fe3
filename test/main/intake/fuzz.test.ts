import { test } from "vitest";
import { fuzz } from "./fuzz.ts";

test("120 damaged logs, as what they look like and as any format: no crash, and every line is accounted for", () =>
  fuzz(120));
