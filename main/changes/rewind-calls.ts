import fs from "node:fs";
import path from "node:path";
import Database from "better-sqlite3";
import { type Case, DATABASE_NAME } from "../case/case.ts";
import { completeSources } from "../case/sources.ts";
import type { CustodyEntry } from "../custody/append.ts";
import { readAgain } from "../intake/read-again.ts";
import type { ImportHooks } from "../intake/run-import.ts";
import { restore, withdraw } from "../intake/withdraw.ts";

import { lost } from "./rewind-tables.ts";

const REASON = "the case as it was";

/**
 * The case in a folder of its own, with the calls that counted up to an act: sources that came later are withdrawn there, what
 * was withdrawn since counts again, what was read anew is read as it was. Its evidence is the case's own, which is only read.
 * Nothing of it is recorded: its chain ends with that act, so that rows are compared with the digests that were right then.
 */
export async function copyRewound(
  caseFile: Case,
  acts: readonly CustodyEntry[],
  upTo: number,
  folder: string,
  hooks: ImportHooks,
): Promise<Case> {
  const file = path.join(folder, DATABASE_NAME);
  for (const name of ["cache", "bundles"]) fs.mkdirSync(path.join(folder, name), { recursive: true });
  await caseFile.db.backup(file);
  const copy = opened(caseFile, file, folder);
  try {
    const isReadAnew = await rewindSources(copy, acts, hooks);
    copy.db.exec("drop trigger if exists custody_stays");
    // A digest holds the numbers of its rows, which are others where a source was read again: its records were counted.
    copy.db.prepare("delete from custody where seq > ?").run(isReadAnew ? 0 : upTo);
  } finally {
    copy.db.close();
  }
  // What acts say is kept by connection.
  return opened(caseFile, file, folder);
}

function opened(caseFile: Case, file: string, folder: string): Case {
  const db = new Database(file, { fileMustExist: true });
  // Nobody goes on with it after a crash, so nothing has to be on the disk at any moment.
  db.pragma("journal_mode = truncate");
  db.pragma("synchronous = off");
  db.pragma("trusted_schema = off");
  return {
    ...caseFile,
    ...{ db, folder, readOnly: false, readOnlyBecause: "" },
    cache: path.join(folder, "cache"),
    bundles: path.join(folder, "bundles"),
    close: () => db.close(),
  };
}

async function rewindSources(copy: Case, acts: readonly CustodyEntry[], hooks: ImportHooks): Promise<boolean> {
  const { came, read, counted } = sourcesBefore(acts);
  const anew = [...read].filter(([source]) => !came.has(source));
  for (const [source, { mapping, encoding, timezone, ...before }] of anew) {
    const reading = { mapping: { ...mapping, encoding }, timezone };
    const { source: now } = await readAgain(copy, source, reading, hooks);
    if (now.events !== before.events || now.rejected !== before.rejected)
      throw lost(`source ${source} as it was read then gave ${before.events} calls, and read so again ${now.events}`);
  }
  for (const { id, withdrawn } of completeSources(copy.db)) {
    const wasIn = !came.has(id) && (counted.get(id) ?? withdrawn === null);
    if (wasIn && withdrawn !== null) restore(copy, id, { reason: REASON });
    if (!wasIn && withdrawn === null) withdraw(copy, id, { reason: REASON });
  }
  return anew.length > 0;
}

interface Reading {
  readonly mapping: Record<string, unknown>;
  readonly encoding: string;
  readonly timezone: string;
  readonly events: number;
  readonly rejected: number;
}

/** What acts say of how sources were before them: which came with them, how they were read, which counted. */
function sourcesBefore(acts: readonly CustodyEntry[]) {
  const came = new Set<number>();
  const read = new Map<number, Reading>();
  const counted = new Map<number, boolean>();
  for (const { act, detail } of acts) {
    const source = Number(detail.source);
    if (act === "import") came.add(source);
    if (act === "remap" && !read.has(source)) read.set(source, detail.before as Reading);
    if ((act === "withdraw" || act === "restore") && !counted.has(source)) counted.set(source, act === "withdraw");
  }
  return { came, read, counted };
}
