import fc from "fast-check";
import { expect, test } from "vitest";
import { labelsOf } from "../../../main/annotations/labels.ts";
import { addNote, addTag, redo, removeTag, undo } from "../../../main/annotations/tag-and-note.ts";
import { type Case, openCase } from "../../../main/case/case.ts";
import { verifyCustody } from "../../../main/custody/case-chain.ts";
import { datasets, noon, quickCase } from "../query/dataset-of.ts";

const datasetOf = datasets();
const EVENTS = 6;
const sixEvents = () => datasetOf(Array.from({ length: EVENTS }, (_, n) => ({ time: noon(1, n) }))).caseFile;
const on = (...ids: number[]) => ({ filter: "the filter", ids: Uint32Array.from(ids) });
const tagged = ({ db }: Case, name: string) =>
  Array.from({ length: EVENTS }, (_, n) => n + 1).filter((id) => labelsOf(db).tags(id).includes(name));
const acts = ({ db }: Case) =>
  (db.prepare("select entry from custody order by seq").pluck().all() as string[]).map(
    (entry) => JSON.parse(entry) as { act: string; by: string; detail: Record<string, unknown> },
  );

test("any row of tagging, untagging, taking back and doing again leaves what a plain record of states says", () => {
  const chosen = fc.uniqueArray(fc.integer({ min: 1, max: EVENTS })).map((ids) => ids.sort());
  const step = fc.oneof(
    fc.record({ do: fc.constantFrom("tag" as const, "untag" as const), name: fc.constantFrom("x", "y"), ids: chosen }),
    fc.record({ do: fc.constantFrom("undo" as const, "redo" as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const caseFile = sixEvents();
      type State = Record<"x" | "y", number[]>;
      // all states so far, and the one that holds
      let states: State[] = [{ x: [], y: [] }];
      let at = 0;
      for (const each of steps) {
        if (each.do === "undo" || each.do === "redo") {
          const to = at + (each.do === "undo" ? -1 : 1);
          const turn = () => (each.do === "undo" ? undo : redo)(caseFile);
          if (states[to] === undefined) expect(turn).toThrow(expect.objectContaining({ code: "nothing-to-undo" }));
          else {
            turn();
            at = to;
          }
        } else {
          const { name, ids } = each as { name: "x" | "y"; ids: number[] };
          (each.do === "tag" ? addTag : removeTag)(caseFile, on(...ids), name);
          const before = states[at] as State;
          const after =
            each.do === "tag"
              ? [...new Set([...before[name], ...ids])].sort()
              : before[name].filter((id) => !ids.includes(id));
          states = [...states.slice(0, at + 1), { ...before, [name]: after }];
          at += 1;
        }
        expect({ x: tagged(caseFile, "x"), y: tagged(caseFile, "y") }).toEqual(states[at]);
      }
    }),
    { numRuns: 25 },
  );
});

test("what was taken back before another act was made is never done again, though that act was taken back too", () => {
  const caseFile = sixEvents();
  addTag(caseFile, on(1, 2), "first");
  undo(caseFile);
  addTag(caseFile, on(2, 3), "second");
  undo(caseFile);
  expect(redo(caseFile).tag).toBe("second");
  expect(() => redo(caseFile)).toThrow(expect.objectContaining({ code: "nothing-to-undo" }));
  expect([tagged(caseFile, "first"), tagged(caseFile, "second")]).toEqual([[], [2, 3]]);
});

test("taking a tag back leaves it on what had it before", () => {
  const caseFile = sixEvents();
  addTag(caseFile, on(1, 2), "seen");
  addTag(caseFile, on(2, 3), "seen");
  undo(caseFile);
  expect(tagged(caseFile, "seen")).toEqual([1, 2]);
});

test("a note given with a tag comes and goes with it", () => {
  const caseFile = sixEvents();
  addTag(caseFile, on(1, 3), "seen", { note: " by hand " });
  const notes = () => [1, 2, 3].map((id) => labelsOf(caseFile.db).notes(id));
  expect(notes()).toEqual([["by hand"], [], ["by hand"]]);
  undo(caseFile);
  expect(notes()).toEqual([[], [], []]);
  redo(caseFile);
  expect(notes()).toEqual([["by hand"], [], ["by hand"]]);
});

test("custody says what was chosen and how many it changed, in a chain that holds", () => {
  const caseFile = sixEvents();
  const before = acts(caseFile).length;
  addTag(caseFile, on(1, 2), "seen");
  expect(addTag(caseFile, on(2, 3, 4), " seen ", { by: "B" })).toEqual({
    filter: "the filter",
    events: 3,
    tag: "seen",
  });
  undo(caseFile, "C");
  expect(acts(caseFile).slice(before)).toMatchObject([
    { act: "tag", detail: { tag: "seen", events: 2, changed: 2 } },
    { act: "tag", by: "B", detail: { tag: "seen", events: 3, changed: 2, filter: "the filter" } },
    { act: "undo", by: "C", detail: { kind: "tag", tag: "seen", events: 3 } },
  ]);
  expect(verifyCustody(caseFile)).toMatchObject({ ok: true });
});

test("names and notes that say nothing are refused, and nothing is written", () => {
  const caseFile = sixEvents();
  const before = acts(caseFile).length;
  for (const name of ["", "  ", "a\nb", "x".repeat(101)])
    expect(() => addTag(caseFile, on(1), name), name).toThrow(expect.objectContaining({ code: "usage" }));
  expect(() => addNote(caseFile, on(1), " \n")).toThrow(expect.objectContaining({ code: "usage" }));
  expect(acts(caseFile)).toHaveLength(before);
  expect(addTag(caseFile, on(1), "x".repeat(100)).tag).toHaveLength(100);
});

test("an act on no event is an act all the same, and a case that is read-only takes none", () => {
  const caseFile = quickCase();
  expect(addTag(caseFile, on(), "seen")).toMatchObject({ events: 0 });
  expect(undo(caseFile)).toMatchObject({ tag: "seen", events: 0 });
  const beside = openCase(caseFile.folder, "write");
  expect(() => addTag(beside, on(1), "seen")).toThrow(expect.objectContaining({ code: "case-read-only" }));
  expect(() => redo(beside)).toThrow(expect.objectContaining({ code: "case-read-only" }));
  beside.close();
});

test("a tag is found and removed in any case, and shown as it was first written", () => {
  const caseFile = sixEvents();
  addTag(caseFile, on(1), "Review");
  expect(addTag(caseFile, on(2), "review").tag).toBe("Review");
  expect(tagged(caseFile, "Review")).toEqual([1, 2]);
  removeTag(caseFile, on(1, 2, 3), "REVIEW");
  expect(tagged(caseFile, "Review")).toEqual([]);
  undo(caseFile);
  expect(tagged(caseFile, "Review")).toEqual([1, 2]);
});

test("spellings that an older version kept apart become one, and acts are still taken back one by one", () => {
  const caseFile = sixEvents();
  addTag(caseFile, on(1, 2), "Review");
  addTag(caseFile, on(2, 3), "other");
  // as such a case has it: `review` on calls that partly have `Review`
  caseFile.db.prepare("update tag set name = 'review' where name = 'other'").run();
  removeTag(caseFile, on(1, 3), "REVIEW");
  expect(tagged(caseFile, "Review")).toEqual([2]);
  undo(caseFile);
  expect(tagged(caseFile, "Review")).toEqual([1, 2, 3]);
  undo(caseFile);
  expect(tagged(caseFile, "Review")).toEqual([1, 2]);
  undo(caseFile);
  expect(tagged(caseFile, "Review")).toEqual([]);
});

test("an act that changes nothing says so, and so does taking it back", () => {
  const caseFile = sixEvents();
  expect(removeTag(caseFile, on(1, 2), "absent").unchanged).toBe(true);
  expect(undo(caseFile).unchanged).toBe(true);
  expect(addTag(caseFile, on(1), "x").unchanged).toBeUndefined();
  expect(addTag(caseFile, on(1), "X").unchanged).toBe(true);
  expect(addTag(caseFile, on(1), "x", { note: "why" }).unchanged).toBeUndefined();
  expect(undo(caseFile).unchanged).toBeUndefined();
  expect(undo(caseFile).unchanged).toBe(true);
  expect(undo(caseFile).unchanged).toBeUndefined();
});

test("a spelling that is on no call gives way to the one that is added", () => {
  const caseFile = sixEvents();
  removeTag(caseFile, on(1), "REVIEW");
  addTag(caseFile, on(1), "review");
  expect(tagged(caseFile, "review")).toEqual([1]);
});
