import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Case } from "../../../../main/case/case.ts";
import { Columns } from "../../../../main/query/columns/columns.ts";
import { instantOf } from "../../../../shared/base/time.ts";
import { datasets, noon } from "../dataset-of.ts";

const datasetOf = datasets();

const threeDays = () => datasetOf([3, 1, 2].map((day) => ({ time: noon(day) }))).caseFile;

test("columns are made once: opened again they are read from the cache, not from the rows", () => {
  const caseFile = threeDays();
  Columns.open(caseFile);
  const file = path.join(caseFile.cache, "columns", "id.bin");
  const before = fs.statSync(file).mtimeMs;
  expect([...Columns.open(caseFile).codes("id")]).toEqual([2, 3, 1]);
  expect(fs.statSync(file).mtimeMs).toBe(before);
});

test.each([
  ["a column that is cut short", (folder: string) => fs.truncateSync(path.join(folder, "time.bin"), 8)],
  ["a column that is gone", (folder: string) => fs.rmSync(path.join(folder, "app.bin"))],
  ["an index that is no JSON", (folder: string) => fs.writeFileSync(path.join(folder, "columns.json"), "{")],
  ["a folder that is gone", (folder: string) => fs.rmSync(folder, { recursive: true })],
])("%s is made anew from the rows", (_, damage) => {
  const caseFile = threeDays();
  Columns.open(caseFile);
  damage(path.join(caseFile.cache, "columns"));
  const columns = Columns.open(caseFile);
  expect([...columns.codes("id")]).toEqual([2, 3, 1]);
  expect([...columns.time]).toEqual([1, 2, 3].map((day) => instantOf(noon(day))));
});

/** What custody says of damaged caches after an act. */
const damageSince = (act: number, { db }: Case) =>
  db
    .prepare("select entry ->> '$.detail.file' from custody where seq > ? and entry ->> 'act' = 'cache made anew'")
    .pluck()
    .all(act);
const lastAct = ({ db }: Case) => db.prepare("select max(seq) from custody").pluck().get() as number;

test.each([
  ["a flipped bit", (bytes: Buffer) => bytes.fill((bytes[9] as number) ^ 4, 9, 10)],
  ["zeros of the right size", (bytes: Buffer) => bytes.fill(0)],
])(
  "%s in any file is found when the file is first read: the answer is right, and custody says so once",
  (_, damage) => {
    const caseFile = threeDays();
    Columns.open(caseFile);
    const folder = path.join(caseFile.cache, "columns");
    const before = lastAct(caseFile);
    for (const name of ["time.bin", "length.bin", "columns.json"]) {
      const file = path.join(folder, name);
      const good = fs.readFileSync(file);
      fs.writeFileSync(file, damage(Buffer.from(good)));
      const columns = Columns.open(caseFile);
      expect([...columns.time]).toEqual([1, 2, 3].map((day) => instantOf(noon(day))));
      expect([...columns.numbers("length")]).toEqual([9, 9, 9]);
      expect(fs.readFileSync(file).equals(good)).toBe(true);
      Columns.open(caseFile).numbers("length");
    }
    expect(damageSince(before, caseFile)).toEqual(["columns/time.bin", "columns/length.bin", "columns/columns.json"]);
  },
);

test("what is missing or stale is no damage: custody says nothing of it", () => {
  const caseFile = threeDays();
  const before = lastAct(caseFile);
  Columns.open(caseFile);
  fs.rmSync(path.join(caseFile.cache, "columns"), { recursive: true });
  caseFile.db.exec("update source set ended = 'later'");
  Columns.open(caseFile);
  fs.rmSync(path.join(caseFile.cache, "columns", "time.bin"));
  expect(Columns.open(caseFile).time).toHaveLength(3);
  expect(damageSince(before, caseFile)).toEqual([]);
});

test("where no cache can be written the rows answer", () => {
  const caseFile = threeDays();
  fs.rmSync(caseFile.cache, { recursive: true });
  fs.writeFileSync(caseFile.cache, "no folder");
  const columns = Columns.open(caseFile);
  expect([...columns.codes("id")]).toEqual([2, 3, 1]);
  expect([...columns.time]).toEqual([1, 2, 3].map((day) => instantOf(noon(day))));
});

test("columns say that they are stale as soon as a source is withdrawn, and a new opening leaves it out", () => {
  const caseFile = threeDays();
  const columns = Columns.open(caseFile);
  expect(columns.isCurrent()).toBe(true);
  caseFile.db.exec("update source set withdrawn = 'taken twice'");
  expect(columns.isCurrent()).toBe(false);
  expect(Columns.open(caseFile).rows).toBe(0);
});

test("every id is found at its position, and an id of no event nowhere", () => {
  const columns = Columns.open(threeDays());
  for (let p = 0; p < columns.rows; p += 1) expect(columns.positionOf(columns.codes("id")[p] as number)).toBe(p);
  for (const id of [0, 4, 1000]) expect(columns.positionOf(id)).toBe(-1);
});

test("a time's place is before the events of that very microsecond and behind those of the one before", () => {
  const { columns } = datasetOf([
    { time: "2018-04-03T23:59:59.999999Z" },
    { time: "2018-04-04T00:00:00Z" },
    { time: "2018-04-04T00:00:00Z" },
    { time: "2018-04-04T00:00:00.000001Z" },
  ]);
  const cutoff = instantOf("2018-04-04T00:00:00Z");
  expect([cutoff - 1, cutoff, cutoff + 1, cutoff + 2].map((time) => columns.lowerBound(time))).toEqual([0, 1, 3, 4]);
});

test("originals are the events that repeat no other", () => {
  const { columns } = datasetOf([{ time: noon(1) }, { time: noon(1), duplicate: true }, { time: noon(2) }]);
  expect([...columns.originals.positions()]).toEqual([0, 2]);
});
