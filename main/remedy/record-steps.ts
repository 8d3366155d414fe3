import { Refusal } from "../../shared/base/errors.ts";
import type { AttachedFile, StepGiven } from "../../shared/model/accountability/remedy.ts";
import { demandWritable } from "../case/case.ts";
import { keepAttachment } from "../evidence/attachment.ts";
import type { Inquiry } from "../findings/inquiry.ts";
import { StepChecker } from "./check-step.ts";
import { readSteps, type StepsRead } from "./read-steps.ts";
import { insertSteps, type StepRecord } from "./steps/entries.ts";

/** Wrong rows that a refusal names. */
const MAX_NAMED_ROWS = 5;

/**
 * Records one step for some developers, in one act. Its files come into evidence first.
 * @throws Refusal as `StepChecker` and `keepAttachment` do; nothing is recorded then
 */
export function recordSteps(
  inquiry: Inquiry,
  steps: readonly StepGiven[],
  files: readonly string[] = [],
  by?: string,
): number[] {
  const { caseFile } = inquiry.dataset;
  demandWritable(caseFile);
  const checker = new StepChecker(inquiry);
  const checked = steps.map((step) => checker.check(step));
  const kept: AttachedFile[] = [];
  for (const file of new Set(files)) kept.push(keepAttachment(caseFile, file));
  // What shows that something was done is no file of what is only planned beside it.
  const isAnyDone = checked.some(({ on }) => on !== undefined);
  return insertSteps(
    caseFile,
    checked.map((step): StepRecord => ({ ...step, files: isAnyDone && step.on === undefined ? [] : kept })),
    undefined,
    by,
  );
}

export interface StepsImported {
  readonly numbers: readonly number[];
  /** Columns that say nothing here. */
  readonly ignored: readonly string[];
}

/** A file of steps, checked row by row; `rule` is of rows that name none. @throws Refusal `remedy-wrong`, naming each wrong row */
export async function checkSteps(
  inquiry: Inquiry,
  file: string,
  rule?: string,
): Promise<{ read: StepsRead; steps: StepRecord[] }> {
  const read = await readSteps(file);
  if (read.rows.length === 0)
    throw new Refusal("remedy-wrong", `${read.file} has no row under its header`, "give the steps that were done");
  const checker = new StepChecker(inquiry);
  const faults: string[] = [];
  const steps = read.rows.flatMap(({ place, step }): StepRecord[] => {
    try {
      if (step.developer === "") throw new Refusal("remedy-wrong", "it names no developer", "name one");
      if (step.step === "") throw new Refusal("remedy-wrong", "it names no step", "name one");
      return [{ ...checker.check({ ...step, rule: step.rule ?? rule }), files: [] }];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      faults.push(`${place}: ${error.what}`);
      return [];
    }
  });
  if (faults.length === 0) return { read, steps };
  const more = faults.length - MAX_NAMED_ROWS;
  throw new Refusal(
    "remedy-wrong",
    `${read.file} ${faults.slice(0, MAX_NAMED_ROWS).join("; ")}${more > 0 ? `; and ${more} more rows` : ""}`,
    "correct it and import the file again; nothing was changed",
  );
}

/** Records all steps of a file, or none. @throws Refusal as `checkSteps` does */
export async function importSteps(inquiry: Inquiry, file: string, rule?: string, by?: string): Promise<StepsImported> {
  const { caseFile } = inquiry.dataset;
  demandWritable(caseFile);
  const { read, steps } = await checkSteps(inquiry, file, rule);
  const { sha256, ignored } = read;
  demandNew(inquiry, read);
  const numbers = insertSteps(
    caseFile,
    steps,
    { file: read.file, sha256, ...(ignored.length > 0 ? { ignored_columns: ignored } : {}) },
    by,
  );
  return { numbers, ignored };
}

/** @throws Refusal `remedy-wrong`: steps of these very bytes are in the case, and some of them count */
function demandNew({ dataset: { caseFile } }: Inquiry, { file, sha256 }: StepsRead): void {
  const numbers = caseFile.db
    .prepare(
      `select e.id from custody c, json_each(c.entry, '$.detail.entries') j join remedy_entry e on e.id = json_extract(j.value, '$.n')
       where json_extract(c.entry, '$.act') = 'remedy' and json_extract(c.entry, '$.detail.sha256') = ? and e.taken_back is null
       order by e.id`,
    )
    .pluck()
    .all(sha256) as number[];
  if (numbers.length > 0)
    throw new Refusal(
      "remedy-wrong",
      `${file} is in the case already, as entry ${numbers[0]}${numbers.length > 1 ? ` to ${numbers.at(-1)}` : ""}`,
      "take those back first, or give only the steps that are new; nothing was changed",
    );
}
