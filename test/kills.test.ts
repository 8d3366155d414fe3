import { test } from "vitest";
import { killCommands } from "./kills.ts";

test("every command that writes, killed at ninety of its writes, has done its work and recorded it, or neither", () =>
  killCommands(5, 20_191_105));
