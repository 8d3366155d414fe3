import { test } from "vitest";
import { killCommands } from "./kills.ts";

test("every command that reads logs or hands out, killed at each of its writes, has done its work and recorded it, or neither", () =>
  killCommands("logs", Number.POSITIVE_INFINITY, 20_191_105));

test("every command that decides or takes back, killed at each of its writes, likewise", () =>
  killCommands("decisions", Number.POSITIVE_INFINITY, 20_191_105));
