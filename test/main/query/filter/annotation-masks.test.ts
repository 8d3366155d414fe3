import { expect, test } from "vitest";
import { addNote, addTag, removeTag, undo } from "../../../../main/annotations/tag-and-note.ts";
import { EventSet } from "../../../../main/query/columns/event-set.ts";
import { addRuns, notedEvents, taggedEvents } from "../../../../main/query/filter/annotation-masks.ts";
import { datasets, noon } from "../dataset-of.ts";

const datasetOf = datasets();

/** Lines in reverse order of time: event 1 is the last position, event 5 the first. */
const fiveBackwards = () => datasetOf([5, 4, 3, 2, 1].map((day) => ({ time: noon(day) })));
const events = (...ids: number[]) => ({ filter: "", ids: Uint32Array.from(ids) });

test("tagged are the events of every tag whose name passes, once each, at their positions in time", () => {
  const { caseFile, columns } = fiveBackwards();
  addTag(caseFile, events(1, 2), "odd");
  addTag(caseFile, events(2, 5), "even");
  const tagged = (passes: (name: string) => boolean) => [...taggedEvents(caseFile.db, columns, passes).positions()];
  expect(tagged((name) => name === "odd")).toEqual([3, 4]);
  expect(tagged(() => true)).toEqual([0, 3, 4]);
  removeTag(caseFile, events(2), "odd");
  expect(tagged((name) => name === "odd")).toEqual([4]);
  expect(tagged(() => false)).toEqual([]);
});

test("a note that was taken back is on no event", () => {
  const { caseFile, columns } = fiveBackwards();
  addNote(caseFile, events(1, 3), "looks scripted");
  const noted = () => [...notedEvents(caseFile.db, columns, (text) => text.includes("scripted")).positions()];
  expect(noted()).toEqual([2, 4]);
  undo(caseFile);
  expect(noted()).toEqual([]);
});

test("runs that reach over events of a withdrawn source mark only those there are", () => {
  const { columns } = fiveBackwards();
  const set = EventSet.none(columns.rows);
  addRuns(set, columns, [
    [4, 9],
    [100, 101],
  ]);
  expect([...set.positions()]).toEqual([0, 1]);
});
