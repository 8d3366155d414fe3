import type { Database } from "better-sqlite3";
import { Refusal } from "../../../shared/base/errors.ts";
import { given } from "../../../shared/base/given.ts";
import type { AttachedFile, AuditResult, Step } from "../../../shared/model/accountability/remedy.ts";
import { type Case, demandWritable } from "../../case/case.ts";
import { record, timeOfAct } from "../../custody/append.ts";
import { rowDigests } from "../../custody/row-digests.ts";

/** A step that was checked, ready to be recorded. Times are as `Moment` writes them. */
export interface StepRecord {
  readonly rule: string;
  readonly developer_id: string;
  readonly step: Step;
  readonly on?: string;
  readonly due?: string;
  readonly by?: string;
  readonly result?: AuditResult;
  readonly note?: string;
  readonly files: readonly AttachedFile[];
}

/** A step as the case holds it. `by` is who does it; who recorded it stands in custody. */
export interface StepEntry extends StepRecord {
  readonly n: number;
  readonly taken_back?: string;
  /** Whom it was recorded for, where that developer is joined to another since. */
  readonly recorded_for?: string;
}

interface Row {
  readonly n: number;
  readonly rule: string;
  readonly developer_id: string;
  readonly step: Step;
  readonly on: string | null;
  readonly due: string | null;
  readonly by: string | null;
  readonly result: AuditResult | null;
  readonly note: string | null;
  readonly taken_back: string | null;
}

/** Every entry, also those taken back, in the order in which they were recorded. */
function stepEntries(db: Database): StepEntry[] {
  const files = Map.groupBy(
    db.prepare("select entry, name, sha256, bytes from remedy_file order by id").all() as (AttachedFile & {
      readonly entry: number;
    })[],
    ({ entry }) => entry,
  );
  const rows = db
    .prepare(
      `select id as n, rule, developer_id, step, "on", due, responsible as "by", result, note, taken_back
       from remedy_entry order by id`,
    )
    .all() as Row[];
  return rows.map(({ n, rule, developer_id, step, taken_back, ...rest }) => ({
    ...{ n, rule, developer_id, step },
    ...present(rest),
    files: (files.get(n) ?? []).map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
    ...present({ taken_back }),
  }));
}

/** The same, each with the developer whom it counts for now: one that was joined to another by hand is that one. */
export const stepsNow = (db: Database, idNow: (developer: string) => string): StepEntry[] =>
  stepEntries(db).map((entry) => {
    const developer_id = idNow(entry.developer_id);
    return developer_id === entry.developer_id ? entry : { ...entry, developer_id, recorded_for: entry.developer_id };
  });

/** Without what is null. */
const present = <T extends object>(row: T) =>
  given(Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? undefined]))) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

/** Where many steps came from at once. */
export interface StepsFile {
  readonly file: string;
  readonly sha256: string;
  readonly ignored_columns?: readonly string[];
}

/** Records steps, all in one act. They are never changed. Gives their numbers. */
export function insertSteps(caseFile: Case, steps: readonly StepRecord[], from: StepsFile | undefined, by?: string) {
  demandWritable(caseFile);
  const { db } = caseFile;
  return db.transaction((): number[] => {
    const numbers = putSteps(db, steps, timeOfAct(caseFile).at, by ?? caseFile.examiner);
    const entries = steps.map(({ developer_id, files, ...step }, index) => ({
      n: numbers[index] as number,
      developer: developer_id,
      ...step,
      ...(files.length > 0 ? { files } : {}),
    }));
    const digests = rowDigests(db, { remedy_entry: numbers, remedy_file: numbers });
    record(caseFile, "remedy", { ...from, entries, digests }, by);
    return numbers;
  })();
}

/** The rows alone: a bundle that is read again has its acts with it. */
export function putSteps(
  db: Database,
  steps: readonly (StepRecord & { readonly n?: number; readonly taken_back?: string })[],
  at: string,
  by: string,
): number[] {
  const put = db.prepare(
    `insert into remedy_entry (id, rule, developer_id, step, "on", due, responsible, result, note, at, by_whom, taken_back)
     values (@n, @rule, @developer_id, @step, @on, @due, @by, @result, @note, @at, @by_whom, @taken_back)`,
  );
  const attach = db.prepare("insert into remedy_file (entry, name, sha256, bytes) values (?, ?, ?, ?)");
  const empty = { n: null, on: null, due: null, by: null, result: null, note: null, taken_back: null };
  return steps.map(({ files, ...step }) => {
    const n = put.run({ ...empty, ...step, at, by_whom: by }).lastInsertRowid as number;
    for (const { name, sha256, bytes } of files) attach.run(n, name, sha256, bytes);
    return n;
  });
}

/**
 * Marks an entry as taken back: it stays, and counts for nothing.
 * @throws Refusal `reason-missing`, `remedy-wrong`
 */
export function takeBackStep(caseFile: Case, n: number, why: string, by?: string): void {
  demandWritable(caseFile);
  const reason = why.trim();
  if (reason === "")
    throw new Refusal("reason-missing", "Taking a step back needs a reason", "give it with --reason TEXT");
  const { db } = caseFile;
  const entry = stepEntries(db).find((each) => each.n === n);
  const list = "`exhibit remedy CASE` lists the entries";
  if (!entry) throw new Refusal("remedy-wrong", `There is no remedy entry ${n}`, list);
  const { rule, developer_id: developer, step, taken_back: before } = entry;
  const named = `Entry ${n} (${step}, ${developer})`;
  if (before !== undefined) throw new Refusal("remedy-wrong", `${named} was taken back already: ${before}`, list);
  db.transaction(() => {
    db.prepare("update remedy_entry set taken_back = ?, taken_back_at = ?, taken_back_by = ? where id = ?").run(
      reason,
      timeOfAct(caseFile).at,
      by ?? caseFile.examiner,
      n,
    );
    const digests = rowDigests(db, { remedy_entry: [n] });
    record(caseFile, "remedy", { taken_back: n, rule, developer, step, reason, digests }, by);
  })();
}
