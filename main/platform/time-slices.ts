import { setImmediate } from "node:timers/promises";
import { Refusal } from "../../shared/base/errors.ts";

/** Milliseconds that long work runs before it lets other messages through. */
export const SLICE_MS = 5;

/** What was asked meanwhile is answered first. @param what what stops, in words @throws Refusal `cancelled` where nobody waits any more */
export async function yieldToMessages(signal: AbortSignal | undefined, what: string): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new Refusal("cancelled", what, "ask again when you need it");
}
