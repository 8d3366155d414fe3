import { setImmediate } from "node:timers/promises";
import { Refusal } from "../../shared/base/errors.ts";

/** Milliseconds that long work runs before it lets other messages through. */
export const SLICE_MS = 5;

/**
 * Lets waiting messages be answered first. @param what names the work that stops, for the refusal @throws Refusal
 * `cancelled` where the caller no longer waits
 */
export async function yieldToMessages(signal: AbortSignal | undefined, what: string): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new Refusal("cancelled", what, "ask again when you need it");
}
