import { z } from "zod";
import type { ClocksReport, DueClock, FactEntry, Regime } from "../model/accountability/due-clock.ts";
import { file } from "./chosen.ts";
import { by, nothing, request, text } from "./request.ts";

/** An instant, as the command line and the window write times. Absent: now. */
const at = text.optional();

/** What is asked of the clocks: what is due to whom, which facts start it, what was done. */
export const CLOCK_REQUESTS = {
  /** As FORMATS has it. With a file: that is taken into force first. */
  dueClocks: request<ClocksReport>().of(z.strictObject({ file: file("clocks").optional(), at, by })),
  /** The clocks in force as their file has them, and every entry of the book of facts. */
  clocksInForce: request<{ clocks: readonly DueClock[]; facts: readonly FactEntry[] }>().of(nothing),
  regimes: request<{ regimes: Regime[] }>().of(nothing),
  addRegimes: request<{ clocks: string[] }>().of(z.strictObject({ regimes: z.array(text).min(1), by })),
  setFact: request<{ fact: string; value: string }>().of(z.strictObject({ fact: text, time: text, reason: text, by })),
  takeBackFact: request<{ fact: string }>().of(z.strictObject({ fact: text, reason: text, by })),
  clockDone: request<{ fact: string; value: string }>().of(
    z.strictObject({ id: text, on: text, file: file("attachment").optional(), by }),
  ),
  /** The due dates as a calendar file. */
  dueCalendar: request<{ file: string; events: number; bytes: number; sha256: string }>().of(
    z.strictObject({ file: file("save"), at, by }),
  ),
} as const;
