import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { Refusal } from "../../shared/base/errors.ts";
import type { CustodyBook } from "../custody/book.ts";
import { faultOf } from "../platform/system-errors.ts";
import { acquireLock, isLocked, type Lock, lockedSince } from "./lock.ts";
import { isOlder, migrate } from "./migrate.ts";
import { sweep } from "./sweep.ts";

/**
 * A case is a folder: `case.db` (the truth), `evidence/` (originals by digest, read-only), `cache/` (derived, may be
 * deleted at any time), `bundles/`. Closed, it holds no journal: copy the folder and you have copied the case.
 */
export interface Case extends CustodyBook {
  readonly evidence: string;
  readonly cache: string;
  readonly bundles: string;
  readonly id: string;
  readonly title: string;
  readonly created: string;
  close(): void;
}

export const DATABASE_NAME = "case.db";

/**
 * `write` acquires the case's lock. Where another process has it, or the medium cannot be written, the case opens read-only
 * and says why. `read` acquires no lock, so that questions can be asked while an import runs.
 * @throws Refusal `case-missing`, `case-newer`, `case-damaged`
 */
export function openCase(folder: string, mode: "read" | "write"): Case {
  const full = path.resolve(folder);
  const file = path.join(full, DATABASE_NAME);
  demandCase(full, file);
  let lock: Lock | undefined;
  let readOnlyBecause = "";
  try {
    // A journal with content is a dead writer's unfinished transaction: only a writer can roll it back. Nor can anybody
    // else bring an older case up to date.
    if (mode === "write" || hasJournal(file) || isOlderFile(file)) lock = acquireLock(full);
    if (mode === "write" && !lock) readOnlyBecause = openElsewhere(full);
  } catch (error) {
    readOnlyBecause = `its folder cannot be written (${(error as { code?: string }).code ?? "unknown"}); copy it to a disk that can`;
  }
  if (mode === "read" && !lock && readOnlyBecause === "" && isLocked(full)) readOnlyBecause = openElsewhere(full);
  try {
    const db = openDatabase(file, lock !== undefined);
    const meta = new Map(db.prepare("select key, value from meta").raw().all() as [string, string][]);
    const of = (key: string) => meta.get(key) ?? "";
    if (lock)
      for (const name of ["evidence", "cache", "bundles"]) fs.mkdirSync(path.join(full, name), { recursive: true });
    const caseFile: Case = {
      folder: full,
      db,
      evidence: path.join(full, "evidence"),
      cache: path.join(full, "cache"),
      bundles: path.join(full, "bundles"),
      id: of("id"),
      title: of("title"),
      examiner: of("examiner"),
      created: of("created"),
      readOnly: lock === undefined && (mode === "write" || readOnlyBecause !== ""),
      readOnlyBecause,
      close() {
        // Leaves no journal file behind, so that the folder can be copied as it is.
        if (lock) db.pragma("journal_mode = delete");
        db.close();
        lock?.release();
      },
    };
    if (lock && mode === "write") sweep(caseFile);
    return caseFile;
  } catch (error) {
    lock?.release();
    throw faultOf(error, file) ?? error;
  }
}

/** @throws Refusal `case-missing`; `file-unreadable` where the system does not let anybody look, which is something else */
function demandCase(folder: string, file: string): void {
  let code: string;
  try {
    // It is not opened: where a process closes a file, the system drops the locks that its other threads have on it.
    fs.accessSync(file, fs.constants.R_OK);
    return;
  } catch (error) {
    code = (error as { code?: string }).code ?? "unknown";
  }
  if (code === "ENOENT" || code === "ENOTDIR")
    throw new Refusal(
      "case-missing",
      `There is no case in ${folder}`,
      "create one with `exhibit create`, or name its folder",
    );
  throw new Refusal("file-unreadable", `${file} cannot be read (${code})`, "check its permissions and its disk");
}

function isOlderFile(file: string): boolean {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 20_000 });
  try {
    return isOlder(db, file);
  } finally {
    db.close();
  }
}

const hasJournal = (file: string) => fs.statSync(`${file}-journal`, { throwIfNoEntry: false })?.size;

function openElsewhere(folder: string): string {
  const since = lockedSince(folder);
  return `it is open in another window or command${since ? ` since ${since}` : ""}; close it there`;
}

function openDatabase(file: string, writable: boolean): Database.Database {
  const db = new Database(file, { readonly: !writable, fileMustExist: true, timeout: 20_000 });
  try {
    if (writable) {
      // Not WAL: a part of an import is new pages, which a rollback journal need not write twice; and a case on a
      // read-only medium then opens without side files.
      db.pragma("journal_mode = truncate");
      db.pragma("synchronous = full");
      migrate(db, file);
    } else if (isOlder(db, file)) {
      throw new Refusal(
        "case-read-only",
        `${file} was made by an older version of Exhibit and cannot be brought up to date where it is`,
        "close it elsewhere, or copy the case to a disk that can be written",
      );
    }
    db.pragma("cache_size = -32768");
    db.pragma("trusted_schema = off");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Throws unless the case can be written. Every act calls it before it begins. */
export function demandWritable(caseFile: Case): void {
  if (caseFile.readOnly)
    throw new Refusal("case-read-only", `The case ${caseFile.folder} is open read-only`, caseFile.readOnlyBecause);
}
