import { z } from "zod";
import { given } from "../../shared/base/given.ts";
import { type History, SCREENS } from "./places.ts";

/** The way through a case, kept on this machine until next time. */

const MAX_STORED_PLACES = 100;

const PLACE = z
  .object({
    screen: z.enum(SCREENS),
    text: z.string().max(1_000_000),
    sort: z.string().optional(),
    row: z.number().int().min(0).optional(),
    of: z.string().optional(),
  })
  .transform(given);
const STORED = z.object({ past: z.array(PLACE), here: PLACE, future: z.array(PLACE) });

const keyOf = (folder: string) => `history ${folder}`;

export function historyText({ past, here, future }: History): string {
  return JSON.stringify({ past: past.slice(-MAX_STORED_PLACES), here, future: future.slice(0, MAX_STORED_PLACES) });
}

/** Undefined where nothing that can be read is stored. */
export function historyFrom(stored: string | null): History | undefined {
  if (stored === null) return undefined;
  try {
    const found = STORED.safeParse(JSON.parse(stored));
    return found.success ? { ...found.data, isTyping: false } : undefined;
  } catch {
    return undefined;
  }
}

export const storedHistory = (folder: string): History | undefined => historyFrom(localStorage.getItem(keyOf(folder)));

export function keepHistory(folder: string, history: History): void {
  try {
    localStorage.setItem(keyOf(folder), historyText(history));
  } catch {
    // a full or forbidden store costs a convenience, not evidence
  }
}
