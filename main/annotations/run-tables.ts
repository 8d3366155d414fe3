import type { Case } from "../case/case.ts";
import type { Runs } from "./id-runs.ts";

/** The events of a tag, of what an act changed, or of a note. */
export function readRuns(caseFile: Case, table: "tag_run" | "act_run", key: string, id: number): Runs {
  return caseFile.db.prepare(`select first, last from ${table} where ${key} = ? order by first`).raw().all(id) as [
    number,
    number,
  ][];
}

export function writeRuns(
  caseFile: Case,
  table: "tag_run" | "act_run" | "note_run",
  key: string,
  id: number,
  runs: Runs,
): void {
  caseFile.db.prepare(`delete from ${table} where ${key} = ?`).run(id);
  const put = caseFile.db.prepare(`insert into ${table} (${key}, first, last) values (?, ?, ?)`);
  for (const [first, last] of runs) put.run(id, first, last);
}
