import { expect, test } from "vitest";
import { carryAnnotations } from "../../../main/annotations/carry-over.ts";
import { labelsOf } from "../../../main/annotations/labels.ts";
import { addNote, addTag, undo } from "../../../main/annotations/tag-and-note.ts";
import { datasets, noon, type SaidCall } from "../query/dataset-of.ts";

const datasetOf = datasets();
const on = (...ids: number[]) => ({ filter: "", ids: Uint32Array.from(ids) });

/** Source 1 with four events on lines 1 to 4, at offsets 0, 10, 20, 30; and the same file read anew as source 2, as these rows. */
function readAnew(
  rows: readonly (readonly [id: number, line: number, offset: number])[],
  calls: readonly SaidCall[] = [1, 2, 3, 4].map((day) => ({ time: noon(day) })),
) {
  const { caseFile } = datasetOf(calls);
  const put = caseFile.db.prepare(
    'insert into event_row (id, source, line, "offset", length, time, outcome) values (?, 2, ?, ?, 9, 0, 0)',
  );
  for (const row of rows) put.run(...row);
  return caseFile;
}

test("tags and notes go to the new row of the same line and offset; those of a line that is none now are lost, and said", () => {
  // line 2 is no event any more
  const caseFile = readAnew([
    [11, 1, 0],
    [12, 3, 20],
    [13, 4, 30],
  ]);
  addTag(caseFile, on(1, 2, 3), "seen");
  addNote(caseFile, on(2, 4), "look");
  expect(carryAnnotations(caseFile, 1, 2)).toEqual({ kept: 3, lost: 1, lost_lines: [2] });
  const { tags, notes } = labelsOf(caseFile.db);
  expect([11, 12, 13].map(tags)).toEqual([["seen"], ["seen"], []]);
  expect([11, 12, 13].map(notes)).toEqual([[], [], ["look"]]);
  expect([1, 2, 3, 4].flatMap((id) => [...tags(id), ...notes(id)])).toEqual([]);
});

test("of several events of one record the first goes to the first, the second to the second", () => {
  const caseFile = readAnew([
    [11, 1, 0],
    [12, 1, 0],
    [13, 2, 10],
  ]);
  caseFile.db.exec('update event_row set line = 1, "offset" = 0 where id = 2');
  addTag(caseFile, on(2), "second");
  expect(carryAnnotations(caseFile, 1, 2)).toMatchObject({ kept: 1, lost: 0 });
  expect([11, 12, 13].map(labelsOf(caseFile.db).tags)).toEqual([[], ["second"], []]);
});

test("a note that was taken back is on no call: it is neither kept nor lost; what is on other sources stays", () => {
  const caseFile = readAnew([[11, 1, 0]]);
  addTag(caseFile, on(1, 100, 101), "seen");
  addNote(caseFile, on(2), "a slip");
  undo(caseFile);
  expect(carryAnnotations(caseFile, 1, 2)).toEqual({ kept: 1, lost: 0, lost_lines: [] });
  expect([1, 11, 100, 101].map(labelsOf(caseFile.db).tags)).toEqual([[], ["seen"], ["seen"], ["seen"]]);
});

test("of many lost lines twenty are named and all are counted; a source without events loses nothing", () => {
  const caseFile = readAnew(
    [],
    Array.from({ length: 25 }, (_, n) => ({ time: noon(1, n) })),
  );
  addTag(caseFile, on(...Array.from({ length: 25 }, (_, n) => n + 1)), "seen");
  expect(carryAnnotations(caseFile, 1, 2)).toEqual({
    kept: 0,
    lost: 25,
    lost_lines: Array.from({ length: 20 }, (_, n) => n + 1),
  });
  expect(carryAnnotations(caseFile, 7, 2)).toEqual({ kept: 0, lost: 0, lost_lines: [] });
});
