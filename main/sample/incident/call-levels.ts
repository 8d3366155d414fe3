import type { App } from "./actors.ts";
import { AS_OF, CUTOFF } from "./calendar.ts";
import { type Call, UNKNOWN_FIELDS } from "./call-kinds.ts";

export const NONE = 0;
export const ATTEMPTED = 1;
export const POSSIBLE = 2;
export const OBTAINED = 3;
/** In scope and span, and counted nowhere. */
export const FAILED = 4;
export const UNKNOWN = 5;
export type Verdict = 0 | 1 | 2 | 3 | 4 | 5;

/** The person's opt-in covers the app's call at that time. */
export function consented(app: App | undefined, person: number, time: number): boolean {
  const spans = app?.consents?.get(person);
  return spans?.some((span) => time >= span.from && time < span.until) ?? false;
}

export const inSpan = (call: Call): boolean => call.operation.inScope && call.time >= CUTOFF && call.time < AS_OF;

/** The log has a list of the people returned, and no count that belies an empty one. */
export const lists = (call: Call): boolean =>
  call.people !== undefined && !(call.people.length === 0 && call.count > 0);

/** The log says that the call returned nobody (docs/decisions/04-nobody-returned.md). */
export function nobody(call: Call): boolean {
  if (lists(call)) return call.people?.length === 0;
  if (call.count >= 0) return call.count === 0;
  return call.status === 204 || call.status === 205 || (call.status >= 300 && call.status < 400);
}

/** What the rule says about one call that is no duplicate (docs/decisions, 1 to 6). */
export const judge = (call: Call): Verdict => (inSpan(call) ? levelOf(call) : NONE);

/** The same of a call in scope, whenever it was made. */
export function levelOf(call: Call): Verdict {
  if (!call.operation.inScope || call.app?.exempt) return NONE;
  if (call.fields !== UNKNOWN_FIELDS && call.fields.got.length === 0) return NONE;
  if (call.outcome === "denied") return ATTEMPTED;
  if (call.outcome === "failed") return FAILED;
  const someone = (call.people !== undefined && call.people.length > 0) || call.count > 0;
  if (call.outcome === "unknown" && !someone) return UNKNOWN;
  if (nobody(call)) return ATTEMPTED;
  if (lists(call) && call.people?.every((person) => consented(call.app, person, call.time))) return NONE;
  return call.fields === UNKNOWN_FIELDS ? POSSIBLE : OBTAINED;
}
