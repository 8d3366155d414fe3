import { ANNOTATION_REQUESTS } from "../../shared/contract/annotations.ts";
import { BUNDLE_REQUESTS } from "../../shared/contract/bundle.ts";
import { BY_HAND_REQUESTS } from "../../shared/contract/by-hand.ts";
import { CASE_REQUESTS } from "../../shared/contract/case.ts";
import { CHANGE_REQUESTS } from "../../shared/contract/changes.ts";
import { CLOCK_REQUESTS } from "../../shared/contract/clocks.ts";
import type { Contract, Hooks, RequestName } from "../../shared/contract/contract.ts";
import { EXPLORE_REQUESTS } from "../../shared/contract/explore.ts";
import { FINDING_REQUESTS } from "../../shared/contract/findings.ts";
import { REMEDY_REQUESTS } from "../../shared/contract/remedy.ts";
import { SOURCE_REQUESTS } from "../../shared/contract/sources.ts";
import type { HandlersOf } from "./handlers.ts";
import type { Session } from "./session/session.ts";

/**
 * The requests of each noun, and where their handlers are. A noun is loaded with its first request: a question of the command
 * line would otherwise load three times the program that answers it.
 */
const NOUNS = [
  [CASE_REQUESTS, async () => (await import("./case-handlers.ts")).CASE_HANDLERS],
  [BY_HAND_REQUESTS, async () => (await import("./by-hand-handlers.ts")).BY_HAND_HANDLERS],
  [SOURCE_REQUESTS, async () => (await import("./sources-handlers.ts")).SOURCE_HANDLERS],
  [EXPLORE_REQUESTS, async () => (await import("./explore-handlers.ts")).EXPLORE_HANDLERS],
  [ANNOTATION_REQUESTS, async () => (await import("./annotations-handlers.ts")).ANNOTATION_HANDLERS],
  [FINDING_REQUESTS, async () => (await import("./findings-handlers.ts")).FINDING_HANDLERS],
  [REMEDY_REQUESTS, async () => (await import("./remedy-handlers.ts")).REMEDY_HANDLERS],
  [CLOCK_REQUESTS, async () => (await import("./clocks-handlers.ts")).CLOCK_HANDLERS],
  [CHANGE_REQUESTS, async () => (await import("./changes-handlers.ts")).CHANGE_HANDLERS],
  [BUNDLE_REQUESTS, async () => (await import("./bundle-handlers.ts")).BUNDLE_HANDLERS],
] as const;

type Handler = (session: Session, input: unknown, hooks: Hooks) => unknown;

/** A request of the contract that no noun above has does not compile. */
type Missing = Exclude<RequestName, keyof UnionToIntersection<(typeof NOUNS)[number][0]>>;
type UnionToIntersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;
const isComplete: Missing extends never ? true : Missing = true;

const loaded = new Map<number, Partial<HandlersOf<Contract>>>();

/** At once where its noun is loaded, so that requests are answered in the order in which they came. */
export function handlerOf(name: RequestName): Handler | Promise<Handler> {
  const noun = isComplete ? NOUNS.findIndex(([requests]) => Object.hasOwn(requests, name)) : -1;
  const known = loaded.get(noun);
  if (known) return known[name] as Handler;
  const load = NOUNS[noun]?.[1] as () => Promise<Partial<HandlersOf<Contract>>>;
  return load().then((handlers) => {
    loaded.set(noun, handlers);
    return handlers[name] as Handler;
  });
}
