import { expect, test } from "vitest";
import { Columns } from "../../../../main/query/columns/columns.ts";
import { caseOf } from "../../../fixture.ts";
import { datasets, noon, quickCase } from "../dataset-of.ts";

const datasetOf = datasets();

test("positions follow time, then source, then line, whatever the order of the files", () => {
  const caseFile = quickCase();
  datasetOf([{ time: noon(3) }, { time: noon(1) }, { time: noon(1) }], {}, caseFile);
  // a second source, taken in later, whose first record is as old as the oldest
  caseFile.db.exec(`insert into source (id, state, name, path, sha256, bytes, format, encoding, timezone, timezone_from, mapping, lines, events, began)
    values (2, 'complete', 'b', 'b', 'x', 0, 'jsonl', 'utf-8', 'UTC', 'timestamps', '{}', 2, 2, '')`);
  const put = caseFile.db.prepare(
    'insert into event_row (id, source, line, "offset", length, time, outcome) values (?, 2, ?, 0, 9, ?, 0)',
  );
  put.run(4, 1, Date.parse(noon(1)) * 1000);
  put.run(5, 2, Date.parse(noon(2)) * 1000);
  const columns = Columns.open(caseFile);
  const wanted = caseFile.db.prepare("select id from event_row order by time, source, line").pluck().all();
  expect([...columns.codes("id")]).toEqual(wanted);
  expect(wanted).toEqual([2, 3, 4, 5, 1]);
});

test("what the log left out is 0 in columns of codes and no number in columns of numbers; a 0 that it holds stays 0", () => {
  const { columns } = datasetOf([
    { time: noon(1), app: "a1", status: 0, bytes: 0 },
    { time: noon(2), subject_count: 3 },
  ]);
  expect([...columns.codes("app")]).toEqual([1, 0]);
  expect([...columns.numbers("status")]).toEqual([0, Number.NaN]);
  expect([...columns.numbers("bytes")]).toEqual([0, Number.NaN]);
  expect([...columns.numbers("subject_count")]).toEqual([Number.NaN, 3]);
});

test("a column of codes takes a byte each up to 255 texts and two from the 256th on, with the same texts read back", () => {
  for (const [texts, bytes] of [
    [255, 1],
    [256, 2],
  ] as const) {
    const { columns } = datasetOf(Array.from({ length: texts }, (_, n) => ({ time: noon(1, n), app: `app ${n}` })));
    const codes = columns.codes("app");
    expect(codes.BYTES_PER_ELEMENT).toBe(bytes);
    const dictionary = columns.dictionary("app");
    expect(Array.from(codes, (code) => dictionary.get(code))).toEqual(
      Array.from({ length: texts }, (_, n) => `app ${n}`),
    );
  }
});

test("numbers beyond 32 bits and times before 1970 come through exactly", () => {
  const { columns } = datasetOf([
    { time: "1969-12-31T23:59:59.999999Z", bytes: 2 ** 53 },
    { time: "1970-01-01T00:00:00Z", bytes: 5_000_000_000 },
  ]);
  expect([...columns.time]).toEqual([-1, 0]);
  expect([...columns.numbers("bytes")]).toEqual([2 ** 53, 5_000_000_000]);
});

test("a source that is unfinished or withdrawn has no positions", () => {
  for (const state of ["state = 'importing'", "withdrawn = 'not ours'"]) {
    const { caseFile } = datasetOf([{ time: noon(1) }]);
    caseFile.db.exec(`update source set ${state}`);
    expect(Columns.open(caseFile).rows, state).toBe(0);
  }
});

test("rows that do not come to what their source says are never answered from", () => {
  const caseFile = caseOf(
    { events: [1, 2, 3].map((day) => ({ time: noon(day), outcome: "allowed" as const })) },
    quickCase(),
  );
  caseFile.db.exec("delete from event_row where id = 3");
  expect(() => Columns.open(caseFile)).toThrow("source 1 says 3 events");
  // its ends are there, a row in its midst is not
  caseFile.db.exec(
    'insert into event_row (id, source, line, "offset", length, time, outcome) values (3, 1, 3, 0, 9, 0, 0)',
  );
  caseFile.db.exec("delete from event_row where id = 2");
  expect(() => Columns.open(caseFile)).toThrow("the case says 3 events, its rows are 2");
});
