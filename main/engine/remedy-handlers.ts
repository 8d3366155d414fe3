import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import { type Moment, momentOf } from "../../shared/base/moment.ts";
import type { REMEDY_REQUESTS } from "../../shared/contract/remedy.ts";
import { draftLetter } from "../remedy/letters.ts";
import { recordLetters } from "../remedy/record-letters.ts";
import { checkSteps, importSteps, recordSteps } from "../remedy/record-steps.ts";
import { remedyOf } from "../remedy/remedy.ts";
import { takeBackStep } from "../remedy/steps/entries.ts";
import type { HandlersOf } from "./handlers.ts";
import { writeRemedy } from "./requests/remedy-file.ts";

export const REMEDY_HANDLERS: HandlersOf<typeof REMEDY_REQUESTS> = {
  remedy: ({ inquiry }, { rule, at }) => remedyOf(inquiry, { rule, at: at === undefined ? undefined : timeGiven(at) }),
  addSteps: (session, { steps, files, by }) => ({ entries: recordSteps(session.inquiry, steps, files, by) }),
  importSteps: async (session, { file, rule, by }) => {
    const { numbers, ignored } = await importSteps(session.inquiry, file, rule, by);
    return { entries: [...numbers], ignored: [...ignored] };
  },
  stepsPreview: async (session, { file }) => {
    const { read, steps } = await checkSteps(session.inquiry, file);
    return {
      file: read.file,
      steps: steps.map(({ developer_id, step, on, due }) => ({ developer_id, step, ...given({ on, due }) })),
      ignored: read.ignored,
    };
  },
  letter: ({ inquiry }, { at, ...asked }) =>
    draftLetter(inquiry, { ...asked, at: at === undefined ? undefined : timeGiven(at) }),
  recordLetters: ({ inquiry }, { responsible, by, ...sent }) => ({
    entries: recordLetters(inquiry, { ...sent, by: responsible }, by),
  }),
  remedyFile: (session, input) => writeRemedy(session, input),
  takeBackStep: (session, { n, reason, by }) => {
    takeBackStep(session.caseFile, n, reason, by);
    return { n };
  },
};

function timeGiven(text: string): Moment {
  const at = momentOf(text);
  if (!("from" in at)) throw new Refusal("usage", `"${text.slice(0, 60)}" ${at.what}`, at.todo);
  return at;
}
