import { test } from "vitest";
import { killCommands } from "./kills.ts";

test("every command that reads logs or hands out, killed at one of its writes, has done its work and recorded it, or neither", () =>
  killCommands("logs", 1, 20_191_105));

test("every command that decides or takes back, killed at one of its writes, likewise", () =>
  killCommands("decisions", 1, 20_191_105));
