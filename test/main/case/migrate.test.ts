import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { openCase } from "../../../main/case/case.ts";
import { APPLICATION_ID } from "../../../main/case/migrate.ts";
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
