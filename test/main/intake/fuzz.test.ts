import { test } from "vitest";
import { fuzz } from "./fuzz.ts";

test("300 damaged logs, as what they look like and as any format: no crash, and every line is accounted for", () =>
  fuzz(300));
