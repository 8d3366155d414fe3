import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Refusal } from "../../shared/base/errors.ts";
import { record } from "../custody/append.ts";
import type { CustodyBook } from "../custody/book.ts";
import { isSystemError, syncFolder } from "../platform/files.ts";

/** Rows of `meta` that tell of outputs under way. */
const KEY = "output:";

/** What `meta` says of one. It is under its final name, or nothing is left of it, at the latest at the next opening. */
interface Begun {
  /** Where it is written. */
  readonly part: string;
  /** Where it goes. */
  readonly out: string;
  /** Its act is committed: it must be put in its place. */
  readonly isMade: boolean;
}

/** A file handed out of a case. It appears under its name when it is whole, and its act with it. */
export interface Output {
  /** Where to write it, in the folder of its final name. */
  readonly part: string;
  readonly out: string;
  /**
   * Puts it in its place. It is whole and on the disk. `act` runs in the transaction that decides; it is not called where
   * the case cannot be written.
   */
  finish(act: () => void): void;
  /** Its act is committed. */
  readonly isDecided: boolean;
  /** Nothing is left of it. Does nothing once it is finished. */
  drop(): void;
}

/** @param book none where no act tells of the file @throws Refusal `out-exists`, `out-unwritable` */
export function beginOutput(book: CustodyBook | undefined, file: string): Output {
  const out = path.resolve(file);
  demandFree(out);
  demandFolder(out);
  const part = path.join(path.dirname(out), `.${path.basename(out)}.part`);
  const db = book && !book.readOnly && !book.db.readonly ? book.db : undefined;
  const key = KEY + randomUUID();
  const say = (isMade: boolean) =>
    db
      ?.prepare("insert or replace into meta (key, value) values (?, ?)")
      .run(key, JSON.stringify({ part, out, isMade } satisfies Begun));
  const forget = () => db?.prepare("delete from meta where key = ?").run(key);
  say(false);
  let isDecided = false;
  return {
    part,
    out,
    get isDecided() {
      return isDecided;
    },
    finish(act) {
      demandFree(out);
      db?.transaction(() => {
        act();
        say(true);
      }).immediate();
      isDecided = true;
      fs.renameSync(part, out);
      syncFolder(path.dirname(out));
      forget();
    },
    drop() {
      if (isDecided) return;
      try {
        fs.rmSync(part, { force: true });
      } catch (error) {
        // Where nothing could be written nothing lies.
        if (!isSystemError(error)) throw error;
      }
      forget();
    },
  };
}

function demandFree(out: string): void {
  if (fs.existsSync(out))
    throw new Refusal("out-exists", `${out} is already there`, "choose another name; nothing was overwritten");
}

/** Found before anything is recorded: a name that was mistyped is no act of the case. */
function demandFolder(out: string): void {
  const folder = path.dirname(out);
  try {
    // A file there is no folder; with the separator the system says so.
    fs.accessSync(folder + path.sep, fs.constants.W_OK);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const why = (error as { code?: string }).code;
    throw new Refusal(
      "out-unwritable",
      `${out} cannot be written (${why})`,
      "choose a folder that is there and that you may write",
      { cause: error },
    );
  }
}

/** Finishes or removes what a run that was killed left of its outputs. Only whoever has the case's lock may call it. */
export function settleOutputs(book: CustodyBook): void {
  const { db } = book;
  const rows = db.prepare("select key, value from meta where key like ?").raw().all(`${KEY}%`) as [string, string][];
  for (const [key, value] of rows) {
    const { part, out, isMade } = JSON.parse(value) as Begun;
    // A disk that is not there now may be there another time.
    if (!fs.existsSync(path.dirname(out))) continue;
    const settle = (act?: string) =>
      db.transaction(() => {
        if (act !== undefined) record(book, act, { file: path.basename(out) });
        db.prepare("delete from meta where key = ?").run(key);
      })();
    try {
      if (!isMade) {
        fs.rmSync(part, { force: true });
        settle();
      } else if (fs.existsSync(part) && !fs.existsSync(out)) {
        fs.renameSync(part, out);
        syncFolder(path.dirname(out));
        settle("output finished");
      } else settle(fs.existsSync(out) ? undefined : "output lost");
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
}
