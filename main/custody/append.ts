import { Refusal } from "../../shared/base/errors.ts";
import { isoOf } from "../../shared/base/time.ts";
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
 * Appends an act to the case's record. Call it inside the transaction of the act itself: both stand or neither.
 * @throws Refusal `case-read-only`
 */
export function record(
  book: CustodyBook,
  act: string,
  detail: Record<string, unknown>,
  by: string = book.examiner,
): void {
  if (book.readOnly) throw new Refusal("case-read-only", `The case ${book.folder} is read-only`, book.readOnlyBecause);
  const last = book.db.prepare("select seq, entry from custody order by seq desc limit 1").get() as
    | { seq: number; entry: string }
    | undefined;
  const entry: CustodyEntry = {
    seq: (last?.seq ?? 0) + 1,
    at: isoOf(Date.now() * 1000),
    by,
    act,
    detail,
    previous: last ? digestOf(last.entry) : NO_ENTRY,
  };
  book.db.prepare("insert into custody (seq, entry) values (?, ?)").run(entry.seq, JSON.stringify(entry));
}
