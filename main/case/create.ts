import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { Refusal } from "../../shared/base/errors.ts";
import { isoOf } from "../../shared/base/time.ts";
import { record } from "../custody/append.ts";
import { rowDigests } from "../custody/row-digests.ts";
import { buildDigest } from "../platform/build-digest.ts";
import { makeFolders, syncFolder } from "../platform/files.ts";
import { faultOf } from "../platform/system-errors.ts";
import { VERSION } from "../platform/version.ts";
import type { Case } from "./case.ts";
import { DATABASE_NAME, openCase } from "./case.ts";
import type { Lock } from "./lock.ts";
import { acquireLock } from "./lock.ts";
import { migrate } from "./migrate.ts";

/** The database until it is whole: with the case's names and its first act. */
const UNFINISHED_NAME = "case.db.making";

/** What a `create` that was killed leaves. */
const LEFT_BY_CREATE = new Set([UNFINISHED_NAME, `${UNFINISHED_NAME}-journal`, "lock", "lock.json"]);

/** "Name <mail>" or a name alone, so that a court knows whom to call. */
function checkPerson(person: string, option: string): string {
  const name = person.trim();
  if (name === "" || /[\p{Cc}]/u.test(name)) {
    throw new Refusal(
      "examiner-missing",
      `${option} is empty or holds control characters`,
      `give ${option} "Name <mail>"`,
    );
  }
  return name;
}

interface CaseNames {
  readonly title: string;
  readonly examiner: string;
  /** The public key that its bundles are to be signed with. */
  readonly signer?: { readonly key: string; readonly fingerprint: string };
}

/** @throws Refusal `case-exists`, `examiner-missing`, `disk-full`, `out-unwritable`; leaves nothing half-made behind */
export function createCase(folder: string, about: CaseNames, by?: string): Case {
  const full = path.resolve(folder);
  const examiner = checkPerson(about.examiner, "--examiner");
  const title = about.title.trim() || path.basename(full);
  const existed = fs.existsSync(full);
  if (existed && (!fs.statSync(full).isDirectory() || fs.readdirSync(full).some((name) => !LEFT_BY_CREATE.has(name)))) {
    const what = fs.existsSync(path.join(full, DATABASE_NAME))
      ? "A case is already there"
      : "The place is not an empty folder";
    throw new Refusal("case-exists", `${what}: ${full}`, "choose a new folder");
  }
  let lock: Lock | undefined;
  try {
    makeFolders(full);
    lock = acquireLock(full);
    if (!lock) throw new Refusal("case-exists", `A case is being made there: ${full}`, "choose a new folder");
    writeDatabase(full, { ...about, title, examiner }, by ?? examiner);
    lock.release();
    lock = undefined;
    return openCase(full, "write");
  } catch (error) {
    if (error instanceof Refusal && error.code === "case-exists") throw error;
    lock?.release();
    if (existed)
      for (const name of fs.readdirSync(full)) fs.rmSync(path.join(full, name), { recursive: true, force: true });
    else fs.rmSync(full, { recursive: true, force: true });
    throw faultOf(error, full) ?? unwritable(error, full);
  }
}

/** The database appears under its name when it holds the case's names and its first act. */
function writeDatabase(folder: string, { title, examiner, signer }: CaseNames, by: string): void {
  const file = path.join(folder, UNFINISHED_NAME);
  for (const name of [file, `${file}-journal`]) fs.rmSync(name, { force: true });
  const db = new Database(file);
  try {
    db.pragma("page_size = 16384");
    db.pragma("synchronous = full");
    // All steps in one transaction: nobody sees the file before it has its name, and each commit waits for the disk.
    db.transaction(() => {
      migrate(db, file);
      const put = db.prepare("insert into meta (key, value) values (?, ?)");
      const id = randomUUID();
      put.run("id", id);
      put.run("title", title);
      put.run("examiner", examiner);
      put.run("created", isoOf(Date.now() * 1000));
      const book = { db, folder, examiner, readOnly: false, readOnlyBecause: "" };
      const digests = rowDigests(db, { meta: ["id", "title", "examiner", "created"] });
      const named = signer && { signer: { key: signer.key, fingerprint: signer.fingerprint } };
      const software = { software: `Exhibit ${VERSION}`, build: buildDigest() };
      record(book, "create", { title, examiner, case: id, ...software, ...named, digests }, by);
    })();
  } finally {
    db.close();
  }
  fs.renameSync(file, path.join(folder, DATABASE_NAME));
  syncFolder(folder);
  syncFolder(path.dirname(folder));
}

function unwritable(error: unknown, folder: string): unknown {
  const code = (error as { code?: string }).code ?? "";
  if (!["EACCES", "EPERM", "ENOENT", "ENOTDIR", "ENAMETOOLONG", "SQLITE_CANTOPEN"].includes(code)) return error;
  return new Refusal("out-unwritable", `${folder} cannot be made (${code})`, "choose a folder that you may write", {
    cause: error,
  });
}
