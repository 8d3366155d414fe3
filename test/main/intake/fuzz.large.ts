import { test } from "vitest";
import { fuzz } from "./fuzz.ts";

test("3,000 damaged logs: no crash, and every line is accounted for", () => fuzz(3_000));
