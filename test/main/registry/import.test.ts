import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Case } from "../../../main/case/case.ts";
import { registryDigest } from "../../../main/registry/document.ts";
import { importRegistry } from "../../../main/registry/import.ts";
import { loadRegistry } from "../../../main/registry/load.ts";
import { instantOf } from "../../../shared/base/time.ts";
import { temporaryFolder } from "../../temporary.ts";
import { quickCase } from "../query/dataset-of.ts";

function files(...texts: string[]) {
  const folder = temporaryFolder();
  return texts.map((text, index) => {
    const file = path.join(folder, `${index + 1}.csv`);
    fs.writeFileSync(file, text);
    return file;
  });
}

test("a time without a zone is UTC, an offset is taken off; a bare date begins with its day and reaches to its end", async () => {
  const caseFile = quickCase();
  const { files: said } = await importRegistry(
    caseFile,
    files(
      "app,permission,granted_at,revoked_at\na1,p,2018-04-04,2018-04-04 12:00:00\na2,p,2018-04-04T00:00:00+02:00,2018-05-10\n",
    ),
  );
  expect(loadRegistry(caseFile.db).grants).toEqual([
    {
      app: "a1",
      permission: "p",
      granted_at: instantOf("2018-04-04T00:00:00Z"),
      revoked_at: instantOf("2018-04-04T12:00:00Z"),
    },
    {
      app: "a2",
      permission: "p",
      granted_at: instantOf("2018-04-03T22:00:00Z"),
      // half-open: held until the day is over
      revoked_at: instantOf("2018-05-11T00:00:00Z"),
    },
  ]);
  expect(said[0]).toMatchObject({ timezone: "UTC", timezone_from: "assumed" });
  expect(said[0]?.said).toEqual([
    "times without a zone are of UTC (assumed, because nothing names another)",
    "1 date without a clock begins with the day",
    "1 date without a clock reaches to the end of the day",
  ]);
});

test("a row that is there already changes nothing, in one file and in two", async () => {
  const caseFile = quickCase();
  const text = "app,permission,granted_at\na1,p,2018-04-04\na1,p,2018-04-04T00:00:00Z\n";
  expect((await importRegistry(caseFile, files(text, text))).grants).toBe(1);
  expect(await importRegistry(caseFile, files(text))).toMatchObject({
    grants: 1,
    conflicts: [],
    files: [{ tables: [{ kind: "grants", rows: 2, added: 0, changed: 0, same: 2 }] }],
  });
});

test("another word on the same developer takes its place and is named; two owners at once and an owner nobody knows are named", async () => {
  const caseFile = quickCase();
  const { conflicts, developers } = await importRegistry(
    caseFile,
    files(
      "developer_id,developer\nd1,Acme\nd1,Acme Ltd\n",
      "app,developer_id,owned_from,owned_until\na1,d1,,2018-05-01\na1,d2,2018-04-30,\na2,d1,,2018-05-01T00:00:00Z\na2,d2,2018-05-01T00:00:00Z,\n",
    ),
  );
  expect(developers).toBe(1);
  expect(loadRegistry(caseFile.db).developers).toEqual([{ developer_id: "d1", developer: "Acme Ltd" }]);
  // a2 changes hands at an instant: nobody owns it twice
  expect(conflicts).toEqual([
    "1.csv line 3: developer_id d1 was developer Acme, is now Acme Ltd (1.csv line 2 says otherwise)",
    "2.csv line 2 and 2.csv line 3: app a1 is owned by d1 and by d2 at the same time; 0 calls of that time count for d2",
    "2.csv line 3: developer d2 owns 2 apps but is not among the developers; 0 calls of a1 count for it all the same",
  ]);
});

/** Of all refusals, made at the first. */
let untouched: Case | undefined;

test.each([
  ["developer_id,developer\n,Acme\n", "line 2: developer_id is empty"],
  ["app,permission\na1,p\n", "has no column granted_at, which grants need"],
  ["app,permission,granted_at\na1,p,soon\n", 'line 2: granted_at is not a time: "soon"'],
  ["app,permission,granted_at,revoked_at\na1,p,2018-04-04,2018-04-03\n", "line 2: revoked_at is before granted_at"],
  ["resource,people\ng1,-1\n", "line 2: people is not a whole number"],
  ["resource,people\ng1,1e3\n", "line 2: people is not a whole number"],
  ["name,mail\nAcme,x\n", "is not recognised as"],
])("%j is refused, and the files beside it with it", async (text, why) => {
  untouched ??= quickCase();
  const caseFile = untouched;
  await expect(importRegistry(caseFile, files("developer_id\nd1\n", text))).rejects.toThrow(
    expect.objectContaining({ code: "registry-wrong", message: expect.stringContaining(why) }),
  );
  expect(loadRegistry(caseFile.db).developers).toEqual([]);
  expect(caseFile.db.prepare("select count(*) from custody").pluck().get()).toBe(1);
});

test("a grant revoked as it was given is taken as it is", async () => {
  expect(
    await importRegistry(
      quickCase(),
      files("app,permission,granted_at,revoked_at\na1,p,2018-04-04T00:00:00Z,2018-04-04T00:00:00Z\n"),
    ),
  ).toMatchObject({ grants: 1 });
});

test("custody holds each file's digest and rows, and the last act the state that all leave behind", async () => {
  const caseFile = quickCase();
  await importRegistry(caseFile, files("developer_id,colour\nd1,red\nd1,red\n", "resource,people\ng1,5\n"), {
    by: "B",
  });
  const acts = (caseFile.db.prepare("select entry from custody order by seq").pluck().all() as string[])
    .slice(1)
    .map((entry) => JSON.parse(entry) as object);
  expect(acts).toMatchObject([
    { act: "registry", by: "B", detail: { kind: "developers", rows: 2, added: 1, ignored_columns: ["colour"] } },
    { act: "registry", detail: { kind: "resources", rows: 1, added: 1, state_sha256: registryDigest(caseFile.db) } },
  ]);
});
