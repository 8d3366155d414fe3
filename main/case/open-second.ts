import path from "node:path";
import Database from "better-sqlite3";
import { type Case, openCase } from "./case.ts";

/**
 * The case once more, for a thread that does long work next to the one that holds the case's lock: a connection of its own,
 * so that reading goes on meanwhile. SQLite keeps the two connections' writes apart.
 */
export function openSecond(folder: string): Case {
  const caseFile = openCase(folder, "read");
  caseFile.db.close();
  const db = new Database(path.join(caseFile.folder, "case.db"), { fileMustExist: true, timeout: 60_000 });
  db.pragma("journal_mode = truncate");
  db.pragma("synchronous = full");
  db.pragma("cache_size = -32768");
  db.pragma("trusted_schema = off");
  return { ...caseFile, db, readOnly: false, readOnlyBecause: "", close: () => db.close() };
}
