import { test } from "vitest";
import { damageFiles } from "./damage.ts";

test("a thousand damages in caches and evidence: every answer as before, or refused", () =>
  damageFiles(5000, 800, 50, 7));
