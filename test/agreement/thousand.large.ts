import { test } from "vitest";
import { clocksAgree } from "./clocks.ts";
import { findingsAgree } from "./findings.ts";
import { remedyAgrees } from "./remedy.ts";
import { sensitivityAgrees } from "./sensitivity.ts";

test.each([
  ["findings, people and claims", findingsAgree],
  ["remedy", remedyAgrees],
  ["clocks", clocksAgree],
  ["sensitivity", sensitivityAgrees],
] as const)("the engine and the slow second implementation agree on a thousand random small cases: %s", (_, agree) =>
  agree(1000),
);
