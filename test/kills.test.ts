import { test } from "vitest";
import { killCommands } from "./kills.ts";

test("every command that reads logs or hands out, killed at two of its writes, has done its work and recorded it, or neither", () =>
  killCommands("logs", 2, 20_191_105));

test("every command that decides or takes back, killed at two of its writes, likewise", () =>
  killCommands("decisions", 2, 20_191_105));
