import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { Refusal } from "../../shared/base/errors.ts";

/** "EXHB": tells a case from any other SQLite file. */
export const APPLICATION_ID = 0x45584842;

const folder = new URL("./migrations/", import.meta.url);

/** `NNNN-purpose.sql`, in order. The number is the version that the file leads to. */
function migrations(): { version: number; file: string }[] {
  const files = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  return files.map((file, index) => {
    const version = Number.parseInt(file, 10);
    if (version !== index + 1) throw new Error(`migration ${file} does not follow number ${index}`);
    return { version, file };
  });
}

/**
 * Brings a case's database to this program's version, each step and its number in one transaction.
 * A database with rows is first copied into the same folder.
 * @throws Refusal `case-newer` for a case from the future, `case-damaged` for another program's file
 */
export function migrate(db: Database.Database, databaseFile: string): void {
  const steps = migrations();
  const version = checkVersion(db, databaseFile);
  if (version === steps.length) return;
  if (version > 0) keepCopy(db, path.join(path.dirname(databaseFile), `case-version-${version}.db`));
  for (const step of steps.slice(version)) {
    db.transaction(() => {
      db.exec(fs.readFileSync(new URL(step.file, folder), "utf8"));
      db.pragma(`user_version = ${step.version}`);
      db.pragma(`application_id = ${APPLICATION_ID}`);
    })();
  }
}

/** The database as it was. It has its name when it is whole; one that is there is of a run that was killed behind it. */
function keepCopy(db: Database.Database, copy: string): void {
  if (fs.existsSync(copy)) return;
  const part = `${copy}.making`;
  fs.rmSync(part, { force: true });
  db.prepare("vacuum into ?").run(part);
  fs.renameSync(part, copy);
}

/** What is otherwise with the tables, indexes, triggers and views than this program makes them. Each as a sentence. */
export function schemaFaults(db: Database.Database): string[] {
  const right = new Database(":memory:");
  try {
    for (const { file } of migrations()) right.exec(fs.readFileSync(new URL(file, folder), "utf8"));
    const [there, made] = [db, right].map(
      (each) =>
        new Map(
          each
            .prepare(
              "select type || ' ' || name, coalesce(sql, '') from sqlite_master where name not like 'sqlite\\_%' escape '\\'",
            )
            .raw()
            .all() as [string, string][],
        ),
    ) as [Map<string, string>, Map<string, string>];
    return [
      ...[...made].flatMap(([name, sql]) =>
        there.get(name) === sql ? [] : [there.has(name) ? `the ${name} was changed` : `the ${name} is gone`],
      ),
      ...[...there.keys()].filter((name) => !made.has(name)).map((name) => `the ${name} was added`),
    ];
  } finally {
    right.close();
  }
}

/** Made by an older program: it must be brought up to date before it can be asked anything. */
export function isOlder(db: Database.Database, databaseFile: string): boolean {
  return checkVersion(db, databaseFile) < migrations().length;
}

/** The database's version, 0 when it is new. Reads only. */
function checkVersion(db: Database.Database, databaseFile: string): number {
  const version = db.pragma("user_version", { simple: true }) as number;
  const id = db.pragma("application_id", { simple: true }) as number;
  const tables = db.prepare("select count(*) from sqlite_master").pluck().get() as number;
  if (tables > 0 && id !== APPLICATION_ID) {
    throw new Refusal("case-damaged", `${databaseFile} is not a case's database`, "choose a folder made by Exhibit");
  }
  if (version > migrations().length) {
    throw new Refusal(
      "case-newer",
      `The case ${path.dirname(databaseFile)} was made by a newer version of Exhibit (case version ${version}, this program knows ${migrations().length}); it was not touched`,
      "open it with that version",
    );
  }
  return version;
}
