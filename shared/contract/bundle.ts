import { z } from "zod";
import type { ReviewReport } from "../model/accountability/review-file.ts";
import { DISPOSITIONS, type Disposition } from "../model/finding.ts";
import { file } from "./chosen.ts";
import { by, request, row, text } from "./request.ts";

export interface BundleReply {
  bundle: string;
  name: string;
  files: number;
  bytes: number;
  events: number;
  left_out: number;
  sha256: string;
  signed: boolean;
}

const line = z.string().max(2_000);
const states = z.array(z.enum(DISPOSITIONS)).min(1).max(DISPOSITIONS.length);

/** What is asked of bundles. */
export const BUNDLE_REQUESTS = {
  bundle: request<BundleReply>().of(
    z.strictObject({
      out: file("save"),
      filter: text.optional(),
      /** Only calls of findings in these states; absent: of all. */
      findings: states.optional(),
      /** A dossier of this developer alone, by id or name. */
      developer: text.optional(),
      originals: z.boolean().optional(),
      compact: z.boolean().optional(),
      key: file("key").optional(),
      passphrase: text.optional(),
      /** To whom it goes, the number of the matter, why it was made; letterhead: its lines. */
      for: line.optional(),
      matter: line.optional(),
      reason: line.optional(),
      letterhead: line.optional(),
      at: text.optional(),
      by,
    }),
  ),
  /** Says in custody that a bundle that was made fails its own check. Said again, nothing changes. */
  bundleUnsound: request<Record<string, never>>().of(z.strictObject({ name: text, by })),
  /** What a review file of one of the case's bundles, or a bundle of another case, says beside what the case has. Takes nothing in. */
  reviewFile: request<ReviewReport>().of(
    z.strictObject({ file: file("review", "bundle"), signer: file("public-key").optional() }),
  ),
  /** Takes acts of it in, all or none: those that are named, else all that are new. `seen`: as the answer before had it. */
  takeReview: request<ReviewReport & { taken: number }>().of(
    z.strictObject({
      file: file("review", "bundle"),
      signer: file("public-key").optional(),
      only: z.array(row).min(1).max(10_000).optional(),
      seen: text.optional(),
      reason: text.optional(),
      by,
    }),
  ),
  /** What a bundle would hold, without making it. `originals`: all that the case keeps. */
  bundleChoice: request<{
    events: number;
    left_out: number;
    reasons: { why: string; filter: string; events: number }[];
    originals: { files: number; bytes: number };
    /** Of the original lines of its calls. */
    line_bytes: number;
    findings: number;
    /** How many of them are in each state. */
    by_state: Record<Disposition, number>;
  }>().of(z.strictObject({ filter: text.optional(), findings: states.optional(), developer: text.optional() })),
} as const;
