import type { Database } from "better-sqlite3";
import type { ChangingAct } from "../../shared/model/accountability/changes.ts";
import type { CustodyEntry } from "../custody/append.ts";

/** Acts that change which calls count, and how they are read. */
const OF_CALLS: ReadonlySet<string> = new Set(["import", "remap", "withdraw", "restore"]);
/** Acts that change what is made of them. */
const OF_MEANING: ReadonlySet<string> = new Set(["registry", "policy", "claims", "finding", "remedy"]);

/** Acts that can change a finding, a verdict or what speaks against a step, behind one act and up to another. */
export function actsBetween(db: Database, after: number, upTo = Number.MAX_SAFE_INTEGER): CustodyEntry[] {
  const lines = db.prepare("select entry from custody where seq > ? and seq <= ? order by seq").pluck();
  return (lines.all(after, upTo) as string[])
    .map((line) => JSON.parse(line) as CustodyEntry)
    .filter(({ act }) => OF_CALLS.has(act) || OF_MEANING.has(act));
}

export const changesCalls = ({ act }: Pick<CustodyEntry, "act">): boolean => OF_CALLS.has(act);

/** The number of the last act of all; 0 where there is none. */
export const lastAct = (db: Database): number =>
  (db.prepare("select max(seq) from custody").pluck().get() ?? 0) as number;

/**
 * The state before the last thing that was done to the case: an act that changes what others say, and all of its kind that were
 * made with it. Several files of one import, and many decisions with one reason, are an act each.
 */
export function beforeLastChange(db: Database): number | undefined {
  const acts = actsBetween(db, 0).filter(({ act }) => act !== "finding" && act !== "remedy");
  const last = acts.at(-1);
  return last === undefined ? undefined : last.seq - 1;
}

export function actShown({ seq, at, by, act, detail }: CustodyEntry): ChangingAct {
  const about = ["file", "developer", "rule"].map((key) => detail[key]).find((each) => typeof each === "string");
  return { seq, at, by, act, ...(about === undefined ? {} : { about: about as string }) };
}
