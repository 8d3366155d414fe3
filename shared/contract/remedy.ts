import { z } from "zod";
import { LETTER_KINDS, type Letter } from "../model/accountability/letter.ts";
import type { Remedy, RemedyPreview } from "../model/accountability/remedy.ts";
import { file } from "./chosen.ts";
import { by, request, text } from "./request.ts";

const question = { rule: text.optional(), at: text.optional() };

const STEP = z.strictObject({
  step: text,
  developer: text,
  rule: text.optional(),
  on: text.optional(),
  due: text.optional(),
  by: text.optional(),
  result: text.optional(),
  note: text.optional(),
});

/** What is asked of the remedy: how far each developer is, and the steps recorded for it. */
export const REMEDY_REQUESTS = {
  /** `at`: a time as in filters; without it now. */
  remedy: request<Remedy>().of(z.strictObject(question)),
  /** Records steps in one act, each with the files. Gives their numbers. */
  addSteps: request<{ entries: number[] }>().of(
    z.strictObject({ steps: z.array(STEP).min(1), files: z.array(file("attachment")).optional(), by }),
  ),
  /** `rule`: of the rows that name none. */
  importSteps: request<{ entries: number[]; ignored: string[] }>().of(
    z.strictObject({ file: file("remedy"), rule: text.optional(), by }),
  ),
  /** What a file of steps would record; nothing is changed. */
  stepsPreview: request<RemedyPreview>().of(z.strictObject({ file: file("remedy") })),
  /** A letter to a developer, filled from the case. */
  letter: request<Letter>().of(z.strictObject({ kind: z.enum(LETTER_KINDS), developer_id: text, ...question })),
  /**
   * Records the step that a letter is for, of each developer, with its letter in evidence. `when`: the day it was sent (notice,
   * request for deletion), or by when what it asks for is due (certificate, audit). Gives the entries' numbers.
   */
  recordLetters: request<{ entries: number[] }>().of(
    z.strictObject({
      kind: z.enum(LETTER_KINDS),
      developers: z.array(text).min(1).max(10_000),
      rule: text,
      when: text,
      responsible: text.optional(),
      by,
    }),
  ),
  /** Writes the table of a rule, of these developers in this order or of all: CSV, or a workbook by the file's name. */
  remedyFile: request<{ file: string; developers: number }>().of(
    z.strictObject({ rule: text, developers: z.array(text).max(1_000_000).optional(), file: file("save"), by }),
  ),
  takeBackStep: request<{ n: number }>().of(z.strictObject({ n: z.number().int().min(1), reason: text, by })),
} as const;
