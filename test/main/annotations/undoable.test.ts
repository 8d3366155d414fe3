import { expect, test } from "vitest";
import { addNote, addTag, redo, undo } from "../../../main/annotations/tag-and-note.ts";
import { undoableActs } from "../../../main/annotations/undoable.ts";
import { decide } from "../../../main/findings/dispositions.ts";
import { caseOf } from "../../fixture.ts";

const CALLS = ["2018-04-04T00:00:00Z", "2018-04-05T00:00:00Z"].map((time) => ({ time, app: "a1", status: 200 }));
const chosen = { filter: "", ids: Uint32Array.of(1, 2) };

test("the last tag or note is offered by its words, and what was undone since", () => {
  const caseFile = caseOf({ events: CALLS as never });
  expect(undoableActs(caseFile).undo).toBeUndefined();
  addTag(caseFile, chosen, "Seen");
  addNote(caseFile, chosen, "Ask.");
  expect(undoableActs(caseFile).undo).toMatchObject({ what: "note on", events: 2 });
  undo(caseFile);
  expect(undoableActs(caseFile)).toMatchObject({ undo: { what: "tag Seen on" }, redo: { what: "note on" } });
  undo(caseFile);
  expect(undoableActs(caseFile).undo).toBeUndefined();
  expect(undoableActs(caseFile).redo).toMatchObject({ what: "tag Seen on" });
  redo(caseFile);
  expect(undoableActs(caseFile)).toMatchObject({ undo: { what: "tag Seen on" }, redo: { what: "note on" } });
});

test("behind an act of another kind nothing is offered, and that act is named", () => {
  const caseFile = caseOf({ events: CALLS as never });
  addTag(caseFile, chosen, "Seen");
  decide(caseFile, { rule: "r", developer_id: "D1", disposition: "confirmed", reason: "Seen." });
  expect(undoableActs(caseFile)).toEqual({
    after: { act: "finding", detail: expect.objectContaining({ developer: "D1" }) as unknown },
  });
  addTag(caseFile, chosen, "Again");
  expect(undoableActs(caseFile).undo).toMatchObject({ what: "tag Again on" });
});
