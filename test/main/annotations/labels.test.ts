import { expect, test } from "vitest";
import { labelsOf, runsAt, tagsOf } from "../../../main/annotations/labels.ts";
import { addNote, addTag, removeTag } from "../../../main/annotations/tag-and-note.ts";
import { quickCase } from "../query/dataset-of.ts";

const on = (...ids: number[]) => ({ filter: "", ids: Uint32Array.from(ids) });

test("an event bears the tags of the runs it is in, at both of their ends, in the order the tags were made", () => {
  const caseFile = quickCase();
  addTag(caseFile, on(3, 4, 5, 9), "zeta");
  addTag(caseFile, on(5, 6), "alpha");
  const { tags } = labelsOf(caseFile.db);
  expect([2, 3, 5, 6, 8, 9, 10].map(tags)).toEqual([[], ["zeta"], ["zeta", "alpha"], ["alpha"], [], ["zeta"], []]);
  expect(tagsOf(caseFile.db).map(({ name }) => name)).toEqual(["alpha", "zeta"]);
  expect([...runsAt(caseFile.db, "tag_run", "tag", 1)]).toEqual([
    [3, 5],
    [9, 9],
  ]);
});

test("a tag taken from the midst of its run is on both of its ends", () => {
  const caseFile = quickCase();
  addTag(caseFile, on(1, 2, 3), "seen");
  removeTag(caseFile, on(2), "seen");
  expect([1, 2, 3].map(labelsOf(caseFile.db).tags)).toEqual([["seen"], [], ["seen"]]);
});

test("two notes on one event are both read, oldest first; a case without any answers with none", () => {
  const caseFile = quickCase();
  expect(labelsOf(caseFile.db).notes(1)).toEqual([]);
  addNote(caseFile, on(1), "first");
  addNote(caseFile, on(1, 2), "second");
  expect([1, 2, 3].map(labelsOf(caseFile.db).notes)).toEqual([["first", "second"], ["second"], []]);
});
