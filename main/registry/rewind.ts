import { Refusal } from "../../shared/base/errors.ts";
import type { Case } from "../case/case.ts";
import type { CustodyEntry } from "../custody/append.ts";
import { replay } from "./take-back.ts";

/**
 * Makes of the tables what they were before these acts, in a copy of a case: no act is recorded. The imports that are left are
 * put together again as they were.
 * @throws Refusal `state-lost`
 */
export function rewindRegistry(caseFile: Case, acts: readonly CustodyEntry[]): void {
  const { db } = caseFile;
  const giveBack = db.prepare(
    "update registry_file set taken_back = null, taken_back_at = null, taken_back_by = null where id = ?",
  );
  const remove = [
    db.prepare("delete from registry_file where id = ?"),
    db.prepare("delete from registry_row where file = ?"),
  ];
  for (const { detail, seq } of acts.toReversed()) {
    if (detail.taken_back !== undefined) giveBack.run(detail.taken_back);
    else if (detail.import !== undefined) for (const each of remove) each.run(detail.import);
    else
      throw new Refusal(
        "state-lost",
        `The registry before act ${seq} is not known any more: an older version did not keep what it replaced`,
        "compare the case with a later act",
      );
  }
  replay(caseFile).state.save(db);
}
