import { Refusal } from "../../shared/base/errors.ts";
import { isoOf } from "../../shared/base/time.ts";
import type { Disposition } from "../../shared/model/finding.ts";
import { type Case, demandWritable } from "../case/case.ts";
import { record } from "../custody/append.ts";

export interface Decision {
  readonly rule: string;
  readonly developer_id: string;
  readonly disposition: Disposition;
  readonly reason: string;
  readonly at: string;
  readonly by: string;
}

/** Writes down what an examiner decided of a finding, and why. Decisions are added, never changed. @throws Refusal `reason-missing` */
export function decide(
  place: Case,
  what: { rule: string; developer_id: string; disposition: Disposition; reason: string },
  by = place.examiner,
): Decision {
  demandWritable(place);
  const reason = what.reason.trim();
  if (reason === "")
    throw new Refusal("reason-missing", "A finding is decided with a reason", "give it with --reason TEXT");
  const decision = { ...what, reason, at: isoOf(Date.now() * 1000), by };
  place.db.transaction(() => {
    place.db
      .prepare(
        "insert into decision (rule, developer_id, disposition, reason, at, by_whom) values (@rule, @developer_id, @disposition, @reason, @at, @by)",
      )
      .run(decision);
    record(
      place,
      "finding",
      { rule: what.rule, developer: what.developer_id, disposition: what.disposition, reason },
      by,
    );
  })();
  return decision;
}

/** Every decision, oldest first. */
export function decisions(place: Case): Decision[] {
  return place.db
    .prepare("select rule, developer_id, disposition, reason, at, by_whom as by from decision order by id")
    .all() as Decision[];
}

/** What holds now for each finding of a rule: the latest decision, else open. */
export function dispositions(place: Case, rule: string): (developer: string) => Disposition {
  const latest = new Map(
    decisions(place)
      .filter((each) => each.rule === rule)
      .map((each) => [each.developer_id, each.disposition]),
  );
  return (developer) => latest.get(developer) ?? "open";
}
