import { z } from "zod";
import { MAX_REVIEW_ACTS, MAX_REVIEW_CALLS, MAX_REVIEW_TAG, MAX_REVIEW_TEXT } from "./review-limits.ts";

/** `exhibit/review@1`: what somebody who was handed a bundle says of its findings and calls. Unknown keys are refused by name. */

/** A review is read whole, and each of its acts becomes one of custody. */
export const MAX_REVIEW_BYTES = 8 << 20;

const said = (most: number) =>
  z
    .string({ error: "must be text" })
    .max(most, `is longer than ${most} characters`)
    .refine((value) => value.trim() !== "", "is empty");
const count = z.number({ error: "must be a whole number" }).int("must be a whole number").min(0, "is below zero");

/** A call by its place in the log it came from, which a case knows too; `event` is its number in the bundle, for people. */
const CALL = z.strictObject({
  event: count.optional(),
  source: count,
  line: count,
  offset: count,
  part: count.optional(),
});
const CALLS = z.array(CALL, { error: "must be a list of calls" }).min(1, "names no call").max(MAX_REVIEW_CALLS);
const FINDING = z.strictObject({ rule: said(500), developer_id: said(1000) });
const TEXT = said(MAX_REVIEW_TEXT);

const ACT = z.discriminatedUnion(
  "act",
  [
    z.strictObject({ act: z.literal("confirm"), finding: FINDING, text: TEXT }),
    z.strictObject({ act: z.literal("dispute"), finding: FINDING, text: TEXT }),
    z
      .strictObject({ act: z.literal("comment"), finding: FINDING.optional(), calls: CALLS.optional(), text: TEXT })
      .refine(
        ({ finding, calls }) => (finding === undefined) !== (calls === undefined),
        "a comment is on a finding or on calls",
      ),
    z.strictObject({ act: z.literal("tag"), calls: CALLS, tag: said(MAX_REVIEW_TAG) }),
  ],
  { error: "act must be confirm, dispute, comment or tag" },
);

export const REVIEW_FILE = z.strictObject({
  schema: z.literal("exhibit/review@1", { error: 'must be "exhibit/review@1"' }),
  bundle: z.strictObject({
    name: said(200),
    tagmanifest_sha256: z
      .string({ error: "must be 64 hex digits" })
      .regex(/^[0-9a-f]{64}$/u, "must be 64 hex digits, in lower case"),
  }),
  author: said(500).refine((value) => !/\p{Cc}/u.test(value), "holds control characters"),
  at: said(40),
  acts: z
    .array(ACT, { error: "must be a list of acts" })
    .min(1, "is empty")
    .max(MAX_REVIEW_ACTS, `has more than ${MAX_REVIEW_ACTS} acts, and a case takes no more at once`),
});

export type ReviewFile = z.output<typeof REVIEW_FILE>;
export type ReviewFileAct = z.output<typeof ACT>;
export type ReviewedCall = z.output<typeof CALL>;
export type ReviewedFinding = z.output<typeof FINDING>;

/** How an act of a review stands to the case that it is given to. */
export const REVIEW_STATES = ["new", "differs", "here", "lost"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** An act of a review beside what the case has. */
export interface ReviewRow {
  /** From 1, in the order of the file. */
  readonly n: number;
  readonly act: "confirm" | "dispute" | "comment" | "tag" | "decide";
  /** The finding, or the calls, in words. */
  readonly about: string;
  /** The reason, the comment or the tag. */
  readonly says: string;
  readonly by: string;
  readonly state: ReviewState;
  /** What the case has of it now. */
  readonly here: string;
}

/** What a review, or a bundle that is read like one, would bring. */
export interface ReviewReport {
  readonly bundle: string;
  readonly tagmanifest_sha256: string;
  readonly author: string;
  readonly at: string;
  /** The fingerprint of the key that signed the review, or the bundle; absent: nobody did. */
  readonly signed_by?: string;
  readonly acts: readonly ReviewRow[];
  /** Of what was compared: taking in is refused where it is not the same any more. */
  readonly seen: string;
}
