import { Refusal } from "../../shared/base/errors.ts";
import { instantOf, isoOf } from "../../shared/base/time.ts";
import { prepared } from "../platform/database/prepared.ts";
import { sha256Of } from "../platform/sha256.ts";
import type { CustodyBook } from "./book.ts";

/** One act, as it stands in the chain. `previous` is the SHA-256 of the line before it, zeros for the first. */
export interface CustodyEntry {
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly act: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly previous: string;
}

export const NO_ENTRY = "0".repeat(64);

/** The digest that the next entry carries: SHA-256 over the line's UTF-8 bytes, without a line end. */
export const digestOf = (line: string): string => sha256Of(line);

/**
 * Appends an act to the case's record; a `time` of its own is not before the last act's, which its maker has seen to. Call it inside the transaction of the act itself: both stand or neither.
 * @throws Refusal `case-read-only`
 */
export function record(
  book: CustodyBook,
  act: string,
  detail: Record<string, unknown>,
  by: string = book.examiner,
  time?: ActTime,
): void {
  if (book.readOnly) throw new Refusal("case-read-only", `The case ${book.folder} is read-only`, book.readOnlyBecause);
  const last = prepared(book.db, "select seq, entry from custody order by seq desc limit 1").get() as
    | { seq: number; entry: string }
    | undefined;
  const { at, clock } = time ?? timeAfter(last?.entry);
  const entry: CustodyEntry = {
    seq: (last?.seq ?? 0) + 1,
    at,
    by,
    act,
    detail: clock === undefined ? detail : { ...detail, clock },
    previous: last ? digestOf(last.entry) : NO_ENTRY,
  };
  prepared(book.db, "insert into custody (seq, entry) values (?, ?)").run(entry.seq, JSON.stringify(entry));
}

/** The time of an act. No act is dated before the one before it. */
export interface ActTime {
  readonly at: string;
  /** What the machine's clock says, where it stands behind the last act. `at` is that one's time then. */
  readonly clock?: string;
}

/** The time that an act bears which is recorded now: the last act's, where the machine's clock stands behind it. */
export const timeOfAct = (book: Pick<CustodyBook, "db">): ActTime => timeAfter(lastEntry(book));

/** Undefined where there is none, or where its entry is damaged. */
export function timeOfLastAct(book: Pick<CustodyBook, "db">): string | undefined {
  const entry = lastEntry(book);
  return entry === undefined ? undefined : timeOf(entry);
}

const lastEntry = ({ db }: Pick<CustodyBook, "db">) =>
  db.prepare("select entry from custody order by seq desc limit 1").pluck().get() as string | undefined;

function timeAfter(lastEntry: string | undefined): ActTime {
  const clock = isoOf(Date.now() * 1000);
  const last = lastEntry === undefined ? undefined : timeOf(lastEntry);
  return last !== undefined && instantOf(clock) < instantOf(last) ? { at: last, clock } : { at: clock };
}

/** A damaged entry has none: verify says so, and the case goes on. */
function timeOf(entry: string): string | undefined {
  try {
    const { at } = JSON.parse(entry) as Partial<CustodyEntry>;
    return typeof at === "string" ? at : undefined;
  } catch {
    return undefined;
  }
}
