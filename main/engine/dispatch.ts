import type { Contract } from "../../shared/contract/contract.ts";
import { ANNOTATION_HANDLERS } from "./annotations-handlers.ts";
import { BUNDLE_HANDLERS } from "./bundle-handlers.ts";
import { CASE_HANDLERS } from "./case-handlers.ts";
import { CLOCK_HANDLERS } from "./clocks-handlers.ts";
import { EXPLORE_HANDLERS } from "./explore-handlers.ts";
import { FINDING_HANDLERS } from "./findings-handlers.ts";
import type { HandlersOf } from "./handlers.ts";
import { REMEDY_HANDLERS } from "./remedy-handlers.ts";
import { SOURCE_HANDLERS } from "./sources-handlers.ts";

/**
 * Every request of the contract with its handler. A request without a handler does not compile. What reads logs and what
 * writes bundles is two thirds of the program, so it is loaded on first use.
 */
export const HANDLERS: HandlersOf<Contract> = {
  ...CASE_HANDLERS,
  ...SOURCE_HANDLERS,
  ...EXPLORE_HANDLERS,
  ...ANNOTATION_HANDLERS,
  ...FINDING_HANDLERS,
  ...REMEDY_HANDLERS,
  ...CLOCK_HANDLERS,
  ...BUNDLE_HANDLERS,
};
