import { z } from "zod";
import { instantOf } from "../base/time.ts";
import { CALLERS } from "./event.ts";
import { RECENT_DAYS } from "./recent-days.ts";

/** `exhibit/policy@1` as users write it. Unknown keys are refused by name. */

/** Whole seconds are exact in any year, a fraction only where microseconds are. */
const isExact = (text: string): boolean => !/[.,]0*[1-9]/u.test(text) || Number.isSafeInteger(instantOf(text));

const instant = z.iso.datetime({ offset: true, local: false, error: "must be a time such as 2018-04-04T00:00:00Z" });
const time = (example: string) =>
  z
    .union([instant, z.iso.date()], { error: `must be a time such as ${example}` })
    .refine(isExact, { error: "must have no fraction in a year before 1685 or after 2254" });
const text = z.string();

export const RULE = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/u, "may hold letters, digits, dots, dashes and underscores"),
  title: text.optional(),
  effective_from: time("2018-04-04T00:00:00Z"),
  grace_days: z.number().int().min(0).max(36_500).default(0),
  applies_to: z
    .strictObject({
      api: z.array(text).optional(),
      operations: z.array(text).optional(),
      /** Absent: every call but those of the platform's own services. */
      caller: z.array(z.enum(CALLERS, { error: `must be ${CALLERS.join(", ")}` })).optional(),
      filter: text.optional(),
    })
    .default({}),
  /** Absent: everything that the calls return is restricted. */
  restricted_fields: z.array(text.min(1)).min(1, "must name at least one field").optional(),
  permission: text.min(1).optional(),
  exempt_apps: z.array(text).default([]),
  consent_permission: text.min(1).optional(),
});

export const POLICY = z.strictObject({
  schema: z.literal("exhibit/policy@1"),
  title: text.optional(),
  authority: text.optional(),
  as_of: time("2019-11-05T00:00:00Z").optional(),
  recent_days: z.number().int().min(1).max(36_500).default(RECENT_DAYS),
  rules: z.array(RULE).min(1, "must hold at least one rule"),
});

export type Rule = z.output<typeof RULE>;
export type Policy = z.output<typeof POLICY>;
