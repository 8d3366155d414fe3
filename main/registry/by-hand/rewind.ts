import { Refusal } from "../../../shared/base/errors.ts";
import type { Case } from "../../case/case.ts";
import type { CustodyEntry } from "../../custody/append.ts";
import { replay } from "../take-back.ts";

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
  let isOfFiles = false;
  for (const { detail, seq } of acts.toReversed()) {
    if (rewindByHand(db, detail)) continue;
    isOfFiles = true;
    if (detail.taken_back !== undefined) giveBack.run(detail.taken_back);
    else if (detail.import !== undefined) for (const each of remove) each.run(detail.import);
    else
      throw new Refusal(
        "state-lost",
        `The registry before act ${seq} is not known any more: an older version did not keep what it replaced`,
        "compare the case with a later act",
      );
  }
  if (isOfFiles) replay(caseFile).state.save(db);
}

/** Acts on joins and resolutions, by the key of their number in the act's detail. */
const BY_HAND = [
  { table: "developer_join", made: "joined", takenBack: "separated" },
  { table: "conflict_resolved", made: "resolved", takenBack: "reopened" },
] as const;

/** Whether it was an act of a person's own, and no file's. */
function rewindByHand(db: Case["db"], detail: CustodyEntry["detail"]): boolean {
  for (const { table, made, takenBack } of BY_HAND) {
    if (detail[made] !== undefined) db.prepare(`delete from ${table} where id = ?`).run(detail[made]);
    else if (detail[takenBack] !== undefined)
      db.prepare(`update ${table} set taken_back = null, taken_back_at = null, taken_back_by = null where id = ?`).run(
        detail[takenBack],
      );
    else continue;
    return true;
  }
  return false;
}
