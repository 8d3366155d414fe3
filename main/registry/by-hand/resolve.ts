import { Refusal } from "../../../shared/base/errors.ts";
import { type Case, demandWritable } from "../../case/case.ts";
import { record, timeOfAct } from "../../custody/append.ts";
import { rowDigests } from "../../custody/row-digests.ts";
import { type Conflict, conflictKey, rowAsText } from "../conflict-key.ts";
import { resolutionRows } from "../decided/resolved.ts";
import { registryDigest } from "../document.ts";
import { allConflicts, type LoggedApp } from "../list-conflicts.ts";
import { demandReason } from "./reason.ts";

/** Which of a conflict's rows stands, from 1; absent: all stay as they are, and the conflict was looked at. */
export interface Choice {
  readonly key: string;
  readonly use?: number | undefined;
}

/** A resolution before it is recorded. */
export interface Resolution {
  readonly key: string;
  readonly said: string;
  /** The rows that do not stand. */
  readonly aside: readonly { readonly kind: NonNullable<Conflict["kind"]>; readonly values: string }[];
}

/** @throws Refusal `registry-wrong` */
export function resolutionOf(
  caseFile: Pick<Case, "db">,
  logged: readonly LoggedApp[],
  { key, use }: Choice,
): Resolution {
  const list = "`exhibit registry CASE --conflicts` lists them";
  for (const { kind: group, told } of allConflicts(caseFile, logged)) {
    const found = told.find((each) => conflictKey(group, each) === key);
    if (!found) continue;
    const { text: said, kind, rows = [] } = found;
    if (use === undefined) return { key, said, aside: [] };
    if (kind === undefined || rows.length === 0)
      throw new Refusal(
        "registry-wrong",
        "The conflict is not between rows of which one could stand",
        "keep it as it is",
      );
    if (rows.length === 1 ? use !== 0 : rows[use - 1] === undefined)
      throw new Refusal(
        "registry-wrong",
        `The conflict has no row ${use}`,
        rows.length === 1 ? "give 0 to set its row aside" : `give a number from 1 to ${rows.length}`,
      );
    const aside = rows.filter((_, index) => index !== use - 1).map((row) => ({ kind, values: rowAsText(kind, row) }));
    return { key, said, aside };
  }
  throw new Refusal("registry-wrong", `There is no open conflict ${key}`, list);
}

/** Records what stands of a conflict. Rows that do not stand are not read until it is reopened. Gives its number. */
export function resolveConflict(
  caseFile: Case,
  { key, said, aside }: Resolution,
  why: string,
  by = caseFile.examiner,
): number {
  demandWritable(caseFile);
  const reason = demandReason(why, "Resolving a conflict");
  const { db } = caseFile;
  return db.transaction(() => {
    const before = registryDigest(db);
    const [row] = aside;
    const n = putResolution(db, { key, said, aside }, { reason, at: timeOfAct(caseFile).at, by });
    const state = { before_sha256: before, state_sha256: registryDigest(db) };
    const digests = rowDigests(db, { conflict_resolved: [n] });
    const choice =
      row === undefined ? { kept: true } : { set_aside: JSON.parse(row.values) as unknown, kind: row.kind };
    record(caseFile, "registry", { resolved: n, conflict: said, ...choice, reason, ...state, digests }, by);
    return n;
  })();
}

/** The row alone. */
export function putResolution(
  db: Case["db"],
  { key, said, aside: [row] }: Resolution,
  { reason, at, by }: { reason: string; at: string; by: string },
): number {
  return db
    .prepare(
      'insert into conflict_resolved (conflict, said, kind, "values", reason, at, by_whom) values (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(key, said, row?.kind ?? null, row?.values ?? null, reason, at, by).lastInsertRowid as number;
}

/** Takes a resolution back: the conflict is open again. @throws Refusal `registry-wrong`, `reason-missing` */
export function reopenConflict(caseFile: Case, n: number, why: string, by = caseFile.examiner): void {
  demandWritable(caseFile);
  const reason = demandReason(why, "Reopening a conflict");
  const { db } = caseFile;
  db.transaction(() => {
    const row = resolutionRows(db).find((each) => each.n === n);
    if (!row || row.taken_back !== null)
      throw new Refusal(
        "registry-wrong",
        row ? `Resolution ${n} was taken back already: ${row.taken_back}` : `There is no resolution ${n}`,
        "`exhibit registry CASE --conflicts` lists those in force",
      );
    const before = registryDigest(db);
    db.prepare("update conflict_resolved set taken_back = ?, taken_back_at = ?, taken_back_by = ? where id = ?").run(
      reason,
      timeOfAct(caseFile).at,
      by,
      n,
    );
    const state = { before_sha256: before, state_sha256: registryDigest(db) };
    const digests = rowDigests(db, { conflict_resolved: [n] });
    record(caseFile, "registry", { reopened: n, conflict: row.said, reason, ...state, digests }, by);
  })();
}
