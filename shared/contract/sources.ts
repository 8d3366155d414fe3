import { z } from "zod";
import type { RefusalData } from "../base/errors.ts";
import type { Estimate } from "../model/estimate.ts";
import type { Ledger } from "../model/ledger.ts";
import type { Acquisition, LeftOut, RemapReport, SourceReport, SourceState, WithdrawReport } from "../model/source.ts";
import { file } from "./chosen.ts";
import { by, nothing, request, row, text } from "./request.ts";

export interface ImportReply {
  sources: SourceReport[];
  /** What an examiner should know of how a file was read, a sentence each: what was decided, by what. */
  notes: { file: string; note: string }[];
  failures: RefusalData[];
  /** Files in archives and folders that did not become sources. */
  left_out: LeftOut[];
}

/** What is asked of the log files of a case: to import them, to account for their lines, to read or count them anew. */
export const SOURCE_REQUESTS = {
  import: request<ImportReply>().of(
    z.strictObject({
      files: z.array(file("logs")).min(1),
      format: text.optional(),
      mapping: z.unknown().optional(),
      timezone: text.optional(),
      resume: z.boolean().optional(),
      /** The files stay where they are, and are the evidence: hashed and watched, not copied. */
      by_reference: z.boolean().optional(),
      by,
    }),
  ),
  /**
   * What an import of these files will take, against what is free on the case's disk: the first megabytes of the largest
   * are imported into a throw-away case, which takes about a second each. Imports nothing and refuses nothing: the window asks before it
   * begins what does not fit, the command line refuses it.
   */
  estimate: request<Estimate>().of(
    z.strictObject({
      files: z.array(file("logs")).min(1),
      format: text.optional(),
      mapping: z.unknown().optional(),
      timezone: text.optional(),
      by_reference: z.boolean().optional(),
    }),
  ),
  /** Every complete source, the withdrawn ones too, as the case has them now. */
  sources: request<{ sources: SourceState[] }>().of(nothing),
  /** Where every physical line of every source went, with the sums, and why records were rejected. */
  ledger: request<Ledger>().of(nothing),
  /**
   * Takes a source out of every count; nothing of it is thrown away. Records that later sources share with it count there
   * from now on. Refused: `source-missing`, `source-withdrawn`, `reason-missing`, `import-unfinished`.
   */
  withdraw: request<WithdrawReport>().of(z.strictObject({ source: row, reason: text, by })),
  /**
   * Reads a source again from evidence and replaces its events in one go; until then the old ones stand. `mapping`: a document
   * instead of the one in force; `format` alone: that format's own mapping; neither: the mapping in force, with another
   * `timezone` or `encoding`. Tags and notes stay where the same record is still an event. Long, tells progress, can be
   * stopped (nothing has changed then). Refused as an import is, and `source-missing`, `import-unfinished`.
   */
  remap: request<RemapReport>().of(
    z.strictObject({
      source: row,
      mapping: z.unknown().optional(),
      format: text.optional(),
      timezone: text.optional(),
      encoding: text.optional(),
      by,
    }),
  ),
  /** Counts a withdrawn source again. Refused as `withdraw`. */
  restore: request<WithdrawReport>().of(z.strictObject({ source: row, reason: text, by })),
  /**
   * Says how a source's file came to the case. Said again, the newer holds. Refused: `source-missing`, `import-unfinished`;
   * `usage` for an empty field, a time that is none or after the clock, and a digest that is no SHA-256.
   */
  received: request<Acquisition>().of(
    z.strictObject({
      source: row,
      from: text,
      on: text,
      medium: text,
      method: text,
      digest: text.optional(),
      seal: text.optional(),
      note: text.optional(),
      by,
    }),
  ),
  /** A page of a source's rejected records, in the order of the file. `text`: the record as it stands in the original, its beginning if it is long. */
  rejects: request<{ total: number; rejects: { line: number; lines: number; reason: string; text: string }[] }>().of(
    z.strictObject({
      source: z.number().int().min(0),
      offset: z.number().int().min(0),
      limit: z.number().int().min(0).max(1000),
    }),
  ),
} as const;
