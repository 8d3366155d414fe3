import { figure } from "../../base/figure.ts";
import type { Against } from "./remedy.ts";

/** What speaks against a step, in words. */
export function againstText(against: Against): string {
  switch (against.kind) {
    case "calls":
      return `${calls(against.events)} after it`;
    case "later":
      return `${calls(against.events)} after it that no level judges any more`;
    case "grant":
      return "the registry has a grant that goes on after it";
    case "order":
      return "it is dated before an earlier step";
    default:
      return "the step before it is not done";
  }
}

const calls = (events: number): string => `${figure(events)} ${events === 1 ? "call" : "calls"}`;
