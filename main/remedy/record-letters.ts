import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import { LETTERS, type LetterKind } from "../../shared/model/accountability/letter.ts";
import { demandWritable } from "../case/case.ts";
import { keepAttachment } from "../evidence/attachment.ts";
import type { Inquiry } from "../findings/inquiry.ts";
import { workingFolder } from "../platform/working-folder.ts";
import { StepChecker } from "./check-step.ts";
import { draftLetter } from "./letters.ts";
import { insertSteps, type StepRecord } from "./steps/entries.ts";

/** Letters that are the step itself when they are sent; the others ask for one that is then due. */
const IS_THE_STEP: ReadonlySet<LetterKind> = new Set<LetterKind>(["notice", "deletion"]);

/** Letters of one kind to some developers. */
export interface LettersSent {
  readonly kind: LetterKind;
  readonly developers: readonly string[];
  readonly rule: string;
  /** When they were sent, or by when what they ask for is due. */
  readonly when: string;
  readonly by?: string | undefined;
}

/**
 * Records the step that a letter is for, of each developer, with its letter as a file in evidence: done where the letter is the
 * step, due where it asks for it. All in one act.
 * @throws Refusal as `StepChecker` and `draftLetter` do; nothing is recorded then
 */
export function recordLetters(inquiry: Inquiry, sent: LettersSent, by?: string): number[] {
  const { caseFile } = inquiry.dataset;
  demandWritable(caseFile);
  const { kind, developers, rule, when } = sent;
  if (developers.length === 0) throw new Refusal("usage", "No developer was chosen", "choose to whom the letters go");
  const { step } = LETTERS[kind];
  const checker = new StepChecker(inquiry);
  const time = IS_THE_STEP.has(kind) ? { on: when } : { due: when };
  const checked = developers.map((developer) =>
    checker.check({ step, developer, rule, ...time, ...given({ by: sent.by }) }),
  );
  const letters = checked.map(({ developer_id, rule: named }) =>
    draftLetter(inquiry, { kind, developer_id, rule: named }),
  );
  const folder = workingFolder("letters");
  try {
    const steps = checked.map((each, index): StepRecord => {
      const letter = letters[index];
      // A name of its own for each, so that evidence and bundle tell them apart.
      const file = path.join(folder, `${kind}-${String(index + 1).padStart(3, "0")}-${plain(each.developer_id)}.txt`);
      fs.writeFileSync(file, letter?.text ?? "");
      return { ...each, files: [keepAttachment(caseFile, file)] };
    });
    return insertSteps(caseFile, steps, undefined, by);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What of an id can stand in a file's name everywhere. */
const plain = (id: string): string => id.replace(/[^A-Za-z0-9._-]+/gu, "-").slice(0, 60);
