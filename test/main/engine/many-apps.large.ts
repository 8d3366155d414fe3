import { test } from "vitest";
import { manyApps } from "./many-apps.ts";

test("a registry of 100,000 apps is taken in, and that none of them called is one sentence", () => manyApps(100_000));
