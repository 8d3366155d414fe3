import fc from "fast-check";
import { expect, test } from "vitest";
import { addNote, addTag, undo } from "../../../../main/annotations/tag-and-note.ts";
import type { Dataset } from "../../../../main/query/dataset.ts";
import { eventsAt } from "../../../../main/query/results/events.ts";
import { randomCase } from "../../../reference/random.ts";
import { datasets, noon, quickCase } from "../dataset-of.ts";

const datasetOf = datasets();
const all = (dataset: Dataset) => Array.from({ length: dataset.columns.rows }, (_, p) => p);
const events = (dataset: Dataset, positions: readonly number[] = all(dataset)) =>
  Array.from(eventsAt(dataset, positions), ({ event }) => event);

test("events are what the view `event` has, absent values left out", () => {
  const own = quickCase();
  fc.assert(
    fc.property(randomCase, (input) => {
      const dataset = datasetOf(input.events, input.registry, own);
      const rows = own.db
        .prepare(
          "select * from event order by micros, source, line".replace(
            "micros",
            "(select time from event_row where event_row.id = event.id)",
          ),
        )
        .all() as Record<string, unknown>[];
      const expected = rows.map(({ id: _id, duplicate, fields, fields_are, subjects, developer: _name, ...row }) => {
        const list = (text: unknown) => (text === null ? null : JSON.parse(text as string));
        const got = list(fields)?.length ? { fields: list(fields), fields_are } : {};
        const whole = { ...row, ...got, subjects: list(subjects), ...(duplicate === 1 ? { duplicate: true } : {}) };
        return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null));
      });
      expect(events(dataset).map(({ developer: _name, ...event }) => event)).toEqual(expected);
    }),
    { numRuns: 15 },
  );
});

test("events come in the order of the positions, one asked twice comes twice, none asked none comes", () => {
  const dataset = datasetOf([1, 2, 3].map((day) => ({ time: noon(day) })));
  expect(events(dataset, [2, 0, 2]).map(({ time }) => time)).toEqual([noon(3), noon(1), noon(3)]);
  expect(events(dataset, [])).toEqual([]);
});

test("more than a thousand at a time stay in order", () => {
  const dataset = datasetOf(Array.from({ length: 1001 }, (_, n) => ({ time: noon(1, n) })));
  const backwards = all(dataset).reverse();
  expect(events(dataset, backwards).map(({ line }) => line)).toEqual(backwards.map((p) => p + 1));
});

test("an event bears its tags and the notes that hold, and no other's", () => {
  const dataset = datasetOf([1, 2, 3].map((day) => ({ time: noon(day) })));
  const on = (...ids: number[]) => ({ filter: "", ids: Uint32Array.from(ids) });
  addTag(dataset.caseFile, on(1, 2), "odd");
  addTag(dataset.caseFile, on(2), "seen");
  addNote(dataset.caseFile, on(2, 3), "look again");
  addNote(dataset.caseFile, on(3), "a slip");
  undo(dataset.caseFile);
  const said = events(dataset).map(({ tags, notes }) => ({ tags, notes }));
  expect(said).toEqual([
    { tags: ["odd"] },
    { tags: ["odd", "seen"], notes: ["look again"] },
    { notes: ["look again"] },
  ]);
});

test("times before 1970 and parts of a second are written as they were", () => {
  const times = ["1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999Z", "2018-04-04T00:00:00.000001Z"];
  expect(
    events(datasetOf(times.map((time) => ({ time }))))
      .map(({ time }) => time)
      .sort(),
  ).toEqual([...times].sort());
});
