import { Refusal } from "../../shared/base/errors.ts";
import { given } from "../../shared/base/given.ts";
import type { ANNOTATION_REQUESTS } from "../../shared/contract/annotations.ts";
import type { UndoableAct } from "../../shared/model/undoable.ts";
import { addNote, addTag, redo, removeTag, undo } from "../annotations/tag-and-note.ts";
import { undoableActs } from "../annotations/undoable.ts";
import type { HandlersOf } from "./handlers.ts";
import { pickedEvents } from "./requests/picked-events.ts";

export const ANNOTATION_HANDLERS: HandlersOf<typeof ANNOTATION_REQUESTS> = {
  tag: (session, { tag, remove, note, by, ...pick }) => {
    const change = remove ? removeTag : addTag;
    const report = change(session.caseFile, pickedEvents(session, pick), tag, given({ note, by }));
    session.forgetSelections();
    return report;
  },
  note: (session, { note, by, ...pick }) => {
    const report = addNote(session.caseFile, pickedEvents(session, pick), note, by);
    session.forgetSelections();
    return report;
  },
  undo: (session, { act, by }) => {
    checkOffered(act, undoableActs(session.caseFile).undo);
    const report = undo(session.caseFile, by);
    session.forgetSelections();
    return report;
  },
  redo: (session, { act, by }) => {
    checkOffered(act, undoableActs(session.caseFile).redo);
    const report = redo(session.caseFile, by);
    session.forgetSelections();
    return report;
  },
  undoable: ({ caseFile }) => undoableActs(caseFile),
};

/** What was offered is what is done: another act may have come in between. */
function checkOffered(act: number | undefined, offered: UndoableAct | undefined): void {
  if (act !== undefined && act !== offered?.act)
    throw new Refusal(
      "nothing-to-undo",
      "Another act came after the one that was offered",
      "look at Custody and choose again",
    );
}
