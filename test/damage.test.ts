import { test } from "vitest";
import { damageFiles } from "./damage.ts";

test("flipped bits, and pages zeroed, cut and swapped, in caches and evidence: every answer as before, or refused", () =>
  damageFiles("files", 2000, 12, 1, 20_191_105));

test("the same in case.db: every answer as before, or refused", () => damageFiles("database", 2000, 12, 1, 20_191_105));
