import { test } from "vitest";
import { killCommands } from "./kills.ts";

test("every command that writes, killed at each of its writes, has done its work and recorded it, or neither", () =>
  killCommands(Number.POSITIVE_INFINITY, 20_191_105));
