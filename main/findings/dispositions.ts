import { Refusal } from "../../shared/base/errors.ts";
import type { Disposition } from "../../shared/model/finding.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { record, timeOfAct } from "../custody/append.ts";
import { rowDigests } from "../custody/row-digests.ts";

export interface Decision {
  readonly rule: string;
  readonly developer_id: string;
  readonly disposition: Disposition;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

/**
 * Records an examiner's decision on a finding, and why. Decisions are added, never changed.
 * @param origin where it was taken from, for custody
 * @throws Refusal `reason-missing`
 */
export function decide(
  caseFile: Case,
  what: { rule: string; developer_id: string; disposition: Disposition; reason: string },
  by = caseFile.examiner,
  origin: Readonly<Record<string, unknown>> = {},
): Decision {
  demandWritable(caseFile);
  const reason = what.reason.trim();
  if (reason === "")
    throw new Refusal("reason-missing", "A finding is decided with a reason", "give it with --reason TEXT");
  return caseFile.db.transaction((): Decision => {
    const decision = { ...what, reason, at: timeOfAct(caseFile).at, by };
    const id = caseFile.db
      .prepare(
        "insert into decision (rule, developer_id, disposition, reason, at, by_whom) values (@rule, @developer_id, @disposition, @reason, @at, @by)",
      )
      .run(decision).lastInsertRowid as number;
    const digests = rowDigests(caseFile.db, { decision: [id] });
    record(
      caseFile,
      "finding",
      { rule: what.rule, developer: what.developer_id, disposition: what.disposition, reason, ...origin, digests },
      by,
    );
    return decision;
  })();
}

/** Every decision, oldest first. */
export function decisions(caseFile: Case): Decision[] {
  return caseFile.db
    .prepare("select rule, developer_id, disposition, reason, at, by_whom as by from decision order by id")
    .all() as Decision[];
}

/** What holds now for each finding of a rule: the latest decision, else open. */
export function dispositions(caseFile: Case, rule: string): (developer: string) => Disposition {
  const latest = new Map(
    decisions(caseFile)
      .filter((each) => each.rule === rule)
      .map((each) => [each.developer_id, each.disposition]),
  );
  return (developer) => latest.get(developer) ?? "open";
}
