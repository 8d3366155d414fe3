import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { registryText } from "../../../main/registry/document.ts";
import { importRegistry } from "../../../main/registry/import.ts";
import { previewRegistry } from "../../../main/registry/preview.ts";
import type { ReadOptions } from "../../../main/registry/read-file.ts";
import { temporaryFolder } from "../../temporary.ts";
import { quickCase } from "../query/dataset-of.ts";

const folder = temporaryFolder();
const written = (files: Readonly<Record<string, string>>): string[] =>
  Object.entries(files).map(([name, text]) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  });
const preview = (files: Readonly<Record<string, string>>, options: ReadOptions = {}) =>
  previewRegistry(quickCase(), written(files), options);

test("what a file is, what each of its columns is taken for, and what it would do", async () => {
  const { sheets, open, report } = await preview({
    "g.csv": "App ID;Scope;Granted on;Removed;Colour\n1041;p;2017-01-01;;red\n1042;p;2017-01-01;2018-01-01;\n",
  });
  expect(open).toEqual([]);
  expect(report).toMatchObject({ grants: 2, dry_run: true });
  expect(sheets).toMatchObject([{ where: "g.csv", kinds: ["grants"] }]);
  expect(sheets[0]?.columns).toEqual([
    { name: "App ID", sample: "1041", is: ["app"] },
    { name: "Scope", sample: "p", is: ["permission"] },
    { name: "Granted on", sample: "2017-01-01", is: ["granted_at"] },
    { name: "Removed", sample: "2018-01-01", is: ["revoked_at"] },
    { name: "Colour", sample: "red", is: [] },
  ]);
  expect(sheets[0]?.choices.slice(0, 4)).toEqual(["app", "permission", "granted_at", "revoked_at"]);
});

test("every column that is open is named at once; mapped by hand, the same file is taken as --columns takes it", async () => {
  const files = { "g.csv": "App ID;Scope;Live as of;Access offboarded\n1041;p;01.02.2017;13.05.2018\n" };
  const { open, report } = await preview(files);
  expect(report).toBeUndefined();
  expect(open.map(({ columns, what }) => [columns, what])).toEqual([
    [[], expect.stringContaining("has no column granted_at")],
    [["Access offboarded"], expect.stringContaining("looks like an end")],
  ]);
  const columns = [
    { column: "granted_at", from: "Live as of" },
    { column: "revoked_at", from: "Access offboarded" },
  ];
  const mapped = await preview(files, { columns });
  expect(mapped.open).toEqual([]);
  expect(mapped.sheets[0]?.columns[2]).toMatchObject({ is: ["granted_at"], chosen: "granted_at" });
  const caseFile = quickCase();
  const before = registryText(caseFile.db);
  const dry = await importRegistry(caseFile, written(files), { columns, dry_run: true });
  expect(mapped.report).toEqual(dry);
  expect(registryText(caseFile.db)).toBe(before);
});

test.each([
  [
    "two that could be one",
    "app,permission,granted_at,start_date,begin\n1,p,,2017-01-01,2017-01-01\n",
    ["start_date", "begin"],
  ],
  ["a status without a date", "app,permission,granted_at,status\n1,p,2017-01-01,revoked\n", ["status"]],
  ["a value that is none", "app,permission,granted_at\n1,p,spring\n", ["granted_at"]],
])("%s is open at its columns", async (_, text, columns) => {
  const { open } = await preview({ "x.csv": text.replace("granted_at,start", "when,start") });
  expect(open).toMatchObject([{ where: "x.csv", columns, by: "columns" }]);
});

test("what another choice than a column's would answer says so", async () => {
  const files = { "x.csv": "app,permission,granted_at\n1,p,01/02/2017\n" };
  expect((await preview(files)).open).toMatchObject([{ by: "dates", columns: ["granted_at"] }]);
  expect((await preview(files, { dates: "dmy" })).open).toEqual([]);
  expect((await preview({ "id.csv": "id,name\n1,A\n" })).open).toMatchObject([{ where: "id.csv", columns: [] }]);
  expect((await preview({ "id.csv": "id,name\n1,A\n" }, { kind: "apps" })).report).toMatchObject({ apps: 1 });
  expect((await preview({ "t.csv": "app,App\n1,2\n" })).open).toMatchObject([{ by: "file" }, {}]);
});
