import { z } from "zod";

/** `exhibit/claims@1`: what was said in public, to be compared with the record. */

const COMPARISONS = [">=", ">", "=", "<", "<="] as const;

export const CLAIM = z
  .strictObject({
    id: z.string().min(1),
    text: z.string(),
    said_by: z.string().optional(),
    said_on: z.string().optional(),
    source: z.string().optional(),
    rule: z.string().optional(),
    measure: z.enum(["developers", "apps", "events", "people", "bytes", "resources"]).optional(),
    level: z
      .enum(["entitled", "attempted", "possible", "obtained", "entitled+", "attempted+", "possible+", "obtained+"])
      .optional(),
    recent: z.boolean().default(false),
    filter: z.string().default(""),
    is: z.enum(COMPARISONS).optional(),
    value: z.number().min(0).optional(),
  })
  .refine((claim) => claim.measure === undefined || (claim.is !== undefined && claim.value !== undefined), {
    error: "a claim with a measure needs `is` and `value`",
  });

export const CLAIMS = z.strictObject({ schema: z.literal("exhibit/claims@1"), claims: z.array(CLAIM).min(1) });

export type Claim = z.output<typeof CLAIM>;
export type Claims = z.output<typeof CLAIMS>;

export type Verdict = "supported" | "contradicted" | "undetermined";
