import { expect, test } from "vitest";
import { sourceRow, unfinished } from "../../../main/case/sources.ts";
import { datasets, noon } from "../query/dataset-of.ts";

const datasetOf = datasets();

test("a source is its row, and one that is not there is refused", () => {
  const { db } = datasetOf([{ time: noon(1) }]).caseFile;
  expect(sourceRow(db, 1)).toMatchObject({
    id: 1,
    state: "complete",
    name: "calls.jsonl",
    events: 1,
    by_reference: 0,
    withdrawn: null,
  });
  expect(() => sourceRow(db, 2)).toThrow(expect.objectContaining({ code: "source-missing" }));
});

test("unfinished are files and archives begun and not ended, oldest first; neither an archive's members nor what is read anew", () => {
  const { db } = datasetOf([{ time: noon(1) }]).caseFile;
  const begin = db.prepare(
    `insert into source (state, name, path, bytes, format, encoding, timezone, timezone_from, mapping, began, packing, replaces)
     values ('importing', ?, '', 0, 'csv', 'utf-8', 'UTC', 'assumed', '{}', ?, ?, ?)`,
  );
  begin.run("late.csv", "2020-01-03", null, null);
  begin.run("member.csv", "2020-01-01", "[]", null);
  begin.run("again.csv", "2020-01-01", null, 1);
  begin.run("early.csv", "2020-01-01", null, null);
  db.exec("delete from archive_begun");
  db.exec("insert into archive_begun (sha256, name, path, bytes, began) values ('x', 'logs.zip', '', 0, '2020-01-02')");
  expect(unfinished(db)).toEqual(["early.csv", "logs.zip", "late.csv"]);
});
