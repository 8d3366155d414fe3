import { test } from "vitest";
import { findingsAgree } from "../../agreement/findings.ts";

test("the engine and the slow second implementation agree on random small cases", () => findingsAgree(200));
