import { z } from "zod";
import type { CaseChanges, ChangingAct } from "../model/accountability/changes.ts";
import { nothing, request } from "./request.ts";

const act = z.number().int().min(0);

/** What is asked of earlier states of the case. */
export const CHANGE_REQUESTS = {
  /**
   * What is otherwise behind one act than behind an earlier one: without `after` the case as it is, without `before` as it was
   * before the last thing that was done to it. `changes` is absent where the calls of then have to be read again, which
   * `changesReadAgain` does; `before` is the act it would be compared with. `kept`: only where what was found before an act is
   * remembered, which takes no time.
   * @throws Refusal `state-lost`
   */
  changes: request<{ before?: number; changes?: CaseChanges }>().of(
    z.strictObject({ before: act.optional(), after: act.optional(), kept: z.literal(true).optional() }),
  ),
  /** The same, whatever it takes: about as long as an import. Long, tells progress, can be stopped. */
  changesReadAgain: request<CaseChanges>().of(z.strictObject({ before: act, after: act.optional() })),
  /** Every act that can change a finding, or what speaks against a step, the last one first. */
  changingActs: request<{ acts: ChangingAct[] }>().of(nothing),
  /** Remembers, for `changes`, what is found before an act changes it; only where it has been worked out. */
  keepState: request<Record<string, never>>().of(nothing),
} as const;
