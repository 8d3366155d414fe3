import { test } from "vitest";
import { clocksAgree } from "../../../agreement/clocks.ts";

test("the engine and the slow second implementation agree on random small cases", () => clocksAgree(60));
