import { Refusal } from "../../../shared/base/errors.ts";
import { type Case, demandWritable } from "../../case/case.ts";
import { record, timeOfAct } from "../../custody/append.ts";
import { rowDigests } from "../../custody/row-digests.ts";
import { developerKey, joinRows, joinsInForce } from "../decided/joined.ts";
import { registryDigest } from "../document.ts";
import { demandReason } from "./reason.ts";

/** Two developers as findings know them, and their names. */
export interface Joining {
  readonly developer_id: string;
  readonly into: string;
}

/**
 * Joins a developer to another: what counted for the first counts for the second, until they are separated. No row of the
 * registry changes.
 * @throws Refusal `registry-wrong`, `reason-missing`
 */
export function joinDevelopers(caseFile: Case, joining: Joining, why: string, by = caseFile.examiner): number {
  demandWritable(caseFile);
  const reason = demandReason(why, "Joining two developers");
  const { db } = caseFile;
  return db.transaction(() => {
    demandJoinable(caseFile, joining);
    const before = registryDigest(db);
    const { developer_id, into } = joining;
    const n = putJoin(db, joining, { reason, at: timeOfAct(caseFile).at, by });
    const state = { before_sha256: before, state_sha256: registryDigest(db) };
    const digests = rowDigests(db, { developer_join: [n] });
    record(caseFile, "registry", { joined: n, developer: developer_id, into, reason, ...state, digests }, by);
    return n;
  })();
}

/** The row alone. */
export const putJoin = (
  db: Case["db"],
  { developer_id, into }: Joining,
  { reason, at, by }: { reason: string; at: string; by: string },
): number =>
  db
    .prepare("insert into developer_join (developer_id, into_id, reason, at, by_whom) values (?, ?, ?, ?, ?)")
    .run(developer_id, into, reason, at, by).lastInsertRowid as number;

/** @throws Refusal `registry-wrong` */
export function demandJoinable({ db }: Pick<Case, "db">, { developer_id, into }: Joining): void {
  const wrong = (what: string, todo: string) => new Refusal("registry-wrong", what, todo);
  if (developer_id === "unknown" || into === "unknown")
    throw wrong("Calls that name neither app nor developer are of nobody that could be joined", "choose a developer");
  if (into.startsWith("app:"))
    throw wrong(`${into} is an app without a developer, and bears no name`, "join it to a developer instead");
  const rows = joinRows(db).filter(({ taken_back }) => taken_back === null);
  const isSame = (one: string, other: string) => developerKey(one) === developerKey(other);
  const joined = rows.find((row) => isSame(row.developer_id, developer_id));
  if (joined) throw wrong(`${developer_id} is joined to ${joined.into} already`, `separate join ${joined.n} first`);
  const last = joinsInForce(rows).find((row) => isSame(row.developer_id, into))?.into ?? into;
  if (isSame(last, developer_id))
    throw wrong(`${developer_id} and ${into} are one already`, "choose another developer");
}

/** Takes a join back: both count for themselves again. @throws Refusal `registry-wrong`, `reason-missing` */
export function separateDevelopers(caseFile: Case, n: number, why: string, by = caseFile.examiner): void {
  demandWritable(caseFile);
  const reason = demandReason(why, "Separating two developers");
  const { db } = caseFile;
  db.transaction(() => {
    const row = joinRows(db).find((each) => each.n === n);
    if (!row || row.taken_back !== null)
      throw new Refusal(
        "registry-wrong",
        row ? `Join ${n} was taken back already: ${row.taken_back}` : `There is no join ${n}`,
        "`exhibit registry CASE` lists those in force",
      );
    const before = registryDigest(db);
    db.prepare("update developer_join set taken_back = ?, taken_back_at = ?, taken_back_by = ? where id = ?").run(
      reason,
      timeOfAct(caseFile).at,
      by,
      n,
    );
    const state = { before_sha256: before, state_sha256: registryDigest(db) };
    const digests = rowDigests(db, { developer_join: [n] });
    const { developer_id: developer, into } = row;
    record(caseFile, "registry", { separated: n, developer, into, reason, ...state, digests }, by);
  })();
}
