import { given } from "../../shared/base/given.ts";
import type { ANNOTATION_REQUESTS } from "../../shared/contract/annotations.ts";
import { addNote, addTag, redo, removeTag, undo } from "../annotations/tag-and-note.ts";
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
  undo: (session, { by }) => {
    const report = undo(session.caseFile, by);
    session.forgetSelections();
    return report;
  },
  redo: (session, { by }) => {
    const report = redo(session.caseFile, by);
    session.forgetSelections();
    return report;
  },
};
