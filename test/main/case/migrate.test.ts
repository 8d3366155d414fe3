import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openCase } from "../../../main/case/case.ts";
import { APPLICATION_ID } from "../../../main/case/migrate.ts";
import { recordAcquisition } from "../../../main/evidence/acquisition.ts";
import { sourceStates } from "../../../main/evidence/source-report.ts";
import { joinDevelopers, separateDevelopers } from "../../../main/registry/by-hand/join.ts";
import { registryText } from "../../../main/registry/document.ts";
import { importRegistry } from "../../../main/registry/import.ts";
import { takeBackRegistry } from "../../../main/registry/take-back.ts";
import { temporaryFolder } from "../../temporary.ts";

const first = path.resolve(import.meta.dirname, "../../../main/case/migrations/0001-case.sql");

test("a case of the first version is brought up to date when it is next opened, to read too, and a copy stays beside it", () => {
  const folder = path.join(temporaryFolder(), "case");
  fs.mkdirSync(folder);
  const old = new Database(path.join(folder, "case.db"));
  old.exec(fs.readFileSync(first, "utf8"));
  old.pragma("user_version = 1");
  old.pragma(`application_id = ${APPLICATION_ID}`);
  old.prepare("insert into meta values ('title', 'Old')").run();
  old
    .prepare(
      `insert into source (id, state, name, path, sha256, bytes, format, encoding, timezone, timezone_from, mapping, events, began)
       values (1, 'complete', 'a.csv', '/a.csv', 'x', 1, 'csv', 'utf-8', 'UTC', 'assumed', '{}', 1, '')`,
    )
    .run();
  old
    .prepare('insert into event_row (id, source, line, "offset", length, time, outcome) values (1, 1, 2, 9, 9, 0, 1)')
    .run();
  old.close();
  const caseFile = openCase(folder, "read");
  expect(caseFile.title).toBe("Old");
  expect(caseFile.db.prepare("select time, outcome from event").all()).toEqual([
    { time: "1970-01-01T00:00:00Z", outcome: "allowed" },
  ]);
  caseFile.close();
  expect(fs.readdirSync(folder).filter((name) => name.endsWith(".db"))).toEqual(["case-version-1.db", "case.db"]);
});

test("registry rows of a case of version 9 stay, and are there when later imports are taken back", async () => {
  const folder = path.join(temporaryFolder(), "case");
  fs.mkdirSync(folder);
  const old = new Database(path.join(folder, "case.db"));
  const migrations = path.dirname(first);
  for (const name of fs.readdirSync(migrations).sort().slice(0, 9))
    old.exec(fs.readFileSync(path.join(migrations, name), "utf8"));
  old.pragma("user_version = 9");
  old.pragma(`application_id = ${APPLICATION_ID}`);
  old.prepare("insert into meta values ('title', 'Old'), ('examiner', 'E <e@x>')").run();
  old
    .prepare(
      "insert into registry_file (name, sha256, kind, rows, at) values ('g.csv', '', 'grants', 2, ''), ('d.csv', '', 'developers', 1, '')",
    )
    .run();
  // Two rows of one key: older versions kept a correction beside the row that it corrects.
  old
    .prepare(
      "insert into grant_held (app, permission, granted_at, revoked_at, file) values ('a1', 'p', 0, null, 1), ('a1', 'p', 0, 5, 1)",
    )
    .run();
  old.prepare("insert into developer (developer_id, developer, file) values ('d1', 'Acme', 2)").run();
  old.close();

  const caseFile = openCase(folder, "write");
  const before = registryText(caseFile.db);
  expect(JSON.parse(before)).toMatchObject({
    grants: [{ app: "a1" }, { app: "a1" }],
    developers: [{ developer: "Acme" }],
  });
  const file = path.join(folder, "new.csv");
  fs.writeFileSync(file, "developer_id,developer\nd1,Acme Ltd\n");
  const { files } = await importRegistry(caseFile, [file]);
  expect(files[0]).toMatchObject({ n: 3, tables: [{ changed: 1 }] });
  expect(() => takeBackRegistry(caseFile, 1, "x")).toThrow(/older version/u);
  takeBackRegistry(caseFile, 3, "x");
  expect(registryText(caseFile.db)).toBe(before);
  caseFile.close();
});

test("of a source of a case of version 12 nobody has said how it came, and it can be said", () => {
  const folder = path.join(temporaryFolder(), "case");
  fs.mkdirSync(folder);
  const old = new Database(path.join(folder, "case.db"));
  const migrations = path.dirname(first);
  for (const name of fs.readdirSync(migrations).sort().slice(0, 12))
    old.exec(fs.readFileSync(path.join(migrations, name), "utf8"));
  old.pragma("user_version = 12");
  old.pragma(`application_id = ${APPLICATION_ID}`);
  old.prepare("insert into meta values ('title', 'Old'), ('examiner', 'E <e@x>')").run();
  old
    .prepare(
      `insert into source (id, state, name, path, sha256, bytes, format, encoding, timezone, timezone_from, mapping, began)
       values (1, 'complete', 'a.csv', '/a.csv', 'x', 1, 'csv', 'utf-8', 'UTC', 'assumed', '{}', '')`,
    )
    .run();
  old.close();
  const caseFile = openCase(folder, "write");
  expect(sourceStates(caseFile.db)[0]).not.toHaveProperty("acquisition");
  const came = { from: "A", on: "2019-11-06", medium: "disk", method: "export" };
  recordAcquisition(caseFile, 1, came);
  expect(sourceStates(caseFile.db)[0]?.acquisition).toEqual(came);
  caseFile.close();
});

test("in a case of version 15 developers are joined, and its registry is what its acts left", async () => {
  const folder = path.join(temporaryFolder(), "case");
  fs.mkdirSync(folder);
  const old = new Database(path.join(folder, "case.db"));
  const migrations = path.dirname(first);
  for (const name of fs.readdirSync(migrations).sort().slice(0, 15))
    old.exec(fs.readFileSync(path.join(migrations, name), "utf8"));
  old.pragma("user_version = 15");
  old.pragma(`application_id = ${APPLICATION_ID}`);
  old.prepare("insert into meta values ('title', 'Old'), ('examiner', 'E <e@x>')").run();
  old
    .prepare("insert into developer (developer_id, developer, file) values ('d1', 'Acme', 1), ('d2', 'Brisk', 1)")
    .run();
  old.close();
  const caseFile = openCase(folder, "write");
  const before = registryText(caseFile.db);
  expect(JSON.parse(before)).not.toHaveProperty("joined");
  const n = joinDevelopers(caseFile, { developer_id: "d2", into: "d1" }, "one company");
  expect(JSON.parse(registryText(caseFile.db))).toMatchObject({ joined: [{ developer_id: "d2", into: "d1" }] });
  separateDevelopers(caseFile, n, "two companies");
  expect(registryText(caseFile.db)).toBe(before);
  caseFile.close();
});
