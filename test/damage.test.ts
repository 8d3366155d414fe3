import { test } from "vitest";
import { damageFiles } from "./damage.ts";

test("fifty flipped bits, and pages zeroed, cut and swapped, in caches and evidence: every answer as before, or refused", () =>
  damageFiles(2000, 50, 4, 20_191_105));
