import { createHash } from "node:crypto";
import { Refusal } from "../../shared/base/errors.ts";
import { isoOf } from "../../shared/base/time.ts";
import type { Case } from "../case/case.ts";

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
export const digestOf = (line: string): string => createHash("sha256").update(line, "utf8").digest("hex");

/**
 * Appends an act to the case's record. Call it inside the transaction of the act itself: both stand or neither.
 * @throws Refusal `case-read-only`
 */
export function record(place: Case, act: string, detail: Record<string, unknown>, by: string = place.examiner): void {
  if (place.readOnly)
    throw new Refusal("case-read-only", `The case ${place.folder} is read-only`, place.readOnlyBecause);
  const last = place.db.prepare("select seq, entry from custody order by seq desc limit 1").get() as
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
  place.db.prepare("insert into custody (seq, entry) values (?, ?)").run(entry.seq, JSON.stringify(entry));
}
