import { Refusal } from "../../shared/base/errors.ts";
import type { WithdrawReport } from "../../shared/model/source.ts";
import { labelDigests, labelsOn, sourceRunOf } from "../annotations/label-digests.ts";
import { type Case, demandWritable } from "../case/case.ts";
import type { SourceRow } from "../case/sources.ts";
import { completeRow } from "../case/sources.ts";
import { record, timeOfAct } from "../custody/append.ts";
import { rowDigests } from "../custody/row-digests.ts";
import { changeCounting, writeMarks } from "./duplicates/duplicate-flags.ts";
import { marksDigests } from "./duplicates/marks-digest.ts";

interface Withdrawal {
  readonly reason: string;
  readonly by?: string;
}

/**
 * Removes a source from every count. Its original, rows and rejects stay. Records that were duplicates only because of it
 * count again in later sources. @throws Refusal `source-missing`, `source-withdrawn`, `import-unfinished`, `reason-missing`
 */
export function withdraw(caseFile: Case, source: number, { reason, by }: Withdrawal): WithdrawReport {
  demandWritable(caseFile);
  const row = completeRow(caseFile.db, source);
  if (row.withdrawn !== null)
    throw new Refusal(
      "source-withdrawn",
      `Source ${source} (${row.name}) is withdrawn already: ${row.withdrawn}`,
      `take it back with \`exhibit withdraw CASE ${source} --restore\``,
    );
  return changeWithdrawal(caseFile, row, demandReason(reason), "withdraw", by);
}

/** Counts a withdrawn source again. What later sources share with it becomes a duplicate again. @throws Refusal as `withdraw` */
export function restore(caseFile: Case, source: number, { reason, by }: Withdrawal): WithdrawReport {
  demandWritable(caseFile);
  const row = completeRow(caseFile.db, source);
  if (row.withdrawn === null)
    throw new Refusal(
      "source-withdrawn",
      `Source ${source} (${row.name}) is not withdrawn`,
      "nothing needs to be done",
    );
  return changeWithdrawal(caseFile, row, demandReason(reason), "restore", by);
}

function demandReason(reason: string): string {
  const text = reason.trim();
  if (text === "") throw new Refusal("reason-missing", "No reason was given", "say why with --reason TEXT");
  return text;
}

function changeWithdrawal(
  caseFile: Case,
  { id, name, sha256, events }: SourceRow,
  reason: string,
  act: "withdraw" | "restore",
  by = caseFile.examiner,
): WithdrawReport {
  const { db } = caseFile;
  const isOut = act === "withdraw";
  return changeCounting(
    caseFile,
    { source: id, counts: !isOut },
    () => {},
    (marks) => {
      const counts = db.prepare(
        "select id, name, duplicates from source where withdrawn is null or id = ? order by id",
      );
      const time = timeOfAct(caseFile);
      const before = counts.all(id) as { id: number; name: string; duplicates: number }[];
      db.prepare("update source set withdrawn = ?, withdrawn_at = ?, withdrawn_by = ? where id = ?").run(
        ...(isOut ? [reason, time.at, by] : [null, null, null]),
        id,
      );
      const marked = writeMarks(caseFile, marks);
      const after = new Map((counts.all(id) as typeof before).map((now) => [now.id, now.duplicates]));
      const remarked = before.flatMap((was) => {
        const now = after.get(was.id) ?? was.duplicates;
        return was.duplicates === now
          ? []
          : [{ source: was.id, file: was.name, duplicates_before: was.duplicates, duplicates: now }];
      });
      const report = { source: id, file: name, withdrawn: isOut, reason, events, remarked };
      const run = sourceRunOf(db, id);
      const digests = {
        ...rowDigests(db, { source: [id] }),
        marks: marksDigests(db, marked),
        ...(run && labelDigests(db, labelsOn(db, run), [run])),
      };
      const at = isOut ? { withdrawn_at: time.at } : {};
      record(caseFile, act, { ...report, ...at, sha256, digests }, by, time);
      return report;
    },
  );
}
