import { test } from "vitest";
import { fuzz } from "./fuzz.ts";

test("twenty thousand damaged logs: no crash, and every line is accounted for", () => fuzz(20_000));
