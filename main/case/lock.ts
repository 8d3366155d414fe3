import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { isoOf } from "../../shared/base/time.ts";

/**
 * One writer a case. The lock is SQLite's own lock on a small file beside the database: the system drops it when the
 * owning process ends, however it ends. So nobody has to guess from process numbers whether a lock is stale.
 */
export interface Lock {
  release(): void;
}

const lockFile = (folder: string) => path.join(folder, "lock");
const holderFile = (folder: string) => path.join(folder, "lock.json");

/** Acquires the lock. Undefined where another process (or connection) has it. Throws what the file system throws. */
export function acquireLock(folder: string): Lock | undefined {
  const db = new Database(lockFile(folder), { timeout: 0 });
  try {
    db.pragma("journal_mode = memory");
    db.exec("begin exclusive");
  } catch (error) {
    db.close();
    if ((error as { code?: string }).code?.startsWith("SQLITE_BUSY")) return undefined;
    throw error;
  }
  fs.writeFileSync(holderFile(folder), JSON.stringify({ since: isoOf(Date.now() * 1000), pid: process.pid }));
  return {
    release() {
      fs.rmSync(holderFile(folder), { force: true });
      fs.rmSync(lockFile(folder), { force: true });
      db.close();
    },
  };
}

/** Is somebody else writing? Where nobody is, this acquires the lock for an instant. */
export function isLocked(folder: string): boolean {
  if (!fs.existsSync(lockFile(folder))) return false;
  try {
    const lock = acquireLock(folder);
    lock?.release();
    return lock === undefined;
  } catch {
    return false;
  }
}

/** Since when the holder has it, where it said so. */
export function lockedSince(folder: string): string | undefined {
  try {
    return (JSON.parse(fs.readFileSync(holderFile(folder), "utf8")) as { since?: string }).since;
  } catch {
    return undefined;
  }
}
